using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>
/// sin(omega (|z| + 1) z), FINER (Liu et al. 2024, arXiv 2312.02434). Its code (liuzhen0212/FINER, <c>models.py</c>) takes the factor
/// (|z| + 1) for a constant when it differentiates, and so is the derivative here: omega (|z| + 1) cos(omega (|z| + 1) z).
/// </summary>
internal readonly struct FinerKernel : IActivationKernel
{
    public static bool KeepsDerivative => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector z, TVector parameter, TVector sigma)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        VectorMath<TVector, TOps>.Sin(TOps.Multiply(Frequency<TVector, TOps>(z, parameter), z));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector z, TVector parameter, TVector sigma, out TVector derivative)
        where TVector : struct where TOps : struct, IVectorOps<TVector>
    {
        TVector frequency = Frequency<TVector, TOps>(z, parameter);
        TVector sine = VectorMath<TVector, TOps>.SinCos(TOps.Multiply(frequency, z), out TVector cosine);
        derivative = TOps.Multiply(frequency, cosine);
        return sine;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector TimesDerivative<TVector, TOps>(TVector error, TVector kept, TVector parameter, TVector sigma)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        TOps.Multiply(kept, error);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Frequency<TVector, TOps>(TVector z, TVector omega)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        TOps.MultiplyAdd(TOps.Abs(z), omega, omega);
}
