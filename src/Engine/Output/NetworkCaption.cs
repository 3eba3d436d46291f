using System.Globalization;

namespace MonaLisa.Engine.Output;

/// <summary>The name and the description of an exported picture.</summary>
/// <param name="Name">The learned picture's name, or a word for a network of which it is not known.</param>
/// <param name="Facts">Shape, size and PSNR, as far as they are known.</param>
internal sealed record NetworkCaption(string Name, IReadOnlyList<string> Facts)
{
    /// <summary>The caption of a network.</summary>
    public static NetworkCaption Of(Mlp network)
    {
        var facts = new List<string>
        {
            $"{network.Shape} {network.Activation}",
            string.Create(CultureInfo.InvariantCulture, $"{network.ParameterCount:N0} parameters"),
        };
        if (network.Training is TrainingFacts { Psnr: double psnr } training)
            facts.Add(string.Create(CultureInfo.InvariantCulture, $"{psnr - (training.PsnrLost ?? 0):F1} dB"));
        return new NetworkCaption(network.Training?.PictureName is { Length: > 0 } name ? name : "Untitled", facts);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}, painted by a neural network: {string.Join(", ", Facts)}";
}

/// <summary>The size of the learned picture, as well as it is known.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="IsTold">Whether the network has it; otherwise only the proportion means something.</param>
internal readonly record struct PictureShape(int Width, int Height, bool IsTold)
{
    /// <summary>
    /// The size of the picture that a network has in it, or that in the network's training facts; without them, the proportion of a grid's
    /// finest level, which follows the picture, or a square.
    /// </summary>
    public static PictureShape Of(Mlp network) => (network.Training, network.Design.Encoding) switch
    {
        (_, LatentEncoding latents) => new(latents.Width, latents.Height, IsTold: true),
        (TrainingFacts facts, _) => new(facts.PictureWidth, facts.PictureHeight, IsTold: true),
        (null, GridEncoding grid) => new(grid.Levels[^1].Columns, grid.Levels[^1].Rows, IsTold: false),
        _ => new(TrainingDefaults.UsualSide, TrainingDefaults.UsualSide, IsTold: false),
    };
}
