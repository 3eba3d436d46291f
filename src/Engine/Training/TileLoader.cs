using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MonaLisa.Engine.Kernels;
using MonaLisa.Engine.Providers;

namespace MonaLisa.Engine.Training;

/// <summary>Fills tiles with a picture's coordinates and colours.</summary>
internal sealed unsafe class TileLoader
{
    private const int Width = PanelLayout.Width;

    private readonly PixelDataset _dataset;
    private readonly CoordinateGrid _grid;

    /// <summary>ceil(2^64 / width): its product's high half is the exact quotient of any pixel number (Lemire, Kaser and Kurz 2019).</summary>
    private readonly ulong _reciprocalWidth;

    /// <summary>A loader for one picture, by a network's convention.</summary>
    public TileLoader(PixelDataset dataset, CoordinateConvention convention)
    {
        _dataset = dataset;
        _grid = new CoordinateGrid(convention, dataset.Width, dataset.Height);
        _reciprocalWidth = ulong.MaxValue / (uint)dataset.Width + 1;
    }

    /// <summary>Loads pixels from a place in a shuffled order.</summary>
    /// <param name="tile">Receives coordinates and targets.</param>
    /// <param name="shuffle">The order.</param>
    /// <param name="firstPlace">The first pixel's place in it.</param>
    /// <param name="rows">Number of pixels, at most the tile's capacity.</param>
    public void Load(Tile tile, in PixelShuffle shuffle, int firstPlace, int rows)
    {
        Span<uint> pixels = stackalloc uint[Width];
        for (int row = 0; row < rows; row += Width)
        {
            Span<uint> chunk = pixels[..Math.Min(Width, rows - row)];
            shuffle.CopyTo(firstPlace + row, chunk);
            LoadChunk(tile, row, chunk);
        }
    }

    /// <summary>Loads neighbouring pixels, in the picture's order.</summary>
    public void Load(Tile tile, int firstPixel, int rows)
    {
        Span<uint> pixels = stackalloc uint[Width];
        for (int row = 0; row < rows; row += Width)
        {
            Span<uint> chunk = pixels[..Math.Min(Width, rows - row)];
            for (int i = 0; i < chunk.Length; i++)
                chunk[i] = (uint)(firstPixel + row + i);
            LoadChunk(tile, row, chunk);
        }
    }

    /// <summary>Whole numbers first, one pixel at a time; then vectors of them become floats in place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void LoadChunk(Tile tile, int row, ReadOnlySpan<uint> pixels)
    {
        float* coordinates = tile.Coordinates.Pointer + PanelLayout.NarrowOffset(row, Mlp.InputCount);
        float* targets = tile.Targets.Pointer + PanelLayout.NarrowOffset(row, Mlp.OutputCount);
        float* first = coordinates, second = coordinates + Width;
        PlacePixels(pixels, (int*)(_grid.RowFirst ? second : first), (int*)(_grid.RowFirst ? first : second));
        ToFloats(first, _grid.First);
        ToFloats(second, _grid.Second);
        int maximum;
        if (_dataset.BitDepth == 8)
        {
            PlaceSamples(pixels, _dataset.Samples8, (int*)targets);
            maximum = byte.MaxValue;
        }
        else
        {
            PlaceSamples(pixels, _dataset.Samples16, (int*)targets);
            maximum = ushort.MaxValue;
        }
        for (int channel = 0; channel < Mlp.OutputCount; channel++)
            ToFloats(targets + channel * Width, new CoordinateAxis(1f / maximum, 0));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PlacePixels(ReadOnlySpan<uint> pixels, int* xs, int* ys)
    {
        // A width of one has no such reciprocal.
        bool isColumn = _dataset.Width == 1;
        for (int i = 0; i < pixels.Length; i++)
        {
            uint pixel = pixels[i], y = isColumn ? pixel : (uint)Math.BigMul(_reciprocalWidth, (ulong)pixel, out _);
            ys[i] = (int)y;
            xs[i] = (int)(pixel - y * (uint)_dataset.Width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PlaceSamples(ReadOnlySpan<uint> pixels, ReadOnlySpan<byte> samples, int* targets)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            ReadOnlySpan<byte> pixel = samples.Slice((int)pixels[i] * PixelDataset.Channels, PixelDataset.Channels);
            (targets[i], targets[Width + i], targets[2 * Width + i]) = (pixel[0], pixel[1], pixel[2]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PlaceSamples(ReadOnlySpan<uint> pixels, ReadOnlySpan<ushort> samples, int* targets)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            ReadOnlySpan<ushort> pixel = samples.Slice((int)pixels[i] * PixelDataset.Channels, PixelDataset.Channels);
            (targets[i], targets[Width + i], targets[2 * Width + i]) = (pixel[0], pixel[1], pixel[2]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ToFloats(float* values, CoordinateAxis axis)
    {
        for (int i = 0; i < Width; i += Vector256<float>.Count)
        {
            Vector256<float> numbers = Vector256.ConvertToSingle(Vector256.Load((int*)values + i));
            (numbers * axis.Scale + Vector256.Create(axis.Offset)).Store(values + i);
        }
    }
}
