using MonaLisa.Engine.Numerics;

namespace MonaLisa.Benchmarks.Kernels;

/// <summary>Buffers of numbers in [-1, 1].</summary>
internal static class Operands
{
    public static AlignedBuffer Random(long length)
    {
        var random = new Random(2012);
        var buffer = new AlignedBuffer(length);
        foreach (ref float value in buffer.Span)
            value = random.NextSingle() * 2 - 1;
        return buffer;
    }
}
