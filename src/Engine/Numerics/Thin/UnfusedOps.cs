using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MonaLisa.Engine.Numerics;

/// <summary>Another arithmetic whose <see cref="MultiplyAdd"/> rounds twice on every processor.</summary>
internal readonly unsafe struct UnfusedOps<TVector, TOps> : IVectorOps<TVector>
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
{
    public static int Count => TOps.Count;

    public static bool HasManyRegisters => TOps.HasManyRegisters;

    public static bool IsFused => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load(float* source) => TOps.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(TVector value, float* destination) => TOps.Store(value, destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Broadcast(float value) => TOps.Broadcast(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Broadcast(float* source) => TOps.Broadcast(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Add(TVector a, TVector b) => TOps.Add(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Subtract(TVector a, TVector b) => TOps.Subtract(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Multiply(TVector a, TVector b) => TOps.Multiply(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Divide(TVector a, TVector b) => TOps.Divide(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector MultiplyAdd(TVector a, TVector b, TVector c) => TOps.Add(TOps.Multiply(a, b), c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sqrt(TVector a) => TOps.Sqrt(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Max(TVector a, TVector b) => TOps.Max(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Min(TVector a, TVector b) => TOps.Min(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Round(TVector a) => TOps.Round(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector GreaterThanOrEqual(TVector a, TVector b) => TOps.GreaterThanOrEqual(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Select(TVector mask, TVector a, TVector b) => TOps.Select(mask, a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(TVector mask) => TOps.Any(mask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Abs(TVector a) => TOps.Abs(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector CopySign(TVector a, TVector b) => TOps.CopySign(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector NegateWhereOdd(TVector a, TVector b) => TOps.NegateWhereOdd(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector PowerOfTwo(TVector n) => TOps.PowerOfTwo(n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(TVector a) => TOps.Sum(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sums(TVector a, TVector b, TVector c, TVector d) => TOps.Sums(a, b, c, d);
}
