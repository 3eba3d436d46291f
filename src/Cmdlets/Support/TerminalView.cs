using MonaLisa.Engine;
using MonaLisa.Engine.Output;

namespace MonaLisa.PowerShell;

/// <summary>Makes the pixels that a terminal shows of a network or a picture.</summary>
/// <param name="Protocol">How the picture is sent to the terminal.</param>
/// <param name="Canvas">The cells that the picture fills.</param>
internal sealed record TerminalView(TerminalProtocol Protocol, TerminalCanvas Canvas)
{
    /// <summary>The most pixels computed for those shown: each is the mean of several where the learned picture is finer.</summary>
    private const long MostSamples = 1 << 22;

    private const int MostSamplesAcross = 4;

    /// <summary>The most pixels of a picture in a terminal.</summary>
    private const long MostPixels = 1 << 26;

    /// <summary>Pixels in a row.</summary>
    public int Width => Canvas.PixelWidth(Protocol);

    /// <summary>Rows of pixels.</summary>
    public int Height => Canvas.PixelHeight(Protocol);

    /// <summary>Throws where the picture is too large.</summary>
    /// <exception cref="ArgumentException">It is.</exception>
    public void Validate()
    {
        if ((long)Width * Height > MostPixels)
            throw new ArgumentException(
                $"{Canvas.Columns} columns and {Canvas.Rows} rows are {Width} x {Height} pixels by {Protocol}, which is too large; " +
                $"{MostPixels} pixels are the most. Use a smaller -Width or -Height.");
    }

    /// <summary>What a network paints, <c>[Height, Width, channels]</c>.</summary>
    /// <param name="renderer">The network.</param>
    /// <param name="learned">Pixels of what is shown of the learned picture, or null where they are not known.</param>
    /// <param name="region">The part of the learned picture, or null for all of it.</param>
    /// <param name="stopping">Ends the work.</param>
    /// <param name="mostSamplesAcross">The most samples along each side of a shown pixel, at least 1.</param>
    public float[] Paint(
        ImageRenderer renderer, (double Width, double Height)? learned, PictureRegion? region, CancellationToken stopping,
        int mostSamplesAcross = MostSamplesAcross)
    {
        int across = SamplesAcross(learned, mostSamplesAcross), channels = renderer.Channels;
        int width = Width * across, height = Height * across;
        var painted = new float[width * height * channels];
        new PaintedView(new PictureSize(width, height), region).Render(renderer, 0, height, painted, stopping);
        if (across == 1)
            return painted;
        RowSource rows = (firstRow, rowCount, colors) =>
            painted.AsSpan(firstRow * width * channels, rowCount * width * channels).CopyTo(colors);
        return AreaAverage.Sample(rows, width, height, channels, Width, Height, stopping);
    }

    /// <summary>The pixels of a picture, <c>[Height, Width, channels]</c>.</summary>
    /// <param name="dataset">The picture.</param>
    /// <param name="region">A part of it, or null for all of it.</param>
    /// <param name="stopping">Ends the work.</param>
    public float[] Sample(PixelDataset dataset, PictureRegion? region, CancellationToken stopping)
    {
        PictureRegion part = region ?? PictureRegion.Whole(dataset.Width, dataset.Height);
        return AreaAverage.Sample(dataset.CopyRows, dataset.Width, dataset.Height, dataset.Channels,
            part.X, part.Y, part.Width, part.Height, Width, Height, stopping);
    }

    private int SamplesAcross((double Width, double Height)? learned, int most)
    {
        if (learned is not var (learnedWidth, learnedHeight))
            return 1;
        int across = (int)Math.Clamp(Math.Ceiling(Math.Max(learnedWidth / Width, learnedHeight / Height)), 1, most);
        while (across > 1 && (long)Width * Height * across * across > MostSamples)
            across--;
        return across;
    }
}
