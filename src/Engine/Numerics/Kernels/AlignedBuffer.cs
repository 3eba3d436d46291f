using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>
/// Floats that never move. They live as long as there is a reference to the buffer; a span of it keeps them too, a
/// <see cref="Pointer"/> alone does not.
/// </summary>
internal sealed unsafe class AlignedBuffer
{
    private const int CacheLineBytes = 64;

    private readonly float[] _storage;

    /// <summary>Allocates a buffer of zeros that begins on a cache line.</summary>
    /// <param name="length">Number of floats.</param>
    public AlignedBuffer(long length)
    {
        const int Slack = CacheLineBytes / sizeof(float);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Array.MaxLength - Slack);
        _storage = GC.AllocateArray<float>((int)length + Slack, pinned: true);
        var address = (nuint)Unsafe.AsPointer(ref _storage[0]);
        Pointer = (float*)((address + (CacheLineBytes - 1)) & ~(nuint)(CacheLineBytes - 1));
        Length = (int)length;
    }

    private AlignedBuffer(float[] pinned)
    {
        (_storage, Length) = (pinned, pinned.Length);
        Pointer = (float*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
    }

    /// <summary>A buffer of numbers that are elsewhere too; it begins where they do.</summary>
    /// <param name="pinned">An array that was allocated so that it never moves.</param>
    public static AlignedBuffer Over(float[] pinned) => new(pinned);

    /// <summary>The first float.</summary>
    public float* Pointer { get; }

    /// <summary>Number of floats.</summary>
    public int Length { get; }

    /// <summary>All of it.</summary>
    public Span<float> Span => new(Pointer, Length);

    /// <summary>Exchanges the content with that of a buffer of the same length.</summary>
    public void ExchangeWith(AlignedBuffer other)
    {
        Span<float> mine = Span, its = other.Span;
        for (int i = 0; i < mine.Length; i++)
            (mine[i], its[i]) = (its[i], mine[i]);
    }
}
