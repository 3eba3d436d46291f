using System.Globalization;
using System.Text;
using MonaLisa.Engine.Output;
using MonaLisa.Engine.Platform;
using OxyPlot;

namespace MonaLisa.Engine;

/// <summary>
/// Plots the histories of training runs: as SVG, whose text the viewer draws, or as a picture. Its letters are this module's own; if they do
/// not have what its texts need, they are those of the machine's fonts.
/// </summary>
internal static class TrainingPlot
{
    /// <summary>The extension of vector plots, with its dot.</summary>
    public const string VectorExtension = ".svg";

    /// <summary>The extensions that can be written, with their dots, in lower case.</summary>
    public static IReadOnlyList<string> SupportedExtensions { get; } = [VectorExtension, .. PictureWriter.SupportedExtensions];

    /// <summary>The plot as an SVG element, fit for a page of HTML.</summary>
    /// <param name="runs">The runs, at least one; a curve or more of each, in their order.</param>
    /// <param name="options">What to plot; null for PSNR against epochs.</param>
    /// <exception cref="ArgumentException">There is nothing to plot of a run, or labels and runs are not equally many.</exception>
    public static string Svg(IReadOnlyList<TrainingRun> runs, TrainingPlotOptions? options = null)
    {
        options ??= new TrainingPlotOptions();
        string document = Svg(PlotModels.Of(runs, options), options, isDocument: false);
        return document[document.IndexOf("<svg", StringComparison.Ordinal)..];
    }

    /// <summary>Throws unless a run has something that a plot can show.</summary>
    /// <param name="run">The run.</param>
    /// <param name="options">What to plot.</param>
    /// <exception cref="ArgumentException">It has nothing; the message names it and says what to do.</exception>
    public static void Require(TrainingRun run, TrainingPlotOptions options) => _ = PlotModels.Of([run], options with { Labels = null });

    /// <summary>
    /// Writes the plot to a file in the format that its extension names. It gets its name in one step when it is complete; a failed or
    /// cancelled write leaves the folder as it was.
    /// </summary>
    /// <param name="runs">The runs, at least one; a curve or more of each, in their order.</param>
    /// <param name="path">The file to write; wildcard characters are taken literally.</param>
    /// <param name="options">What to plot; null for PSNR against epochs.</param>
    /// <param name="overwrite">Whether a file that is there already is replaced.</param>
    /// <param name="warn">Receives what the picture does not show as it is; null for nobody.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <exception cref="ArgumentException">There is nothing to plot of a run, or labels and runs are not equally many.</exception>
    /// <exception cref="PictureException">The file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The writing was cancelled.</exception>
    public static void Save(
        IReadOnlyList<TrainingRun> runs, string path, TrainingPlotOptions? options = null, bool overwrite = false, Action<string>? warn = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new TrainingPlotOptions();
        path = Path.GetFullPath(path);
        PlotModel model = PlotModels.Of(runs, options);
        cancellationToken.ThrowIfCancellationRequested();
        if (Path.GetExtension(path).Equals(VectorExtension, StringComparison.OrdinalIgnoreCase))
        {
            byte[] text = Encoding.UTF8.GetBytes(Svg(model, options, isDocument: true));
            ReplacementFile.Save(
                path, overwrite, PictureException.ForWriting, file => file.Write(stream => stream.Write(text)), cancellationToken);
            return;
        }
        var canvas = new Canvas(options.Width, options.Height);
        Lettering lettering = Lettering.For(PlotModels.TextsOf(model));
        PlotModels.PlaceLegend(model, lettering.Letters, options.Width);
        Render(model, new CanvasRenderContext(canvas, lettering.Letters), options);
        if (lettering.Missing.Count > 0)
            warn?.Invoke(MissingLetters(path, lettering));
        PictureWriter.Write(
            path, options.Width, options.Height, canvas.Rows, new PictureWriteOptions { Overwrite = overwrite }, cancellationToken);
    }

    private static string MissingLetters(string path, Lettering lettering)
    {
        const int Most = 20;
        string letters = string.Join(' ', lettering.Missing.Take(Most)) + (lettering.Missing.Count > Most ? $" and {lettering.Missing.Count - Most} more" : "");
        string shown = lettering.Letters is StrokeLettering ? "without accents, or as boxes" : "as boxes";
        return $"'{path}' shows these letters {shown}, because no font on this machine has them: {letters}. " +
            "Install a font that has them, or write an SVG file, which is shown with the fonts of its viewer.";
    }

    private static void Render(IPlotModel model, IRenderContext context, TrainingPlotOptions options) => InInvariantCulture(() =>
    {
        model.Update(true);
        model.Render(context, new OxyRect(0, 0, options.Width, options.Height));
        return true;
    });

    // What font the viewer takes is not known; the module's own letters are as wide as any of them.
    private static string Svg(IPlotModel model, TrainingPlotOptions options, bool isDocument) => InInvariantCulture(() =>
        SvgExporter.ExportToString(
            model, options.Width, options.Height, isDocument, new CanvasRenderContext(new Canvas(1, 1), StrokeLettering.Instance),
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
