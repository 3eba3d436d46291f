namespace MonaLisa.Engine.Output;

/// <summary>Paints the frames of a film row by row, each when its turn comes; it holds a strip of a frame, and the network.</summary>
internal sealed class FramePainter : IDisposable
{
    private const float Gap = 0.07f;

    private readonly TrainingSnapshots _snapshots;
    private readonly FrameLayout _layout;
    private readonly AnimationOptions _options;
    private readonly ReferenceRows? _reference;
    private readonly CaptionStrip? _caption;
    private readonly CancellationToken _cancellationToken;
    private readonly int _networkChannels;
    private ImageRenderer? _renderer;
    private int _current = -1;
    private float[] _strip = [];

    /// <summary>Prepares the frames of a film.</summary>
    public FramePainter(
        TrainingSnapshots snapshots, AnimationPlan plan, FrameLayout layout, AnimationOptions options, CancellationToken cancellationToken)
    {
        (_snapshots, _layout, _options, _cancellationToken) = (snapshots, layout, options, cancellationToken);
        _networkChannels = snapshots.Design.OutputCount;
        // A caption on a grey picture is grey too, but GIF and WebP have no grey.
        Channels = _networkChannels == 4 ? 4 : 3;
        if (options.Reference is PixelDataset picture)
            _reference = new ReferenceRows(picture, options.Width, options.Height);
        if (options.HasCaption)
            _caption = new CaptionStrip(
                _layout.Width, _layout.CaptionHeight, plan.Frames.Select(frame => CaptionText.Of(snapshots.Snapshots[frame.Snapshot])));
    }

    /// <summary>Samples of a pixel: red, green and blue, or those and alpha.</summary>
    public int Channels { get; }

    /// <summary>Paints rows of the frame of a snapshot.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="firstRow">The first row of the frame.</param>
    /// <param name="rowCount">How many; all of them in the frame.</param>
    /// <param name="colors">Receives <c>[rowCount, width, <see cref="Channels"/>]</c>.</param>
    public void Paint(int snapshot, int firstRow, int rowCount, Span<float> colors)
    {
        Show(snapshot);
        int painted = Math.Clamp(_layout.PaintingHeight - firstRow, 0, rowCount);
        if (painted > 0)
            PaintPictures(firstRow, painted, colors);
        if (painted < rowCount)
            PaintCaption(firstRow + painted - _layout.PaintingHeight, rowCount - painted, colors[(painted * _layout.Width * Channels)..]);
    }

    /// <summary>Ends the threads that paint.</summary>
    public void Dispose() => _renderer?.Dispose();

    private void Show(int snapshot)
    {
        if (snapshot == _current)
            return;
        _renderer?.Dispose();
        _renderer = null;
        _renderer = new ImageRenderer(_snapshots.Load(snapshot), _options.Provider);
        _caption?.Draw(CaptionText.Of(_snapshots.Snapshots[snapshot]));
        _current = snapshot;
    }

    private void PaintPictures(int firstRow, int rowCount, Span<float> colors)
    {
        int width = _layout.PaintingWidth, count = rowCount * width * _networkChannels;
        if (_strip.Length < count)
            _strip = new float[count];
        _renderer!.Render(width, _layout.PaintingHeight, firstRow, rowCount, _strip, _cancellationToken);
        Place(rowCount, 0, colors);
        if (_layout.ReferenceLeft is not int left)
            return;
        for (int row = 0; row < rowCount; row++)
            Fill(colors.Slice((row * _layout.Width + width) * Channels, (left - width) * Channels), Gap);
        _reference!.Copy(firstRow, rowCount, _strip);
        Place(rowCount, left, colors);
    }

    /// <summary>Puts the strip of a picture into its place in the frame.</summary>
    private void Place(int rowCount, int left, Span<float> colors)
    {
        int width = _layout.PaintingWidth;
        for (int row = 0; row < rowCount; row++)
        {
            ReadOnlySpan<float> source = _strip.AsSpan(row * width * _networkChannels, width * _networkChannels);
            Span<float> destination = colors.Slice((row * _layout.Width + left) * Channels, width * Channels);
            if (_networkChannels == Channels)
                source.CopyTo(destination);
            else
                for (int x = 0; x < width; x++)
                    destination.Slice(x * Channels, Channels).Fill(source[x]);
        }
    }

    private void PaintCaption(int firstRow, int rowCount, Span<float> colors)
    {
        ReadOnlySpan<float> strip = _caption!.Rows.Slice(firstRow * _layout.Width, rowCount * _layout.Width);
        for (int i = 0; i < strip.Length; i++)
            Fill(colors.Slice(i * Channels, Channels), strip[i]);
    }

    // Opaque: the fourth sample, where there is one, is alpha.
    private void Fill(Span<float> pixels, float shade)
    {
        pixels.Fill(shade);
        for (int alpha = 3; Channels == 4 && alpha < pixels.Length; alpha += 4)
            pixels[alpha] = 1;
    }
}
