using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>A network that paints, with what is known of its origin.</summary>
/// <param name="Name">A short name for messages and file names.</param>
/// <param name="Network">The network.</param>
/// <param name="Dataset">The picture that it learned, or null for a bare network.</param>
/// <param name="Provider">What computes.</param>
internal sealed record Painter(string Name, Mlp Network, PixelDataset? Dataset, ComputeProvider Provider)
{
    private const string NamelessNetwork = "network";

    /// <summary>The painter of a training run or a network, also of one from another session; null for anything else.</summary>
    public static Painter? From(object? value) => Rehydration.Live(value) switch
    {
        TrainingRun run => new Painter(run.Dataset.Name, run.Network, run.Dataset, run.Options.Provider) { Run = run },
        Mlp network => new Painter(network.Training?.PictureName ?? NamelessNetwork, network, null, ComputeProvider.Auto),
        _ => null,
    };

    /// <summary>The same for a command that takes nothing else.</summary>
    /// <exception cref="CommandException">It is something else, or an object from another session that is damaged.</exception>
    public static Painter Require(object value) =>
        From(value) ?? throw new CommandException(CommandErrors.UnsupportedInput(value, "A training run or a network"));

    /// <summary>The training run, or null for a bare network.</summary>
    public TrainingRun? Run { get; private init; }

    /// <summary>The size of the picture that it learned, or null where that is not known.</summary>
    public PictureSize? Size => Dataset is not null ? new PictureSize(Dataset.Width, Dataset.Height)
        : Network.Training is TrainingFacts facts ? new PictureSize(facts.PictureWidth, facts.PictureHeight)
        : null;

    /// <summary>This painter, whose network can paint.</summary>
    /// <exception cref="CommandException">It cannot.</exception>
    public Painter RequireFinite() => Network.IsFinite ? this : throw new CommandException(
        ErrorIds.NotFinite, ErrorCategory.InvalidData, Network,
        $"The network of '{Name}' has weights that are infinite or not a number and cannot paint. " +
        "Train it again with a smaller -LearningRate.");
}
