using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>tanh z; its derivative is 1 - tanh² z.</summary>
internal readonly struct TanhKernel : IActivationKernel
{
    public static bool KeepsDerivative => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector z, TVector parameter, TVector sigma)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        VectorMath<TVector, TOps>.Tanh(z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector TimesDerivative<TVector, TOps>(TVector error, TVector kept, TVector parameter, TVector sigma)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        TOps.Multiply(TOps.Subtract(TOps.Broadcast(1), TOps.Multiply(kept, kept)), error);
}
