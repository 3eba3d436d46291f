using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Where the runs of a pipeline keep snapshots of their networks.</summary>
internal sealed class SnapshotPlan
{
    private readonly ExportTarget _target;
    private readonly SnapshotSchedule _schedule;
    private readonly bool _replaces;
    private int _pictureCount;

    private SnapshotPlan(ExportTarget target, SnapshotSchedule schedule, bool replaces) =>
        (_target, _schedule, _replaces) = (target, schedule, replaces);

    /// <summary>The plan that a command's parameters make; null where no snapshots are kept.</summary>
    /// <param name="command">The command, which gets the errors.</param>
    /// <param name="every">When, or null.</param>
    /// <param name="path">
    /// A file, or a folder that exists or whose name ends in a separator; or null for beside the checkpoint, or in the current folder where
    /// there is none.
    /// </param>
    /// <param name="checkpoint">Where the runs keep their state, or continue from; or null.</param>
    /// <param name="replaces">Whether to replace a file that is there.</param>
    /// <exception cref="ArgumentException">A path names no file.</exception>
    public static SnapshotPlan? Of(PSCmdlet command, SnapshotSchedule? every, string? path, string? checkpoint, bool replaces) =>
        every is null && path is null
            ? null : new SnapshotPlan(TargetOf(command, path, checkpoint), every ?? SnapshotSchedule.Logarithmic, replaces);

    /// <summary>Where the next picture's run keeps its snapshots.</summary>
    /// <exception cref="ArgumentException">There is no place for a further picture.</exception>
    /// <exception cref="CommandException">The folder is missing or cannot be made.</exception>
    public PictureSnapshots Next(PixelDataset picture)
    {
        _pictureCount++;
        if (_pictureCount > 1 && !_target.IsFolder)
            throw new ArgumentException(
                $"'{picture.Name}' is not learned: a file has the snapshots of one picture's run, and there are several pictures. " +
                "Give -SnapshotPath a folder: it gets a file for each picture.");
        _target.PrepareFolder();
        return new PictureSnapshots(
            new SnapshotOptions { Path = _target.NextFile(picture.Name), Schedule = _schedule, Overwrite = _replaces });
    }

    private static ExportTarget TargetOf(PSCmdlet command, string? path, string? checkpoint)
    {
        var ending = new ExportEnding("", TrainingSnapshots.Extension);
        string given = path ?? checkpoint ?? ".";
        string full = new FileResolver(command).Target(given)
            ?? throw new ArgumentException($"'{given}' names no file that can keep snapshots.");
        bool isFolder = ExportTarget.MeansFolder(given, full);
        return new ExportTarget(
            path is null && !isFolder ? Path.ChangeExtension(full, TrainingSnapshots.Extension) : full, isFolder, ending);
    }
}

/// <summary>Where and when a picture's run keeps snapshots of its network.</summary>
/// <param name="options">Where and when.</param>
internal sealed class PictureSnapshots(SnapshotOptions options)
{
    /// <summary>The file's full path.</summary>
    public string Path => options.Path;

    /// <summary>Keeps the snapshots of the run.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="goesOn">Whether the run continues from a checkpoint; it then also continues its file.</param>
    /// <param name="warn">Called if a snapshot cannot be written.</param>
    /// <param name="stopping">The run's token.</param>
    /// <exception cref="ModelFileException">The file cannot be written.</exception>
    public SnapshotRecorder Begin(PixelDataset picture, bool goesOn, Action<string> warn, CancellationToken stopping) => new(
        options with { Continue = goesOn, Overwrite = options.Overwrite && !goesOn, Warning = warn }, picture, stopping);
}
