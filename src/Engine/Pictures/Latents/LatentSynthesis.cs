using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Pictures;

/// <summary>The first picture that latents give, which the network's layers correct.</summary>
/// <param name="encoding">Its size.</param>
internal sealed class LatentSynthesis(LatentEncoding encoding)
{
    /// <summary>The first picture's channels, <c>[height, width]</c> in steps.</summary>
    public float[][] Planes { get; } = LatentPlanes.PlanesOf<float>(encoding);

    /// <summary>A network of thin layers for the layers of a network.</summary>
    public static ThinNetwork NetworkOf(Mlp network, ThinKernel kernel)
    {
        int[] widths = [network.Design.Encoding.FeatureCount, .. network.HiddenLayers, network.OutputCount];
        var thin = new ThinNetwork(widths, kindCount: 1, kernel);
        for (int layer = 0; layer < network.Layers.Count; layer++)
        {
            network.Layers[layer].Weights.CopyTo(thin.Weights(layer));
            network.Layers[layer].Biases.CopyTo(thin.Biases(layer));
        }
        return thin;
    }

    /// <summary>Decodes latents.</summary>
    public void Show(LatentPlanes latents, LatentWork work) =>
        work.ForEach(encoding.Channels, (_, channel) => latents.Decode(channel, Planes[channel]));
}
