using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace MonaLisa.Engine.Numerics;

/// <summary>Asks for memory before it is needed, where the processor can be told so.</summary>
internal static unsafe class CacheLine
{
    /// <summary>Floats of a cache line on most processors.</summary>
    public const int Floats = 64 / sizeof(float);

    /// <summary>Requests the cache line of an address, which need not be a valid one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Request(void* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(address);
    }
}
