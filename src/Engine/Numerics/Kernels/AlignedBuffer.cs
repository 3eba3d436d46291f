using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>
/// Zeroed floats that never move and begin on a cache line. They live as long as there is a reference to the
/// buffer; a <see cref="Pointer"/> alone does not keep them.
/// </summary>
internal sealed unsafe class AlignedBuffer
{
    private const int CacheLineBytes = 64;

    private readonly float[] _storage;

    /// <summary>Allocates a buffer.</summary>
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
