namespace MonaLisa.Engine.Output;

/// <summary>A picture's file that lies in a page.</summary>
/// <param name="MediaType">Such as <c>image/webp</c>.</param>
/// <param name="Content">The file.</param>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
internal sealed record EmbeddedPicture(string MediaType, byte[] Content, int Width, int Height)
{
    // Lossy but for the eye's purposes the same; PNG of a photograph is ten times as long.
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
