using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>max(0, z); its derivative at 0 is 0.</summary>
internal readonly struct ReLUKernel : IActivationKernel
{
    public static bool KeepsDerivative => false;

    public static bool IsCheap => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector z, TVector parameter, TVector sigma)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        TOps.Max(TOps.Broadcast(0), z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector TimesDerivative<TVector, TOps>(TVector error, TVector kept, TVector parameter, TVector sigma)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        TOps.Select(TOps.GreaterThanOrEqual(TOps.Broadcast(0), kept), TOps.Broadcast(0), error);
}
