using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>
/// Half the squared error up to delta, <c>delta * (|error| - delta / 2)</c> beyond (Huber 1964, "Robust estimation of a location
/// parameter"); its derivative is the error, held within delta.
/// </summary>
internal readonly struct HuberLossKernel : ILossKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value<TVector, TOps>(TVector error, TVector delta)
        where TVector : struct where TOps : struct, IVectorOps<TVector>
    {
        // With m the lesser of |error| and delta, both branches are m * (|error| - m / 2).
        TVector magnitude = TOps.Abs(error), m = TOps.Min(delta, magnitude);
        return TOps.Multiply(m, TOps.MultiplyAdd(m, TOps.Broadcast(-0.5f), magnitude));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Derivative<TVector, TOps>(TVector error, TVector delta)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        TOps.CopySign(TOps.Min(delta, TOps.Abs(error)), error);
}
