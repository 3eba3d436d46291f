using System.Management.Automation;
using MonaLisa.Engine;
using MonaLisa.Engine.Storage;

namespace MonaLisa.PowerShell;

/// <summary>A network that paints, with what is known of where it came from.</summary>
/// <param name="Name">A short name for messages and file names.</param>
/// <param name="Network">The network.</param>
/// <param name="Dataset">The picture it learned, or null for a bare network.</param>
/// <param name="Provider">Who computes.</param>
internal sealed record Painter(string Name, Mlp Network, PixelDataset? Dataset, ComputeProvider Provider)
{
    private const string NamelessNetwork = "network";

    /// <summary>
    /// The painter behind a training run or a network, PowerShell's wrapping taken off, or behind what came of one from another session;
    /// null for anything else.
    /// </summary>
    public static Painter? From(object? value) => Rehydration.Live(value) switch
    {
        TrainingRun run => new Painter(run.Dataset.Name, run.Network, run.Dataset, run.Options.Provider) { Run = run },
        Mlp network => new Painter(network.Training?.PictureName ?? NamelessNetwork, network, null, ComputeProvider.Auto),
        _ => null,
    };

    /// <summary>The training run, or null for a bare network.</summary>
    public TrainingRun? Run { get; private init; }

    /// <summary>The size of the picture it learned, or null where that is not known.</summary>
    public PictureSize? Size => Dataset is not null ? new PictureSize(Dataset.Width, Dataset.Height)
        : Network.Training is TrainingFacts facts ? new PictureSize(facts.PictureWidth, facts.PictureHeight)
        : null;

    /// <summary>The object itself, PowerShell's wrapping taken off.</summary>
    public static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    /// <summary>The error for a network that cannot paint.</summary>
    public ErrorRecord NotFiniteError() => CommandErrors.Of(ErrorIds.NotFinite, ErrorCategory.InvalidData, Network,
        $"The network of '{Name}' has weights that are infinite or not a number and cannot paint. " +
        "Train it again with a smaller -LearningRate.");

    /// <summary>The error for an object that is no painter, or one from another session that is not whole.</summary>
    public static ErrorRecord UnsupportedInputError(object? value, string expected) =>
        Rehydration.Problem(value) is PSInvalidCastException problem
            ? new ErrorRecord(problem, ErrorIds.InvalidObject, ErrorCategory.InvalidData, value)
            : CommandErrors.Of(ErrorIds.UnsupportedInput, ErrorCategory.InvalidType, value,
                $"{expected} is needed, not " +
                $"{(Unwrap(value) is object given ? $"an object of type {given.GetType().FullName}" : "nothing")}.");
}
