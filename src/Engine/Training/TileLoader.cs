using MonaLisa.Engine.Kernels;
using MonaLisa.Engine.Providers;

namespace MonaLisa.Engine.Training;

/// <summary>Fills tiles with a picture's coordinates and colours.</summary>
internal sealed unsafe class TileLoader
{
    private const int Width = PanelLayout.Width;

    private readonly PixelDataset _dataset;
    private readonly CoordinateGrid _grid;

    /// <summary>A loader for one picture, by a network's convention.</summary>
    public TileLoader(PixelDataset dataset, CoordinateConvention convention)
    {
        _dataset = dataset;
        _grid = new CoordinateGrid(convention, dataset.Width, dataset.Height);
    }

    /// <summary>Loads pixels from a place in a shuffled order.</summary>
    /// <param name="tile">Receives coordinates and targets.</param>
    /// <param name="shuffle">The order.</param>
    /// <param name="firstPlace">The first pixel's place in it.</param>
    /// <param name="rows">Number of pixels.</param>
    public void Load(Tile tile, in PixelShuffle shuffle, int firstPlace, int rows)
    {
        for (int row = 0; row < rows; row++)
            LoadPixel(tile, row, shuffle[firstPlace + row]);
    }

    /// <summary>Loads neighbouring pixels, in the picture's order.</summary>
    public void Load(Tile tile, int firstPixel, int rows)
    {
        for (int row = 0; row < rows; row++)
            LoadPixel(tile, row, firstPixel + row);
    }

    private void LoadPixel(Tile tile, int row, int pixel)
    {
        int y = (int)((uint)pixel / (uint)_dataset.Width), x = pixel - y * _dataset.Width;
        float* coordinates = tile.Coordinates.Pointer + PanelLayout.NarrowOffset(row, Mlp.InputCount);
        coordinates[0] = _grid.First(x, y);
        coordinates[Width] = _grid.Second(x, y);
        float* targets = tile.Targets.Pointer + PanelLayout.NarrowOffset(row, Mlp.OutputCount);
        int sample = pixel * PixelDataset.Channels;
        if (_dataset.BitDepth == 8)
        {
            ReadOnlySpan<byte> samples = _dataset.Samples8.Slice(sample, PixelDataset.Channels);
            for (int channel = 0; channel < samples.Length; channel++)
                targets[channel * Width] = samples[channel] * (1f / byte.MaxValue);
        }
        else
        {
            ReadOnlySpan<ushort> samples = _dataset.Samples16.Slice(sample, PixelDataset.Channels);
            for (int channel = 0; channel < samples.Length; channel++)
                targets[channel * Width] = samples[channel] * (1f / ushort.MaxValue);
        }
    }
}
