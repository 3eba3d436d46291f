using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace MonaLisa.Engine.Numerics;

/// <summary>Brings memory into the first-level cache before it is wanted, so that nothing waits for it. Where the processor cannot be asked, nothing happens.</summary>
internal static unsafe class CacheLines
{
    private const int LineLength = 64 / sizeof(float);

    /// <summary>
    /// Fetches the rows of C that a long sum is stored over when it is done; where it begins with what lies there, it needs its own
    /// at once, and those of the next rows are fetched.
    /// </summary>
    /// <param name="rows">Rows of C that are computed together.</param>
    /// <param name="columns">Columns that are.</param>
    /// <param name="c">The first of them.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FetchPlaces<TFactor, TStart>(int rows, int columns, float* c) where TFactor : struct, IFactor where TStart : struct, IStart
    {
        if (typeof(TStart) == typeof(FromSum))
            Fetch(rows, columns, c + rows * PanelLayout.Width);
        else if (typeof(TFactor) == typeof(AlongRows))
            Fetch(rows, columns, c);
    }

    // The place may lie outside of any memory.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fetch(int rows, int columns, float* place)
    {
        if (!Sse.IsSupported)
            return;
        for (int row = 0; row < rows; row++, place += PanelLayout.Width)
            for (int column = 0; column < columns; column += LineLength)
                Sse.Prefetch0(place + column);
    }
}
