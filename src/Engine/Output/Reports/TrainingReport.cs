using System.Text;
using MonaLisa.Engine.Output;
using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine;

/// <summary>How a report of training runs is made.</summary>
internal sealed record TrainingReportOptions
{
    /// <summary>The heading; null for one that names the picture, or the number of runs.</summary>
    public string? Title { get; init; }

    /// <summary>What each run is called, in their order; null for what distinguishes them.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Whether a file that is there already is replaced.</summary>
    public bool Overwrite { get; init; }
}

/// <summary>
/// Writes reports of training runs: one HTML file with pictures, figures, curves and settings, which needs no other file. What a
/// picture or a run is called is text in it and nothing else; the page's policy allows its own script alone.
/// </summary>
internal static class TrainingReport
{
    /// <summary>The most pixels along the longer side of an embedded picture; a larger one is shrunk, and measured whole.</summary>
    public const int MaxPictureSide = 1024;

    /// <summary>The most pixels along the longer side of an embedded animation.</summary>
    public const int MaxAnimationSide = 320;

    /// <summary>The steps that a run takes, for showing progress.</summary>
    public const int StepsPerRun = 2;

    /// <summary>The extensions of reports, with their dots, in lower case.</summary>
    public static IReadOnlyList<string> SupportedExtensions { get; } = [".html", ".htm"];

    /// <summary>
    /// Writes a report. The file gets its name in one step when it is complete; a failed or cancelled write leaves the folder as it was.
    /// </summary>
    /// <param name="runs">The runs, at least one; a section of each, in their order.</param>
    /// <param name="path">The file to write; wildcard characters are taken literally.</param>
    /// <param name="options">Heading and names; null for the defaults.</param>
    /// <param name="stepDone">
    /// Told how many steps are done, of <see cref="StepsPerRun"/> for each run: it is measured, and when all are, it gets its section; on
    /// this thread.
    /// </param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <exception cref="ArgumentException">There is no run, or not as many labels as runs, or a network cannot paint.</exception>
    /// <exception cref="PictureException">The file cannot be written, or the picture library here cannot encode pictures.</exception>
    /// <exception cref="ProviderUnavailableException">The provider that a run asks for is not available here.</exception>
    /// <exception cref="OperationCanceledException">The writing was cancelled.</exception>
    public static void Save(
        IReadOnlyList<TrainingRun> runs, string path, TrainingReportOptions? options = null, Action<int>? stepDone = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new TrainingReportOptions();
        if (runs.Count == 0)
            throw new ArgumentException("There is no run to report on.");
        RunLabels.RequireOneForEach(options.Labels, runs.Count);
        if (runs.FirstOrDefault(run => !run.Network.IsFinite) is TrainingRun lost)
            throw new ArgumentException(
                $"The network of '{lost.Dataset.Name}' has weights that are infinite or not a number and cannot paint.");
        ReplacementFile.Save(Path.GetFullPath(path), options.Overwrite, PictureException.ForWriting, file =>
            new ReportPage(runs, options).Write(
                text => file.Write(stream => stream.Write(Encoding.UTF8.GetBytes(text))), stepDone, cancellationToken),
            cancellationToken);
    }
}
