namespace MonaLisa.Engine.Pictures;

/// <summary>Rows of a picture that is in memory, and rows with other channels.</summary>
internal static class RowSources
{
    private const int Grey = 1, Rgb = 3, Rgba = 4;

    /// <summary>The rows of an array, <c>[height, width, channels]</c>.</summary>
    public static RowSource Of(ReadOnlyMemory<float> picture, int width, int channels) => (firstRow, rowCount, colors) =>
        picture.Span.Slice(firstRow * width * channels, rowCount * width * channels).CopyTo(colors);

    /// <summary>A picture's rows as red, green and blue: grey becomes three equal colours, and alpha is laid on white.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="channels">Samples of the picture's pixels: 1, 3 or 4.</param>
    /// <param name="rows">The picture.</param>
    public static RowSource ToRgb(int width, int channels, RowSource rows)
    {
        if (channels == Rgb)
            return rows;
        float[] buffer = [];
        return (firstRow, rowCount, colors) =>
        {
            int pixels = width * rowCount;
            if (buffer.Length < pixels * channels)
                buffer = new float[pixels * channels];
            Span<float> samples = buffer.AsSpan(0, pixels * channels);
            rows(firstRow, rowCount, samples);
            for (int pixel = 0; pixel < pixels; pixel++)
                ToRgb(samples.Slice(pixel * channels, channels), colors.Slice(pixel * Rgb, Rgb));
        };
    }

    private static void ToRgb(ReadOnlySpan<float> pixel, Span<float> color)
    {
        if (pixel.Length == Grey)
        {
            color.Fill(pixel[0]);
            return;
        }
        float alpha = Math.Clamp(pixel[Rgba - 1], 0f, 1f);
        for (int channel = 0; channel < Rgb; channel++)
            color[channel] = pixel[channel] * alpha + (1 - alpha);
    }
}
