using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>1 / (1 + e^-z) = s; its derivative is s (1 - s).</summary>
internal readonly struct SigmoidKernel : IActivationKernel
{
    public static bool KeepsDerivative => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector z, TVector parameter, TVector sigma)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        VectorMath<TVector, TOps>.Sigmoid(z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector TimesDerivative<TVector, TOps>(TVector error, TVector kept, TVector parameter, TVector sigma)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        TOps.Multiply(TOps.Multiply(kept, TOps.Subtract(TOps.Broadcast(1), kept)), error);
}
