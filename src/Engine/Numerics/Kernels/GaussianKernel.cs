using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>
/// exp(-(sigma z)²), the Gaussian of Ramasinghe and Lucey 2022 (arXiv 2111.15135) as the WIRE code has it (vishwa91/wire,
/// <c>modules/gauss.py</c>); its derivative is -2 sigma² z exp(-(sigma z)²).
/// </summary>
internal readonly struct GaussianKernel : IActivationKernel
{
    public static bool KeepsDerivative => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector z, TVector parameter, TVector sigma)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        VectorMath<TVector, TOps>.Bell(TOps.Multiply(sigma, z), out _);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector z, TVector parameter, TVector sigma, out TVector derivative)
        where TVector : struct where TOps : struct, IVectorOps<TVector>
    {
        TVector bell = VectorMath<TVector, TOps>.Bell(TOps.Multiply(sigma, z), out TVector slope);
        derivative = TOps.Multiply(sigma, slope);
        return bell;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector TimesDerivative<TVector, TOps>(TVector error, TVector kept, TVector parameter, TVector sigma)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        TOps.Multiply(kept, error);
}
