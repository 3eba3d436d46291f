using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>z for z &gt;= 0, slope * z below; its derivative at 0 is 1, as in the 2012 program.</summary>
internal readonly struct LeakyReLUKernel : IActivationKernel
{
    public static bool KeepsDerivative => false;

    public static bool IsCheap => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector z, TVector parameter, TVector sigma)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        TOps.Select(TOps.GreaterThanOrEqual(z, TOps.Broadcast(0)), z, TOps.Multiply(z, parameter));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector TimesDerivative<TVector, TOps>(TVector error, TVector kept, TVector parameter, TVector sigma)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        TOps.Select(TOps.GreaterThanOrEqual(kept, TOps.Broadcast(0)), error, TOps.Multiply(parameter, error));
}
