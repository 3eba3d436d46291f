namespace MonaLisa.Engine.Output;

/// <summary>
/// What a run's network paints, at the size of its picture, as often as it is asked for: painted once and kept where it is small, painted
/// anew where it is large.
/// </summary>
internal sealed class RunPainting : IDisposable
{
    // 64 MiB.
    private const long MostKept = 1 << 24;

    private readonly ImageRenderer _renderer;
    private readonly CancellationToken _cancellationToken;
    private readonly float[]? _colors;
    private readonly int _width, _height;

    /// <summary>Paints.</summary>
    /// <exception cref="ProviderUnavailableException">The run's provider is not available here.</exception>
    public RunPainting(TrainingRun run, CancellationToken cancellationToken)
    {
        (_width, _height, _cancellationToken) = (run.Dataset.Width, run.Dataset.Height, cancellationToken);
        _renderer = new ImageRenderer(run.Network, run.Options.Provider);
        if ((long)run.Dataset.PixelCount * Channels > MostKept)
            return;
        _colors = new float[run.Dataset.PixelCount * Channels];
        _renderer.Render(_width, _height, 0, _height, _colors, cancellationToken);
    }

    /// <summary>Samples a pixel.</summary>
    public int Channels => _renderer.Channels;

    /// <summary>The rows: see <see cref="RowSource"/>.</summary>
    public void CopyRows(int firstRow, int rowCount, Span<float> colors)
    {
        if (_colors is null)
            _renderer.Render(_width, _height, firstRow, rowCount, colors, _cancellationToken);
        else
            _colors.AsSpan(firstRow * _width * Channels, rowCount * _width * Channels).CopyTo(colors);
    }

    /// <inheritdoc/>
    public void Dispose() => _renderer.Dispose();
}
