using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>sin(omega z); its derivative is omega cos(omega z).</summary>
internal readonly struct SineKernel : IActivationKernel
{
    public static bool KeepsDerivative => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector z, TVector parameter, TVector sigma)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        VectorMath<TVector, TOps>.Sin(TOps.Multiply(z, parameter));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector z, TVector parameter, TVector sigma, out TVector derivative)
        where TVector : struct where TOps : struct, IVectorOps<TVector>
    {
        TVector sine = VectorMath<TVector, TOps>.SinCos(TOps.Multiply(z, parameter), out TVector cosine);
        derivative = TOps.Multiply(parameter, cosine);
        return sine;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector TimesDerivative<TVector, TOps>(TVector error, TVector kept, TVector parameter, TVector sigma)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        TOps.Multiply(kept, error);
}
