using System.Management.Automation;
using MonaLisa.Engine;
using MonaLisa.Engine.Training;

namespace MonaLisa.PowerShell;

/// <summary>Where the runs of a pipeline keep snapshots of their networks.</summary>
internal sealed class SnapshotPlan
{
    private readonly PictureFiles _files;
    private readonly SnapshotSchedule _schedule;
    private readonly bool _replaces;
    private int _pictureCount;

    private SnapshotPlan(PictureFiles files, SnapshotSchedule schedule, bool replaces) =>
        (_files, _schedule, _replaces) = (files, schedule, replaces);

    /// <summary>The plan that a command's parameters make; null where no snapshots are kept.</summary>
    /// <param name="command">The command whose location relative paths start from.</param>
    /// <param name="every">When, or null.</param>
    /// <param name="path">
    /// A file, or a folder that exists or whose name ends in a separator; or null for beside the checkpoint, or in the current folder where
    /// there is none.
    /// </param>
    /// <param name="checkpoint">Where the runs keep their state, or continue from; or null.</param>
    /// <param name="replaces">Whether to replace a file that is there.</param>
    /// <exception cref="CommandException">A path is none of the file system.</exception>
    public static SnapshotPlan? Of(StoppableCommand command, SnapshotSchedule? every, string? path, string? checkpoint, bool replaces) =>
        every is null && path is null
            ? null : new SnapshotPlan(FilesOf(command, path, checkpoint), every ?? SnapshotSchedule.Logarithmic, replaces);

    /// <summary>Where the next picture's run keeps its snapshots. Nothing is made yet.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="identity">What distinguishes it from others.</param>
    /// <exception cref="ArgumentException">There is no place for a further picture.</exception>
    public PictureSnapshots Next(PixelDataset picture, Func<PictureIdentity> identity)
    {
        _pictureCount++;
        if (_pictureCount > 1 && !_files.IsFolder)
            throw new ArgumentException(
                $"'{picture.Name}' is not learned: a file has the snapshots of one picture's run, and there are several pictures. " +
                "Give -SnapshotPath a folder: it gets a file for each picture.");
        string file = _files.Next(picture.Name, identity).Path;
        return new PictureSnapshots(new SnapshotOptions { Path = file, Schedule = _schedule, Overwrite = _replaces });
    }

    /// <summary>Makes the folder of the files, or checks that it is there.</summary>
    /// <exception cref="CommandException">It is missing and not to be made, or cannot be made.</exception>
    public void PrepareFolder() => _files.PrepareFolder();

    private static PictureFiles FilesOf(StoppableCommand command, string? path, string? checkpoint)
    {
        string given = path ?? checkpoint ?? ".";
        string full = FileResolver.Target(command, given);
        bool isFolder = ExportTarget.MeansFolder(given, full);
        string place = path is null && !isFolder ? Path.ChangeExtension(full, TrainingSnapshots.Extension) : full;
        var target = new ExportTarget(place, isFolder, default, PictureFiles.RemedyFor("SnapshotPath"));
        return new PictureFiles(target, TrainingSnapshots.Extension, TrainingSnapshots.PictureOf);
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
