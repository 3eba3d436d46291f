using System.Runtime.CompilerServices;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Training;

/// <summary>Fills tiles with a picture's coordinates and colours.</summary>
internal sealed unsafe class TileLoader
{
    private const int Width = PanelLayout.Width;

    private readonly PixelDataset _dataset;
    private readonly CoordinateLoader _coordinates;
    private readonly int _channels;

    /// <summary>From places to pixels, the training pixels first; null where every pixel is one and its place is its number.</summary>
    private readonly uint[]? _pixels;

    /// <summary>A loader for one picture, by a network's convention.</summary>
    public TileLoader(PixelDataset dataset, CoordinateConvention convention)
    {
        _dataset = dataset;
        _channels = dataset.Channels;
        _pixels = dataset.Partition?.Pixels;
        _coordinates = new CoordinateLoader(new CoordinateGrid(convention, dataset.Width, dataset.Height), dataset.Width);
    }

    /// <summary>Loads training pixels from a place in a shuffled order.</summary>
    /// <param name="tile">Receives coordinates and targets.</param>
    /// <param name="shuffle">The order.</param>
    /// <param name="firstPlace">The first pixel's place in it.</param>
    /// <param name="rows">Number of pixels, at most the tile's capacity.</param>
    /// <param name="sampler">Draws the pixels; null where each comes once.</param>
    /// <param name="offset">What the order's numbers count from.</param>
    public void Load(Tile tile, in PixelShuffle shuffle, int firstPlace, int rows, ErrorSampler? sampler = null, int offset = 0)
    {
        tile.SampleWeights = sampler is null ? null : tile.DrawnRows!.Weights.Pointer;
        // All of the tile's pixels first: their samples are requested from memory while others are drawn.
        Span<uint> pixels = stackalloc uint[rows];
        shuffle.CopyTo(firstPlace, pixels);
        if (offset > 0)
            foreach (ref uint number in pixels)
                number += (uint)offset;
        sampler?.Draw(tile, pixels);
        ToPixels(pixels);
        Request(pixels);
        for (int row = 0; row < rows; row += Width)
            LoadChunk(tile, row, pixels.Slice(row, Math.Min(Width, rows - row)));
    }

    /// <summary>Loads neighbouring pixels, in the dataset's order.</summary>
    public void Load(Tile tile, int firstPlace, int rows)
    {
        tile.SampleWeights = null;
        Span<uint> pixels = stackalloc uint[Width];
        for (int row = 0; row < rows; row += Width)
        {
            Span<uint> chunk = pixels[..Math.Min(Width, rows - row)];
            for (int i = 0; i < chunk.Length; i++)
                chunk[i] = (uint)(firstPlace + row + i);
            ToPixels(chunk);
            LoadChunk(tile, row, chunk);
        }
    }

    private void ToPixels(Span<uint> places)
    {
        if (_pixels is null)
            return;
        foreach (ref uint place in places)
            place = _pixels[place];
    }

    private void Request(ReadOnlySpan<uint> pixels)
    {
        int bytes = _channels * _dataset.BitDepth / 8;
        fixed (byte* samples8 = _dataset.Samples8)
        fixed (ushort* samples16 = _dataset.Samples16)
        {
            byte* samples = samples8 != null ? samples8 : (byte*)samples16;
            foreach (uint pixel in pixels)
                CacheLine.Request(samples + pixel * (long)bytes);
        }
    }

    /// <summary>Whole numbers first, one pixel at a time; then vectors of them become floats in place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void LoadChunk(Tile tile, int row, ReadOnlySpan<uint> pixels)
    {
        _coordinates.Load(tile, row, pixels);
        float* targets = tile.Targets.Pointer + PanelLayout.SkinnyOffset(row, _channels);
        switch (_channels)
        {
            case 1:
                PlaceSamples<One>(pixels, (int*)targets);
                break;
            case 3:
                PlaceSamples<Three>(pixels, (int*)targets);
                break;
            default:
                PlaceSamples<Four>(pixels, (int*)targets);
                break;
        }
        float sampleScale = 1f / (_dataset.BitDepth == 8 ? byte.MaxValue : ushort.MaxValue);
        for (int channel = 0; channel < _channels; channel++)
            CoordinateLoader.ToFloats(targets + channel * Width, sampleScale, offset: 0);
    }

    private void PlaceSamples<TColumns>(ReadOnlySpan<uint> pixels, int* targets)
        where TColumns : struct, IConstant
    {
        if (_dataset.BitDepth == 8)
            PlaceSamples<TColumns, byte>(pixels, _dataset.Samples8, targets);
        else
            PlaceSamples<TColumns, ushort>(pixels, _dataset.Samples16, targets);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PlaceSamples<TColumns, TSample>(ReadOnlySpan<uint> pixels, ReadOnlySpan<TSample> samples, int* targets)
        where TColumns : struct, IConstant
        where TSample : unmanaged
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            ReadOnlySpan<TSample> pixel = samples.Slice((int)pixels[i] * TColumns.Value, TColumns.Value);
            targets[i] = Number(pixel[0]);
            if (TColumns.Value > 1)
                (targets[Width + i], targets[2 * Width + i]) = (Number(pixel[1]), Number(pixel[2]));
            if (TColumns.Value > 3)
                targets[3 * Width + i] = Number(pixel[3]);
        }
    }

    /// <summary>The number in a byte or a ushort.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Number<TSample>(TSample sample) where TSample : unmanaged =>
        sizeof(TSample) == sizeof(byte) ? Unsafe.BitCast<TSample, byte>(sample) : Unsafe.BitCast<TSample, ushort>(sample);
}
