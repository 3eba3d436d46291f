using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine;

/// <summary>Runs a network once per pixel of a picture of any size. One call at a time; dispose it to end its threads.</summary>
internal sealed class ImageRenderer : IDisposable
{
    private readonly TileSweep? _sweep;
    private readonly NeighborhoodPainter? _neighborhoods;
    private readonly LatentPainter? _latents;

    /// <summary>Prepares a network for rendering; later changes of the network have no effect here.</summary>
    /// <param name="network">The network.</param>
    /// <param name="provider">What computes the matrix products.</param>
    /// <param name="threadCount">Threads, at least 1, or null for one a processor core.</param>
    /// <param name="cancellationToken">Ends the preparation, which decodes a picture of latents, with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ProviderUnavailableException">The requested provider is not available here.</exception>
    public ImageRenderer(
        Mlp network, ComputeProvider provider = ComputeProvider.Auto, int? threadCount = null, CancellationToken cancellationToken = default)
    {
        Channels = network.OutputCount;
        if (network.Design.Encoding is LatentEncoding)
        {
            using var work = new LatentWork(threadCount);
            _latents = new LatentPainter(network, work, InstructionSets.Best, cancellationToken);
            return;
        }
        _sweep = new TileSweep(network, provider, threadCount, keepsActivations: false);
        try
        {
            _neighborhoods = network.Design.Encoding is NeighborhoodEncoding ? new NeighborhoodPainter(_sweep) : null;
        }
        catch
        {
            _sweep.Dispose();
            throw;
        }
    }

    /// <summary>Samples of a rendered pixel, the network's outputs: 1 (grey), 3 (red, green and blue) or 4 (those and alpha).</summary>
    public int Channels { get; }

    /// <summary>Renders rows of the whole picture at a size.</summary>
    /// <inheritdoc cref="Render(PictureRegion, int, int, int, int, Span{float}, CancellationToken)" path="/param"/>
    /// <exception cref="ArgumentOutOfRangeException">The rows are not all in the picture, or the destination is too short.</exception>
    public void Render(
        int width, int height, int firstRow, int rowCount, Span<float> colors, CancellationToken cancellationToken = default)
    {
        RequireSize(width, height);
        RenderRows(region: null, width, height, firstRow, rowCount, colors, cancellationToken);
    }

    /// <summary>
    /// Renders rows of a region of the learned picture: pixel i of a row of n covers <c>[x + i w / n, x + (i + 1) w / n]</c> of the
    /// learned picture, and has the network's colour at its centre; the same holds down the columns. A region of a large rendering has the
    /// colours that the same pixels have in the whole of it. With <see cref="CoordinateConvention.RowColumnCorner"/> that holds for the
    /// whole picture rendered as a region: rendered without one, its corner pixels lie on its edge at every size.
    /// </summary>
    /// <param name="region">The region.</param>
    /// <param name="width">Pixels in a row of the whole rendering.</param>
    /// <param name="height">Its rows.</param>
    /// <param name="firstRow">The first row to render.</param>
    /// <param name="rowCount">How many rows.</param>
    /// <param name="colors">Receives <c>[rowCount, width, <see cref="Channels"/>]</c>, nominally in [0, 1], not clamped.</param>
    /// <param name="cancellationToken">Ends the rendering with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The region is the default value, which is none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rows are not all in the rendering, or the destination is too short.</exception>
    public void Render(
        PictureRegion region, int width, int height, int firstRow, int rowCount, Span<float> colors,
        CancellationToken cancellationToken = default)
    {
        RequireSize(width, height);
        if (region == default)
            throw new ArgumentException("The region is of no picture.", nameof(region));
        RenderRows(region, width, height, firstRow, rowCount, colors, cancellationToken);
    }

    /// <summary>Computes the colours at places of the picture, in any order.</summary>
    /// <param name="x">Each place's distance from the left edge, in widths of the picture: the centre of column c is at (c + 0.5) / width.</param>
    /// <param name="y">Its distance from the upper edge, in heights; as many as <paramref name="x"/>.</param>
    /// <param name="learned">Width and height of the learned picture in pixels, or null where they are not known.</param>
    /// <param name="colors">Receives <c>[places, <see cref="Channels"/>]</c>, nominally in [0, 1], not clamped.</param>
    /// <param name="cancellationToken">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The numbers of places differ, or the destination is too short.</exception>
    public unsafe void RenderPlaces(
        double[] x, double[] y, (int Width, int Height)? learned, Span<float> colors, CancellationToken cancellationToken = default)
    {
        if (x.Length != y.Length)
            throw new ArgumentException($"There are {x.Length} places across and {y.Length} down.", nameof(y));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)x.Length * Channels, colors.Length, nameof(colors));
        if (_latents is not null)
        {
            for (int i = 0; i < x.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _latents.Interpolate(x[i], y[i], colors.Slice(i * Channels, Channels));
            }
            return;
        }
        CoordinateConvention convention = _sweep!.Network.Design.Coordinates;
        CoordinateAxis across = CoordinateAxis.OfPlaces(convention, learned?.Width), down = CoordinateAxis.OfPlaces(convention, learned?.Height);
        bool rowFirst = convention == CoordinateConvention.RowColumnCorner;
        fixed (float* destination = colors)
        {
            float* result = destination;
            _sweep.Run(x.Length, (tile, first, rows) =>
            {
                for (int row = 0; row < rows; row++)
                {
                    float* coordinates = tile.Coordinates.Pointer + PanelLayout.SkinnyOffset(row, Mlp.InputCount);
                    coordinates[rowFirst ? PanelLayout.Width : 0] = across.At(x[first + row]);
                    coordinates[rowFirst ? 0 : PanelLayout.Width] = down.At(y[first + row]);
                }
            }, (tile, first, rows) => StoreColors(tile, rows, result + first * Channels), cancellationToken);
        }
    }

    /// <summary>Ends the rendering threads.</summary>
    public void Dispose() => _sweep?.Dispose();

    private static void RequireSize(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
    }

    private unsafe void RenderRows(
        PictureRegion? region, int width, int height, int firstRow, int rowCount, Span<float> colors, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        ArgumentOutOfRangeException.ThrowIfNegative(rowCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)firstRow + rowCount, height, nameof(rowCount));
        long pixelCount = (long)width * rowCount;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pixelCount * Channels, colors.Length, nameof(colors));
        if (_latents is not null)
        {
            _latents.Render(region, width, height, firstRow, rowCount, colors, cancellationToken);
            return;
        }
        if (_neighborhoods is not null)
        {
            _neighborhoods.Render(region, width, height, firstRow, rowCount, colors, cancellationToken);
            return;
        }
        CoordinateConvention convention = _sweep!.Network.Design.Coordinates;
        CoordinateGrid grid = region is PictureRegion part
            ? new CoordinateGrid(convention, part, width, height) : new CoordinateGrid(convention, width, height);
        fixed (float* destination = colors)
        {
            float* result = destination;
            _sweep.Run(grid, width, (long)firstRow * width, pixelCount,
                (tile, first, rows) => StoreColors(tile, rows, result + first * Channels), cancellationToken);
        }
    }

    private unsafe void StoreColors(Tile tile, int rows, float* colors)
    {
        ColorTransform transform = _sweep!.Network.Colors;
        int channels = Channels;
        for (int row = 0; row < rows; row++, colors += channels)
        {
            float* outputs = tile.Outputs.Pointer + PanelLayout.SkinnyOffset(row, channels);
            for (int channel = 0; channel < channels; channel++)
                colors[channel] = outputs[channel * PanelLayout.Width] * transform.Scale + transform.Offset;
        }
    }
}
