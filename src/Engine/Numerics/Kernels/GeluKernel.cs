using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>
/// z Phi(z), Phi the normal distribution function: GELU (Hendrycks and Gimpel 2016, arXiv 1606.08415), not its approximation by
/// tanh; its derivative is Phi(z) + z phi(z).
/// </summary>
internal readonly struct GeluKernel : IActivationKernel
{
    public static bool KeepsDerivative => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector z, TVector parameter, TVector sigma)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        TOps.Multiply(z, VectorMath<TVector, TOps>.NormalDistribution(z, out _));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector z, TVector parameter, TVector sigma, out TVector derivative)
        where TVector : struct where TOps : struct, IVectorOps<TVector>
    {
        TVector distribution = VectorMath<TVector, TOps>.NormalDistribution(z, out TVector density);
        derivative = TOps.MultiplyAdd(z, density, distribution);
        return TOps.Multiply(z, distribution);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector TimesDerivative<TVector, TOps>(TVector error, TVector kept, TVector parameter, TVector sigma)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        TOps.Multiply(kept, error);
}
