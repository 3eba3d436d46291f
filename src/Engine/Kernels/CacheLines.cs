using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace MonaLisa.Engine.Kernels;

/// <summary>Asks for memory before it is wanted, so that nothing waits for it. Where the processor cannot be asked, nothing happens.</summary>
internal static unsafe class CacheLines
{
    private const int LineLength = 64 / sizeof(float);

    /// <summary>Brings some columns of neighbouring rows of a panel into the first-level cache.</summary>
    /// <param name="rows">How many rows.</param>
    /// <param name="columns">How many columns.</param>
    /// <param name="place">The first row's first column; it may lie outside of any memory.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch(int rows, int columns, float* place)
    {
        if (!Sse.IsSupported)
            return;
        for (int row = 0; row < rows; row++, place += PanelLayout.Width)
            for (int column = 0; column < columns; column += LineLength)
                Sse.Prefetch0(place + column);
    }
}
