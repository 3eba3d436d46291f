using MonaLisa.Engine.Output;

namespace MonaLisa.Engine;

/// <summary>Plots the histories of training runs.</summary>
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
        string document = PlotFile.Svg(PlotModels.Of(runs, options), options.Width, options.Height, isDocument: false);
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
        PlotFile.Save(PlotModels.Of(runs, options), path, options.Width, options.Height, overwrite, warn, cancellationToken);
    }
}
