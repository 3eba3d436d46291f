using System.Globalization;
using System.Text;
using MonaLisa.Engine.Platform;
using OxyPlot;

namespace MonaLisa.Engine.Output;

/// <summary>
/// Writes plots: as SVG, whose text the viewer draws, or as a picture. Its letters are this module's own; if they do not have what its texts
/// need, they are those of the machine's fonts.
/// </summary>
internal static class PlotFile
{
    /// <summary>
    /// Writes a plot in the format that the file's extension names. It gets its name in one step when it is complete; a failed or cancelled
    /// write leaves the folder as it was.
    /// </summary>
    /// <param name="model">The plot.</param>
    /// <param name="path">The file to write; wildcard characters are taken literally.</param>
    /// <param name="width">The plot's width in pixels.</param>
    /// <param name="height">Its height.</param>
    /// <param name="overwrite">Whether an existing file is replaced.</param>
    /// <param name="warn">Receives what the picture does not show as it is; null for nobody.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <exception cref="PictureException">The file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The writing was cancelled.</exception>
    public static void Save(
        PlotModel model, string path, int width, int height, bool overwrite, Action<string>? warn, CancellationToken cancellationToken)
    {
        path = Path.GetFullPath(path);
        cancellationToken.ThrowIfCancellationRequested();
        if (Path.GetExtension(path).Equals(TrainingPlot.VectorExtension, StringComparison.OrdinalIgnoreCase))
        {
            byte[] text = Encoding.UTF8.GetBytes(Svg(model, width, height, isDocument: true));
            ReplacementFile.Save(
                path, overwrite, PictureException.ForWriting, file => file.Write(stream => stream.Write(text)), cancellationToken);
            return;
        }
        var canvas = new Canvas(width, height);
        Lettering lettering = Lettering.For(PlotModels.TextsOf(model));
        PlotModels.PlaceLegend(model, lettering.Letters, width);
        Render(model, new CanvasRenderContext(canvas, lettering.Letters), width, height);
        if (lettering.Missing.Count > 0)
            warn?.Invoke(MissingLetters(path, lettering));
        PictureWriter.Write(path, width, height, canvas.Rows, new PictureWriteOptions { Overwrite = overwrite }, cancellationToken);
    }

    private static string MissingLetters(string path, Lettering lettering)
    {
        const int Most = 20;
        string letters = string.Join(' ', lettering.Missing.Take(Most)) + (lettering.Missing.Count > Most ? $" and {lettering.Missing.Count - Most} more" : "");
        string shown = lettering.Letters is StrokeLettering ? "without accents, or as boxes" : "as boxes";
        return $"'{path}' shows these letters {shown}, because no font on this machine has them: {letters}. " +
            "Install a font that has them, or write an SVG file, which is shown with the fonts of its viewer.";
    }

    private static void Render(IPlotModel model, IRenderContext context, int width, int height) => InInvariantCulture(() =>
    {
        model.Update(true);
        model.Render(context, new OxyRect(0, 0, width, height));
        return true;
    });

    /// <summary>The plot as SVG.</summary>
    /// <param name="model">The plot.</param>
    /// <param name="width">Its width in pixels.</param>
    /// <param name="height">Its height.</param>
    /// <param name="isDocument">Whether it is a file of its own.</param>
    public static string Svg(IPlotModel model, int width, int height, bool isDocument) => InInvariantCulture(() =>
        // What font the viewer takes is not known; the module's own letters are as wide as any of them.
        SvgExporter.ExportToString(
            model, width, height, isDocument, new CanvasRenderContext(new Canvas(1, 1), StrokeLettering.Instance),
            useVerticalTextAlignmentWorkaround: true));

    // Numbers on the axes look alike on every machine.
    private static T InInvariantCulture<T>(Func<T> draw)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            return draw();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
