using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>
/// cos(omega z) exp(-(sigma z)²), the real form of WIRE's wavelet (Saragadam et al. 2023, arXiv 2301.05187); its derivative is
/// -(omega sin(omega z) + 2 sigma² z cos(omega z)) exp(-(sigma z)²).
/// </summary>
internal readonly struct WireKernel : IActivationKernel
{
    public static bool KeepsDerivative => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector z, TVector parameter, TVector sigma)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        TOps.Multiply(
            VectorMath<TVector, TOps>.Cos(TOps.Multiply(parameter, z)),
            VectorMath<TVector, TOps>.Bell(TOps.Multiply(sigma, z), out _));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector z, TVector parameter, TVector sigma, out TVector derivative)
        where TVector : struct where TOps : struct, IVectorOps<TVector>
    {
        TVector bell = VectorMath<TVector, TOps>.Bell(TOps.Multiply(sigma, z), out TVector slope);
        TVector sine = VectorMath<TVector, TOps>.SinCos(TOps.Multiply(parameter, z), out TVector cosine);
        TVector wave = TOps.Multiply(TOps.Multiply(parameter, sine), bell);
        derivative = TOps.Subtract(TOps.Multiply(TOps.Multiply(sigma, slope), cosine), wave);
        return TOps.Multiply(cosine, bell);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector TimesDerivative<TVector, TOps>(TVector error, TVector kept, TVector parameter, TVector sigma)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        TOps.Multiply(kept, error);
}
