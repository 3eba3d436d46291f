using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MonaLisa.Engine.Numerics;

/// <summary>
/// Fills a tile's inputs with the coordinates of a picture's pixels: of pixels in any order, as training shuffles them, or of neighbours,
/// as they are painted.
/// </summary>
internal sealed unsafe class CoordinateLoader
{
    private const int Width = PanelLayout.Width;

    private readonly CoordinateGrid _grid;
    private readonly uint _width;

    /// <summary>ceil(2^64 / width): its product's high half is the exact quotient of any pixel number (Lemire, Kaser and Kurz 2019).</summary>
    private readonly ulong _reciprocalWidth;

    /// <summary>A loader for one picture.</summary>
    /// <param name="grid">The picture's coordinates.</param>
    /// <param name="width">Pixels in a row of the picture.</param>
    public CoordinateLoader(CoordinateGrid grid, int width)
    {
        (_grid, _width) = (grid, (uint)width);
        _reciprocalWidth = ulong.MaxValue / _width + 1;
    }

    /// <summary>Loads pixels in any order, at most a panel of them. Scale and offset are floats here, as vectors of them are.</summary>
    /// <param name="tile">Receives the coordinates.</param>
    /// <param name="row">The first one's row in the tile, a multiple of <see cref="PanelLayout.Width"/>.</param>
    /// <param name="pixels">The pixels' numbers, in row order.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Load(Tile tile, int row, ReadOnlySpan<uint> pixels)
    {
        float* first = tile.Coordinates.Pointer + PanelLayout.SkinnyOffset(row, Mlp.InputCount), second = first + Width;
        int* xs = (int*)(_grid.RowFirst ? second : first), ys = (int*)(_grid.RowFirst ? first : second);
        // Locals, because a store through a pointer may be one to a field.
        uint width = _width;
        ulong reciprocal = _reciprocalWidth;
        for (int i = 0; i < pixels.Length; i++)
        {
            // A width of one has no such reciprocal.
            uint pixel = pixels[i], y = width == 1 ? pixel : (uint)Math.BigMul(reciprocal, (ulong)pixel, out _);
            ys[i] = (int)y;
            xs[i] = (int)(pixel - y * width);
        }
        ToFloats(first, (float)_grid.First.Scale, (float)_grid.First.Offset);
        ToFloats(second, (float)_grid.Second.Scale, (float)_grid.Second.Offset);
    }

    /// <summary>Loads neighbouring pixels, exactly as the grid has them.</summary>
    /// <param name="tile">Receives the coordinates, from its first row.</param>
    /// <param name="firstPixel">The first pixel's number, in row order.</param>
    /// <param name="rows">How many pixels.</param>
    public void Load(Tile tile, long firstPixel, int rows)
    {
        CoordinateGrid grid = _grid;
        int width = (int)_width, y = (int)(firstPixel / width), x = (int)(firstPixel % width);
        for (int row = 0; row < rows; row++)
        {
            float* coordinates = tile.Coordinates.Pointer + PanelLayout.SkinnyOffset(row, Mlp.InputCount);
            coordinates[grid.RowFirst ? Width : 0] = grid.X[x];
            coordinates[grid.RowFirst ? 0 : Width] = grid.Y[y];
            if (++x == width)
                (x, y) = (0, y + 1);
        }
    }

    /// <summary>Turns a panel of whole numbers into floats in their place: number * scale + offset.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ToFloats(float* values, float scale, float offset)
    {
        for (int i = 0; i < Width; i += Vector256<float>.Count)
        {
            Vector256<float> numbers = Vector256.ConvertToSingle(Vector256.Load((int*)values + i));
            (numbers * scale + Vector256.Create(offset)).Store(values + i);
        }
    }
}
