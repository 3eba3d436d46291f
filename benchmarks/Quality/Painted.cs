using MonaLisa.Engine;

namespace MonaLisa.Quality;

/// <summary>What a trained network paints: measured against a picture, and written.</summary>
internal static class Painted
{
    /// <summary>
    /// The figures over a picture of any size that shows the same: one record for the whole, or one for its training pixels and one
    /// for those held out.
    /// </summary>
    public static IReadOnlyList<ImageQuality> Measure(Mlp network, PixelDataset reference, QualityOptions options)
    {
        using var renderer = new ImageRenderer(network, threadCount: options.Threads);
        return QualityMeter.Measure(reference, renderer.Channels, Rows(renderer, reference.Width, reference.Height));
    }

    /// <summary>Writes a PNG of the learned picture's size where the command line asks for pictures.</summary>
    public static void Write(QualityOptions options, string name, TrainingRun run) =>
        Write(options, name, run.Network, run.Dataset.Width, run.Dataset.Height);

    /// <summary>Writes a PNG of a given size where the command line asks for pictures.</summary>
    public static void Write(QualityOptions options, string name, Mlp network, int width, int height)
    {
        if (options.Folder is null)
            return;
        using var renderer = new ImageRenderer(network, threadCount: options.Threads);
        Write(options, name, width, height, renderer.Channels, Rows(renderer, width, height));
    }

    /// <summary>Writes rows as a PNG where the command line asks for pictures; blanks and commas of the name become hyphens.</summary>
    public static void Write(QualityOptions options, string name, int width, int height, int channels, RowSource rows)
    {
        if (options.Folder is not { } folder)
            return;
        Directory.CreateDirectory(folder);
        string file = string.Join('-', name.Split([' ', ',', ':', '/'], StringSplitOptions.RemoveEmptyEntries)) + ".png";
        PictureWriter.Write(
            Path.Combine(folder, file), width, height, rows, new PictureWriteOptions { Channels = channels, Overwrite = true });
    }

    /// <summary>A picture that lies in memory.</summary>
    /// <param name="colors"><c>[height, width, channels]</c>.</param>
    /// <param name="rowLength">Samples of a row.</param>
    public static RowSource Rows(float[] colors, int rowLength) =>
        (firstRow, rowCount, destination) => colors.AsSpan(firstRow * rowLength, rowCount * rowLength).CopyTo(destination);

    /// <summary>A network's picture of a given size.</summary>
    public static RowSource Rows(ImageRenderer renderer, int width, int height) =>
        (firstRow, rowCount, colors) => renderer.Render(width, height, firstRow, rowCount, colors);
}
