using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Where a picture's run keeps its state, and where it goes on from.</summary>
/// <param name="options">Where and how often.</param>
/// <param name="resumed">The checkpoint to go on from, or null.</param>
/// <param name="continues">Whether to go on from one that is where the state is kept.</param>
internal sealed class PictureCheckpoint(CheckpointOptions options, string? resumed, bool continues)
{
    /// <summary>Where the run keeps its state.</summary>
    /// <param name="warn">Told of a checkpoint that could not be written while the run goes on.</param>
    public CheckpointOptions Options(Action<string> warn) => options with { Warning = warn };

    /// <summary>Where the run goes on from; null where it begins.</summary>
    /// <exception cref="ModelFileException">The checkpoint cannot be loaded.</exception>
    public TrainingCheckpoint? LoadEarlier() =>
        resumed is not null ? TrainingCheckpoint.Load(resumed)
        : continues && File.Exists(options.Path) ? TrainingCheckpoint.Load(options.Path)
        : null;

    /// <summary>Throws unless a run that goes on has the network that it would begin with.</summary>
    /// <exception cref="ArgumentException">It has another.</exception>
    public static void RequireDesign(TrainingCheckpoint earlier, MlpDesign design)
    {
        if (earlier.Design != design)
            throw new ArgumentException(
                $"The run of '{earlier.Path}' has the network {earlier.Design}, and this one would have {design}. " +
                "Give the same parameters as when it began, use -Resume, or begin anew with -Force in place of -Continue.");
    }
}
