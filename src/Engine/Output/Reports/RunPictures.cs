using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine.Output;

/// <summary>The pictures of a run that a report shows.</summary>
/// <param name="Target">The picture that it learned.</param>
/// <param name="Painting">What it paints.</param>
/// <param name="Errors">Where it is wrong.</param>
/// <param name="LargestError">The mean error of a pixel's channels, in [0, 1], from which on the error map is lightest.</param>
internal sealed record RunPictures(EmbeddedPicture Target, EmbeddedPicture Painting, EmbeddedPicture Errors, double LargestError)
{
    private const int LegendWidth = 256, LegendHeight = 8;

    /// <summary>The colours of errors, from none on the left to the largest.</summary>
    public static EmbeddedPicture Legend(CancellationToken cancellationToken) =>
        EmbeddedPicture.WebP("legend", LegendWidth, LegendHeight, 3, (_, rowCount, colors) =>
        {
            for (int pixel = 0; pixel < rowCount * LegendWidth; pixel++)
                ColorMap.Sequential.Write((float)(pixel % LegendWidth) / (LegendWidth - 1), colors.Slice(pixel * 3, 3));
        }, cancellationToken);

    /// <summary>Makes the pictures of a run.</summary>
    public static RunPictures Of(TrainingRun run, RunPainting painting, CancellationToken cancellationToken)
    {
        PixelDataset target = run.Dataset;
        var map = new ErrorMap(target, painting.Channels, painting.CopyRows);
        double gain = map.SuitingGain(cancellationToken);
        return new RunPictures(
            Embed(target.Channels, target.CopyRows), Embed(painting.Channels, painting.CopyRows), Embed(3, map.Rows(gain)), 1 / gain);

        EmbeddedPicture Embed(int channels, RowSource rows) =>
            EmbeddedPicture.WebP(target.Name, target.Width, target.Height, channels, rows, cancellationToken);
    }
}

/// <summary>
/// What a run's network paints, at the size of its picture, as often as it is needed: painted once and kept where it is small, painted
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
    /// <exception cref="OperationCanceledException">The painting was stopped.</exception>
    /// <exception cref="ProviderUnavailableException">The run's provider is not available here.</exception>
    public RunPainting(TrainingRun run, CancellationToken cancellationToken)
    {
        (_width, _height, _cancellationToken) = (run.Dataset.Width, run.Dataset.Height, cancellationToken);
        _renderer = new ImageRenderer(run.Network, run.Options.Provider, cancellationToken: cancellationToken);
        try
        {
            if ((long)run.Dataset.PixelCount * Channels > MostKept)
                return;
            _colors = new float[run.Dataset.PixelCount * Channels];
            _renderer.Render(_width, _height, 0, _height, _colors, cancellationToken);
        }
        catch
        {
            _renderer.Dispose();
            throw;
        }
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

/// <summary>The animation of a run's training, or why there is none.</summary>
/// <param name="Picture">The animation; null if there is none.</param>
/// <param name="Problem">Why there is none; null where there is one, and where the run kept no snapshots.</param>
internal sealed record RunAnimation(EmbeddedPicture? Picture, string? Problem)
{
    private const int Quality = 70;
    private const double FrameRate = 12;

    /// <summary>Makes the animation from the run's snapshots, at most <see cref="TrainingReport.MaxAnimationSide"/> pixels a side.</summary>
    public static RunAnimation Of(TrainingRun run, CancellationToken cancellationToken)
    {
        if (run.SnapshotPath is not string path)
            return new RunAnimation(null, null);
        try
        {
            TrainingSnapshots snapshots = TrainingSnapshots.Open(path);
            snapshots.RequirePicture(run.Dataset);
            // The file of a picture's run is taken by its next one.
            if (snapshots.Design != run.Network.Design || snapshots.Snapshots[^1].Step > run.Steps)
                return new RunAnimation(
                    null, $"There is no animation: '{System.IO.Path.GetFileName(path)}' has snapshots of another run now.");
            (int width, int height) = EmbeddedPicture.Fit(run.Dataset.Width, run.Dataset.Height, TrainingReport.MaxAnimationSide);
            byte[] content = TrainingAnimation.Encode(snapshots, run.Dataset.Name + ".webp", new AnimationOptions
            {
                Width = width, Height = height, FrameRate = FrameRate, Duration = AnimationOptions.DefaultDuration, Quality = Quality,
                Provider = run.Options.Provider,
            }, cancellationToken);
            return new RunAnimation(new EmbeddedPicture("image/webp", content, width, height), null);
        }
        catch (ModelFileException exception)
        {
            // A report may be sent to others, whom the folders of this machine do not concern.
            string what = exception.Message.Replace(PlainText.Line(exception.Path), PlainText.Line(System.IO.Path.GetFileName(exception.Path)), StringComparison.Ordinal);
            return new RunAnimation(null, $"There is no animation: {what}");
        }
    }
}

/// <summary>A picture's file that lies in a page.</summary>
/// <param name="MediaType">Such as <c>image/webp</c>.</param>
/// <param name="Content">The file.</param>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
internal sealed record EmbeddedPicture(string MediaType, byte[] Content, int Width, int Height)
{
    // Lossy without a visible difference; a PNG file of a photograph is ten times as long.
    private const int Quality = 95;

    /// <summary>The address that holds the whole file.</summary>
    public string Address => $"data:{MediaType};base64,{Convert.ToBase64String(Content)}";

    /// <summary>The size that fits into a square, of the same shape; it is not made larger.</summary>
    public static (int Width, int Height) Fit(int width, int height, int maxSide)
    {
        double scale = Math.Min(1, (double)maxSide / Math.Max(width, height));
        return (Math.Max(1, (int)Math.Round(width * scale)), Math.Max(1, (int)Math.Round(height * scale)));
    }

    /// <summary>Encodes a picture as WebP, shrunk where it is larger than <see cref="TrainingReport.MaxPictureSide"/>.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="channels">Samples a pixel: 1, 3 or 4.</param>
    /// <param name="rows">Its colours.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static EmbeddedPicture WebP(
        string name, int width, int height, int channels, RowSource rows, CancellationToken cancellationToken)
    {
        (int shownWidth, int shownHeight) = Fit(width, height, TrainingReport.MaxPictureSide);
        if ((shownWidth, shownHeight) != (width, height))
        {
            float[] shrunk = AreaAverage.Sample(rows, width, height, channels, shownWidth, shownHeight, cancellationToken);
            rows = (first, count, colors) =>
                shrunk.AsSpan(first * shownWidth * channels, count * shownWidth * channels).CopyTo(colors);
        }
        byte[] content = PictureWriter.Encode(name + ".webp", shownWidth, shownHeight, rows,
            new PictureWriteOptions { Channels = channels, Quality = Quality }, cancellationToken);
        return new EmbeddedPicture("image/webp", content, shownWidth, shownHeight);
    }
}
