using System.Management.Automation;
using MonaLisa.Engine;
using MonaLisa.Engine.Output;

namespace MonaLisa.PowerShell;

/// <summary>A network that paints, with what is known of its origin.</summary>
/// <param name="Name">A short name for messages and file names.</param>
/// <param name="Network">The network.</param>
/// <param name="Dataset">The picture that it learned, or null for a bare network.</param>
/// <param name="Provider">What computes.</param>
internal sealed record Painter(string Name, Mlp Network, PixelDataset? Dataset, ComputeProvider Provider)
{
    private const string NamelessNetwork = "network";

    /// <summary>
    /// The painter of a training run, an experiment's row or a network, also of one from another session; null for anything else.
    /// </summary>
    /// <exception cref="CommandException">It is a row without its run.</exception>
    public static Painter? From(object? value) => Runs.Of(value) is TrainingRun run
        ? new Painter(run.Dataset.Name, run.Network, run.Dataset, run.Options.Provider) { Run = run }
        : Rehydration.Live(value) is Mlp network
            ? new Painter(network.Training?.PictureName ?? NamelessNetwork, network, null, ComputeProvider.Auto)
            : null;

    /// <summary>The same for a command that takes nothing else.</summary>
    /// <exception cref="CommandException">It is something else, or an object from another session that is damaged.</exception>
    /// <param name="value">The object.</param>
    /// <param name="wanted">What the command takes.</param>
    public static Painter Require(object value, Wanted wanted = Wanted.Run | Wanted.Network) =>
        From(value) ?? throw new CommandException(CommandErrors.UnsupportedInput(value, wanted));

    /// <summary>The training run, or null for a bare network.</summary>
    public TrainingRun? Run { get; private init; }

    /// <summary>The size of the picture that it learned, or null where that is not known.</summary>
    public PictureSize? Size => Dataset is not null ? new PictureSize(Dataset.Width, Dataset.Height)
        : PictureShape.Of(Network) is { IsTold: true } shape ? new PictureSize(shape.Width, shape.Height)
        : null;

    /// <summary>Whether the network enlarges its picture, and paints at a size at which it gives back the picture as it is.</summary>
    /// <param name="view">What is painted.</param>
    public bool GivesBackPicture(PaintedView view) => Network.Design.Enlarges && !view.IsLarger(Size);

    /// <summary>What is said where a picture is compared with itself: see <see cref="GivesBackPicture"/>.</summary>
    public string WarningOfComparison =>
        $"The network of '{Name}' enlarges its picture, and at this size it paints the picture as it is. The figures say nothing of how " +
        "it enlarges; for that, give a larger -Reference.";

    /// <summary>This painter, whose network can paint.</summary>
    /// <exception cref="CommandException">It cannot.</exception>
    public Painter RequireFinite() => Network.IsFinite ? this : throw new CommandException(
        ErrorIds.NotFinite, ErrorCategory.InvalidData, Network,
        $"The network of '{Name}' has weights that are infinite or not a number and cannot paint. " +
        "Train it again with a smaller -LearningRate.");
}
