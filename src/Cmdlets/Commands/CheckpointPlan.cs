using System.Management.Automation;
using MonaLisa.Engine;
using MonaLisa.Engine.Training;

namespace MonaLisa.PowerShell;

/// <summary>Where the runs of a pipeline keep their state, and where they continue from.</summary>
internal sealed class CheckpointPlan
{
    private readonly PictureFiles? _files;
    private readonly string? _resumed;
    private readonly TimeSpan _every;
    private readonly bool _continues, _replaces;
    private int _pictureCount;

    private CheckpointPlan(PictureFiles? files, string? resumed, TimeSpan every, bool continues, bool replaces) =>
        (_files, _resumed, _every, _continues, _replaces) = (files, resumed, every, continues, replaces);

    /// <summary>The plan that a command's parameters make; null where no state is kept.</summary>
    /// <param name="command">The command whose location relative paths start from.</param>
    /// <param name="path">A file, or a folder that exists or whose name ends in a separator; or null.</param>
    /// <param name="resumed">The checkpoint to continue from, or null.</param>
    /// <param name="every">The time between checkpoints, or null.</param>
    /// <param name="continues">Whether to continue from a checkpoint that is at the path.</param>
    /// <param name="replaces">Whether to replace one that is there, where it is not continued.</param>
    /// <exception cref="ArgumentException">The parameters do not go together.</exception>
    /// <exception cref="CommandException">A path is none of the file system.</exception>
    public static CheckpointPlan? Of(StoppableCommand command, string? path, string? resumed, TimeSpan? every, bool continues, bool replaces)
    {
        if (path is null && continues)
            throw new ArgumentException("Continue needs the checkpoint at CheckpointPath. Give a CheckpointPath too.");
        if (path is null && resumed is null && every is not null)
            throw new ArgumentException("CheckpointEvery is for the checkpoint at CheckpointPath. Give a CheckpointPath too.");
        if (path is null && resumed is null)
            return null;
        if (every < TimeSpan.Zero)
            throw new ArgumentException($"CheckpointEvery must be at least zero, not {every}.");
        string? file = resumed is null ? null : FileResolver.Target(command, resumed);
        PictureFiles? files = path is null ? null : FilesOf(command, path);
        return new CheckpointPlan(files, file, every ?? CheckpointOptions.DefaultEvery, continues, replaces && !continues);
    }

    /// <summary>Where the next picture's run keeps its state. Nothing is made yet.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="identity">What distinguishes it from others.</param>
    /// <param name="warn">Called where a checkpoint may be expected to be continued, and is of another picture.</param>
    /// <exception cref="ArgumentException">There is no place for a further picture.</exception>
    public PictureCheckpoint Next(PixelDataset picture, Func<PictureIdentity> identity, Action<string> warn)
    {
        _pictureCount++;
        if (_pictureCount > 1 && (_resumed is not null || _files is { IsFolder: false }))
        {
            string remedy = _resumed is not null
                ? "Resume one picture at a time, or use -CheckpointPath with a folder and -Continue."
                : "Give a folder: it gets a checkpoint for each picture.";
            throw new ArgumentException(
                $"'{picture.Name}' is not learned: a checkpoint keeps the state of one picture's run, and there are several pictures. " +
                remedy);
        }
        PictureFile file = _files?.Next(picture.Name, identity) ?? new PictureFile(_resumed!, null);
        if (_continues && file.Namesake is string other)
            warn($"'{picture.Name}' starts a new run: '{other}' is the checkpoint of another picture with this name, and stays as it is.");
        return new PictureCheckpoint(new CheckpointOptions { Path = file.Path, Every = _every, Overwrite = _replaces }, _resumed, _continues);
    }

    /// <summary>Makes the folder of the files, or checks that it is there.</summary>
    /// <exception cref="CommandException">It is missing and not to be made, or cannot be made.</exception>
    public void PrepareFolder() => _files?.PrepareFolder();

    private static PictureFiles FilesOf(StoppableCommand command, string path)
    {
        string full = FileResolver.Target(command, path);
        var target = new ExportTarget(full, ExportTarget.MeansFolder(path, full), default, PictureFiles.RemedyFor("CheckpointPath"));
        return new PictureFiles(target, TrainingCheckpoint.Extension, TrainingCheckpoint.PictureOf);
    }
}

/// <summary>Where a picture's run keeps its state, and where it continues from.</summary>
/// <param name="options">Where and how often.</param>
/// <param name="resumed">The checkpoint to continue from, or null.</param>
/// <param name="continues">Whether to continue from one that is where the state is kept.</param>
internal sealed class PictureCheckpoint(CheckpointOptions options, string? resumed, bool continues)
{
    /// <summary>The file's full path.</summary>
    public string Path => options.Path;

    /// <summary>Where the run keeps its state.</summary>
    /// <param name="warn">Called if a checkpoint cannot be written; the run continues.</param>
    public CheckpointOptions Options(Action<string> warn) => options with { Warning = warn };

    /// <summary>Where the run continues from; null if it starts.</summary>
    /// <exception cref="ModelFileException">The checkpoint cannot be loaded.</exception>
    public TrainingCheckpoint? LoadEarlier() =>
        resumed is not null ? TrainingCheckpoint.Load(resumed)
        : continues && File.Exists(options.Path) ? TrainingCheckpoint.Load(options.Path)
        : null;

    /// <summary>Throws unless a continued run has the network that a new one on the picture would have.</summary>
    /// <exception cref="ArgumentException">It has another.</exception>
    /// <exception cref="ModelFileException">It has another because the picture is another.</exception>
    public static void RequireDesign(TrainingCheckpoint earlier, MlpDesign design, PixelDataset dataset)
    {
        if (earlier.Design == design)
            return;
        earlier.RequirePicture(dataset);
        throw new ArgumentException(
            $"The run of '{earlier.Path}' has the network {earlier.Design}, and this one would have {design}. " +
            "Give the same parameters as when it started. To start again with these, delete the file.");
    }
}
