using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Output;

/// <summary>Where painting, learned picture and caption lie in a frame.</summary>
internal sealed class FrameLayout
{
    // The gap between the two pictures, and the caption's height, as shares of the painting's smaller side.
    private const double GapShare = 0.02, CaptionShare = 0.085;
    private const int LeastGap = 2, LeastCaptionHeight = 12;

    /// <summary>The layout of an animation's frames.</summary>
    public FrameLayout(AnimationOptions options)
    {
        (PaintingWidth, PaintingHeight) = (options.Width, options.Height);
        int side = Math.Min(options.Width, options.Height);
        if (options.Reference is not null)
            ReferenceLeft = checked(options.Width + Math.Max(LeastGap, (int)Math.Round(side * GapShare)));
        Width = ReferenceLeft is int left ? checked(left + options.Width) : options.Width;
        CaptionHeight = options.HasCaption ? Math.Max(LeastCaptionHeight, (int)Math.Round(side * CaptionShare)) : 0;
        Height = checked(options.Height + CaptionHeight);
    }

    /// <summary>Pixels in a row of the painting.</summary>
    public int PaintingWidth { get; }

    /// <summary>Rows of the painting.</summary>
    public int PaintingHeight { get; }

    /// <summary>Where the learned picture begins, as large as the painting; null where it is not shown.</summary>
    public int? ReferenceLeft { get; }

    /// <summary>Rows of the caption, below the painting; 0 without one.</summary>
    public int CaptionHeight { get; }

    /// <summary>Pixels in a row of the frame.</summary>
    public int Width { get; }

    /// <summary>Rows of the frame.</summary>
    public int Height { get; }
}

/// <summary>Paints the frames of an animation row by row, one after the other; it holds a strip of a frame, and the network.</summary>
internal sealed class FramePainter : IDisposable
{
    private const float Gap = 0.07f;

    private readonly TrainingSnapshots _snapshots;
    private readonly FrameLayout _layout;
    private readonly AnimationOptions _options;
    private readonly RowSource? _reference;
    private readonly CaptionStrip? _caption;
    private readonly CancellationToken _cancellationToken;
    private readonly int _networkChannels;
    private ImageRenderer? _renderer;
    private int _current = -1;
    private float[] _strip = [];

    /// <summary>Prepares the frames of an animation.</summary>
    public FramePainter(
        TrainingSnapshots snapshots, AnimationPlan plan, FrameLayout layout, AnimationOptions options, CancellationToken cancellationToken)
    {
        (_snapshots, _layout, _options, _cancellationToken) = (snapshots, layout, options, cancellationToken);
        _networkChannels = snapshots.Design.OutputCount;
        // A caption on a grey picture is grey too, but GIF and WebP have no grey.
        Channels = _networkChannels == 4 ? 4 : 3;
        if (options.Reference is PixelDataset picture)
            _reference = PictureResampler.Resize(picture, options.Width, options.Height);
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
        _renderer = new ImageRenderer(_snapshots.Load(snapshot), _options.Provider, cancellationToken: _cancellationToken);
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
        _reference!(firstRow, rowCount, _strip);
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

    // The caption is grey.
    private void PaintCaption(int firstRow, int rowCount, Span<float> colors)
    {
        for (int i = 0; i < rowCount * _layout.Width; i++)
            Fill(colors.Slice(i * Channels, Channels), _caption!.Colors[3 * (firstRow * _layout.Width + i)]);
    }

    // Opaque: the fourth sample, where there is one, is alpha.
    private void Fill(Span<float> pixels, float shade)
    {
        pixels.Fill(shade);
        for (int alpha = 3; Channels == 4 && alpha < pixels.Length; alpha += 4)
            pixels[alpha] = 1;
    }
}
