using System.Reflection;
using MonaLisa.Engine.Platform;
using MonaLisa.Engine.Storage;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine;

/// <summary>
/// The state of a training run in a file: see <see cref="ResumableTraining"/>. The format is safetensors; docs/checkpoints.md has its
/// layout. Nothing in a file can name a path, a type or code, and a file from a stranger can only fail to load.
/// </summary>
internal sealed class TrainingCheckpoint
{
    /// <summary>The extension of checkpoints, with its dot, where their names are made here.</summary>
    public const string Extension = ".checkpoint";

    // Options that the steps to come do not depend on.
    private static readonly string[] MayDiffer =
    [
        nameof(TrainingOptions.Epochs), nameof(TrainingOptions.MaxTime), nameof(TrainingOptions.TargetPsnr),
        nameof(TrainingOptions.MeasureEachEpoch), nameof(TrainingOptions.ThreadCount), nameof(TrainingOptions.Provider),
    ];

    private TrainingCheckpoint(string path, RunState state, FileMark mark) => (Path, State, Mark) = (path, state, mark);

    /// <summary>The file's full path.</summary>
    public string Path { get; }

    /// <summary>The network's design.</summary>
    public MlpDesign Design => State.Learner.Network.Design;

    /// <summary>The run's options, every default filled in.</summary>
    public TrainingOptions Options => State.Options;

    /// <summary>The picture's short name.</summary>
    public string PictureName => State.Picture.Name;

    /// <summary>The epoch under way, from 1.</summary>
    public int Epoch => State.Position.Epoch;

    /// <summary>Steps done.</summary>
    public long Steps => State.Position.Steps;

    /// <summary>Training time so far.</summary>
    public TimeSpan Elapsed => State.Position.Elapsed;

    /// <summary>The full epochs so far.</summary>
    public IReadOnlyList<EpochRecord> History => State.History;

    /// <summary>What computed, and with which instructions; a run that continues with others gives other bits.</summary>
    public string Provider => State.Provider;

    internal RunState State { get; }

    /// <summary>What the file was like when it was loaded.</summary>
    internal FileMark Mark { get; }

    /// <summary>Loads a checkpoint.</summary>
    /// <param name="path">The file; taken literally, whatever characters it has.</param>
    /// <exception cref="ModelFileException">The file is not there, or is not a whole checkpoint that can be loaded.</exception>
    public static TrainingCheckpoint Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        path = System.IO.Path.GetFullPath(path);
        var faults = new ModelFaults(path, ModelFileKind.Checkpoint);
        using FileStream stream = StoredFile.Open(path, faults);
        RunState state = CheckpointFile.Read(stream, faults);
        return new TrainingCheckpoint(path, state, faults.Reading(() => FileMark.Of(stream)));
    }

    /// <summary>The picture of the run that a file is the checkpoint of; null where its header cannot be read as one.</summary>
    /// <param name="path">The file; taken literally, whatever characters it has.</param>
    internal static PictureIdentity? PictureOf(string path)
    {
        var faults = new ModelFaults(path, ModelFileKind.Checkpoint);
        try
        {
            using FileStream stream = StoredFile.Open(path, faults);
            return CheckpointFile.ReadPicture(stream, faults);
        }
        catch (ModelFileException)
        {
            return null;
        }
    }

    /// <summary>Throws where this is the checkpoint of a run on another picture.</summary>
    /// <exception cref="ModelFileException">The picture's size, pixels or held-out pixels are others.</exception>
    internal void RequirePicture(PixelDataset dataset)
    {
        if (State.Picture.DifferenceOf(PictureIdentity.Of(dataset)) is string difference)
            throw new ModelFaults(Path, ModelFileKind.Checkpoint).Of(ModelFileProblem.OtherPicture, difference);
    }

    /// <summary>Throws where options differ from the run's in something that the steps to come depend on.</summary>
    /// <param name="options">Options with every default filled in.</param>
    /// <exception cref="ArgumentException">They differ; the message names the first, with both values.</exception>
    internal void RequireOptions(TrainingOptions options)
    {
        // What other choices follow from comes first: another optimizer has another learning rate, which nobody gave.
        foreach (PropertyInfo option in typeof(TrainingOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .OrderByDescending(option => option.Name is nameof(TrainingOptions.Optimizer) or nameof(TrainingOptions.Loss)))
        {
            object? mine = option.GetValue(Options), other = option.GetValue(options);
            if (!MayDiffer.Contains(option.Name) && !Equals(mine, other))
                throw new ArgumentException(FormattableString.Invariant(
                    $"{option.Name} is {mine ?? "not set"} in the run of '{Path}' and {other ?? "not set"} here; a resumed run keeps it. ") +
                    "Give the parameters with which the run started. To start again with these, delete the file.");
        }
        if (PixelLearner.IsPixelByPixel(Design, Options) != PixelLearner.IsPixelByPixel(Design, options))
            throw new ArgumentException(
                $"The run of '{Path}' was computed by {Provider}, and {options.Provider} learns in another way. Leave Provider out.");
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"{PictureName}: epoch {Epoch}, {Counted.Text(Steps, "step")}, {Elapsed.TotalSeconds:F1} s");
}
