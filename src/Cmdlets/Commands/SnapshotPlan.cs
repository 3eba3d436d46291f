using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Where the runs of a pipeline keep snapshots of their networks.</summary>
internal sealed class SnapshotPlan
{
    private readonly PSCmdlet _command;
    private readonly ExportTarget _target;
    private readonly SnapshotSchedule _schedule;
    private readonly bool _replaces;
    private int _pictureCount;

    private SnapshotPlan(PSCmdlet command, ExportTarget target, SnapshotSchedule schedule, bool replaces) =>
        (_command, _target, _schedule, _replaces) = (command, target, schedule, replaces);

    /// <summary>The plan that a command's parameters make; null where no snapshots are kept.</summary>
    /// <param name="command">The command, which gets the errors.</param>
    /// <param name="every">When, or null.</param>
    /// <param name="path">
    /// A file, or a folder that exists or whose name ends in a separator; or null for beside the checkpoint, or in the current folder where
    /// there is none.
    /// </param>
    /// <param name="checkpoint">Where the runs keep their state, or go on from; or null.</param>
    /// <param name="replaces">Whether to replace a file that is there.</param>
    /// <exception cref="ArgumentException">A path names no file.</exception>
    public static SnapshotPlan? Of(PSCmdlet command, SnapshotSchedule? every, string? path, string? checkpoint, bool replaces) =>
        every is null && path is null
            ? null : new SnapshotPlan(command, TargetOf(command, path, checkpoint), every ?? SnapshotSchedule.Logarithmic, replaces);

    /// <summary>Where the next picture's run keeps its snapshots; null after an error was written.</summary>
    public PictureSnapshots? TryNext(PixelDataset picture)
    {
        _pictureCount++;
        if (_pictureCount > 1 && !_target.IsFolder)
        {
            _command.WriteError(CommandErrors.InvalidOption(
                $"'{picture.Name}' is not learned: a file has the snapshots of one picture's run, and there are several pictures. " +
                "Give -SnapshotPath a folder: it gets a file for each picture.", picture));
            return null;
        }
        return _target.TryPrepareFolder(_command)
            ? new PictureSnapshots(
                new SnapshotOptions { Path = _target.NextFile(picture.Name), Schedule = _schedule, Overwrite = _replaces })
            : null;
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
