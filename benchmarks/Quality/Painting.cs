using MonaLisa.Engine;

namespace MonaLisa.Quality;

/// <summary>Writes what a network painted.</summary>
internal static class Painting
{
    /// <summary>Writes a PNG of the learned picture's size, named for the picture and the setting.</summary>
    public static void Write(string folder, Setting setting, TrainingRun run)
    {
        Directory.CreateDirectory(folder);
        string name = string.Join('-', $"{run.Dataset.Name} {setting.Name}".Split([' ', ','], StringSplitOptions.RemoveEmptyEntries));
        (int width, int height) = (run.Dataset.Width, run.Dataset.Height);
        using var renderer = new ImageRenderer(run.Network);
        PictureWriter.Write(
            Path.Combine(folder, name + ".png"), width, height,
            (firstRow, rowCount, colors) => renderer.Render(width, height, firstRow, rowCount, colors),
            new PictureWriteOptions { Overwrite = true });
    }
}
