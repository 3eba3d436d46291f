using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>The squared error; half its derivative is the error.</summary>
internal readonly struct SquaredLossKernel : ILossKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value<TVector, TOps>(TVector error, TVector delta)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        TOps.Multiply(error, error);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Derivative<TVector, TOps>(TVector error, TVector delta)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        error;
}
