using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Where the runs of a pipeline keep their state, and where they go on from.</summary>
internal sealed class CheckpointPlan
{
    private readonly PSCmdlet _command;
    private readonly ExportTarget? _target;
    private readonly string? _resumed;
    private readonly TimeSpan _every;
    private readonly bool _continues, _replaces;
    private int _pictureCount;

    private CheckpointPlan(PSCmdlet command, ExportTarget? target, string? resumed, TimeSpan every, bool continues, bool replaces) =>
        (_command, _target, _resumed, _every, _continues, _replaces) = (command, target, resumed, every, continues, replaces);

    /// <summary>The plan that a command's parameters make; null where no state is kept.</summary>
    /// <param name="command">The command, which gets the errors.</param>
    /// <param name="path">A file, or a folder that exists or whose name ends in a separator; or null.</param>
    /// <param name="resumed">The checkpoint to go on from, or null.</param>
    /// <param name="every">The time between checkpoints, or null.</param>
    /// <param name="continues">Whether to go on from a checkpoint that is at the path.</param>
    /// <param name="replaces">Whether to replace one that is there.</param>
    /// <exception cref="ArgumentException">The parameters do not go together.</exception>
    public static CheckpointPlan? Of(PSCmdlet command, string? path, string? resumed, TimeSpan? every, bool continues, bool replaces)
    {
        if (path is null && continues)
            throw new ArgumentException("Continue goes on from the checkpoint at CheckpointPath. Give a CheckpointPath too.");
        if (path is null && replaces)
            throw new ArgumentException("Force replaces the checkpoint at CheckpointPath. Give a CheckpointPath too.");
        if (path is null && resumed is null && every is not null)
            throw new ArgumentException("CheckpointEvery is for the checkpoint at CheckpointPath. Give a CheckpointPath too.");
        if (continues && replaces)
            throw new ArgumentException("Continue goes on from a checkpoint, and Force replaces it. Leave out one of them.");
        if (path is null && resumed is null)
            return null;
        if (every < TimeSpan.Zero)
            throw new ArgumentException($"CheckpointEvery must be at least zero, not {every}.");
        string? file = resumed is null ? null : FileOf(command, resumed);
        ExportTarget? target = path is null ? null : TargetOf(command, path);
        return new CheckpointPlan(command, target, file, every ?? CheckpointOptions.DefaultEvery, continues, replaces);
    }

    /// <summary>Where the next picture's run keeps its state; null after an error was written.</summary>
    public PictureCheckpoint? TryNext(PixelDataset picture)
    {
        _pictureCount++;
        if (_pictureCount > 1 && (_resumed is not null || _target is { IsFolder: false }))
        {
            string remedy = _resumed is not null
                ? "Resume one picture at a time, or use -CheckpointPath with a folder and -Continue."
                : "Give a folder: it gets a checkpoint for each picture.";
            _command.WriteError(CommandErrors.InvalidOption(
                $"'{picture.Name}' is not learned: a checkpoint keeps the state of one picture's run, and there are several pictures. " +
                remedy, picture));
            return null;
        }
        if (_target?.TryPrepareFolder(_command) == false)
            return null;
        var options = new CheckpointOptions { Path = _target?.NextFile(picture.Name) ?? _resumed!, Every = _every, Overwrite = _replaces };
        return new PictureCheckpoint(options, _resumed, _continues);
    }

    private static ExportTarget TargetOf(PSCmdlet command, string path)
    {
        string full = FileOf(command, path);
        return new ExportTarget(full, ExportTarget.MeansFolder(path, full), new ExportEnding("", TrainingCheckpoint.Extension));
    }

    private static string FileOf(PSCmdlet command, string path) => new FileResolver(command).Target(path)
        ?? throw new ArgumentException($"'{path}' names no file that can keep a run's state.");
}
