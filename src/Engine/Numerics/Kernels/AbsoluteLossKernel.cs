using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>The magnitude of the error; its derivative is the error's sign, 0 where there is no error.</summary>
internal readonly struct AbsoluteLossKernel : ILossKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value<TVector, TOps>(TVector error, TVector delta)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        TOps.Abs(error);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Derivative<TVector, TOps>(TVector error, TVector delta)
        where TVector : struct where TOps : struct, IVectorOps<TVector>
    {
        TVector zero = TOps.Broadcast(0), isNone = TOps.GreaterThanOrEqual(zero, TOps.Abs(error));
        return TOps.Select(isNone, zero, TOps.CopySign(TOps.Broadcast(1), error));
    }
}
