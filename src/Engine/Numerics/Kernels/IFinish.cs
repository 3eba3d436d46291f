using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>What a product's sums become on their way from the registers to memory.</summary>
internal unsafe interface IFinish
{
    /// <summary>The value to store.</summary>
    /// <param name="sum">The sums.</param>
    /// <param name="place">Where they are stored, and what lies there before.</param>
    /// <param name="parameters">The activation's numbers.</param>
    static abstract TVector Apply<TVector, TOps>(TVector sum, float* place, in ActivationParameters parameters)
        where TVector : struct where TOps : struct, IVectorOps<TVector>;
}

/// <summary>The sums themselves.</summary>
internal readonly unsafe struct AsItIs : IFinish
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector sum, float* place, in ActivationParameters parameters)
        where TVector : struct where TOps : struct, IVectorOps<TVector> => sum;
}

/// <summary>The activation of the sums where it is cheap; any other is applied afterwards, and the sums stay as they are.</summary>
internal readonly unsafe struct Activated<TActivation> : IFinish
    where TActivation : struct, IActivationKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector sum, float* place, in ActivationParameters parameters)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        TActivation.IsCheap
            ? TActivation.Apply<TVector, TOps>(sum, TOps.Broadcast(parameters.Parameter), TOps.Broadcast(parameters.Sigma))
            : sum;
}

/// <summary>The sums times the activation's derivative, from what was kept of the forward pass in their place.</summary>
internal readonly unsafe struct TimesDerivative<TActivation> : IFinish
    where TActivation : struct, IActivationKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector sum, float* place, in ActivationParameters parameters)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        TActivation.TimesDerivative<TVector, TOps>(
            sum, TOps.Load(place), TOps.Broadcast(parameters.Parameter), TOps.Broadcast(parameters.Sigma));
}
