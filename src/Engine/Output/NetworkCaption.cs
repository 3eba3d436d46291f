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
