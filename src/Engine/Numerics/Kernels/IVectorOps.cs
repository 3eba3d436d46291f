using System.Runtime.Intrinsics;

namespace MonaLisa.Engine.Numerics;

/// <summary>
/// The arithmetic the kernels are written in, once for every vector width: the JIT compiler turns each call into the
/// one instruction it stands for. A comparison's result is a mask, all ones or all zeros in each lane.
/// </summary>
/// <typeparam name="TVector">The vector, such as <see cref="System.Runtime.Intrinsics.Vector512{T}"/> of float.</typeparam>
internal unsafe interface IVectorOps<TVector> where TVector : struct
{
    /// <summary>Lanes in a vector: 16, 8, 4 or 1.</summary>
    static abstract int Count { get; }

    /// <summary>Whether kernels keep 32 vectors in registers, as with AVX-512 and NEON, and not 16.</summary>
    static abstract bool HasManyRegisters { get; }

    /// <summary>Reads <see cref="Count"/> floats; they need not be aligned.</summary>
    static abstract TVector Load(float* source);

    /// <summary>Writes <see cref="Count"/> floats.</summary>
    static abstract void Store(TVector value, float* destination);

    /// <summary>The value in every lane.</summary>
    static abstract TVector Broadcast(float value);

    /// <summary>A number in memory in every lane: one instruction where the processor has it.</summary>
    static abstract TVector Broadcast(float* source);

    /// <summary>a + b.</summary>
    static abstract TVector Add(TVector a, TVector b);

    /// <summary>a - b.</summary>
    static abstract TVector Subtract(TVector a, TVector b);

    /// <summary>a * b.</summary>
    static abstract TVector Multiply(TVector a, TVector b);

    /// <summary>a / b.</summary>
    static abstract TVector Divide(TVector a, TVector b);

    /// <summary>Whether <see cref="MultiplyAdd"/> rounds once.</summary>
    static abstract bool IsFused { get; }

    /// <summary>a * b + c, rounded once where the processor has such an instruction.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>The square root.</summary>
    static abstract TVector Sqrt(TVector a);

    /// <summary>The greater; NaN where b is NaN. Where only a is, and for zeros of two signs, it is as the processor has it.</summary>
    static abstract TVector Max(TVector a, TVector b);

    /// <summary>The lesser; NaN where b is NaN, and else as <see cref="Max"/>.</summary>
    static abstract TVector Min(TVector a, TVector b);

    /// <summary>The nearest whole number, ties to even.</summary>
    static abstract TVector Round(TVector a);

    /// <summary>Mask of the lanes where a &gt;= b.</summary>
    static abstract TVector GreaterThanOrEqual(TVector a, TVector b);

    /// <summary>a where the mask is set, b elsewhere.</summary>
    static abstract TVector Select(TVector mask, TVector a, TVector b);

    /// <summary>Whether the mask is set in any lane.</summary>
    static abstract bool Any(TVector mask);

    /// <summary>The magnitude.</summary>
    static abstract TVector Abs(TVector a);

    /// <summary>The magnitude of a with the sign of b.</summary>
    static abstract TVector CopySign(TVector a, TVector b);

    /// <summary>a with its sign flipped where the last bit of b's representation is set.</summary>
    static abstract TVector NegateWhereOdd(TVector a, TVector b);

    /// <summary>2^n for a whole number n in [-126, 127].</summary>
    static abstract TVector PowerOfTwo(TVector n);

    /// <summary>The sum of all lanes.</summary>
    static abstract float Sum(TVector a);

    /// <summary>The sums of all lanes of four vectors.</summary>
    static abstract Vector128<float> Sums(TVector a, TVector b, TVector c, TVector d);
}
