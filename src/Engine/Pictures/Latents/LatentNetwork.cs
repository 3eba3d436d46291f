using System.Runtime.CompilerServices;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Pictures;

/// <summary>Between a network with latents and its parts.</summary>
internal static class LatentNetwork
{
    private const int Latents = LatentEncoding.LatentTensor, Colors = LatentEncoding.ColorTensor, Step = LatentEncoding.StepTensor;
    private const int Entropy = LatentEncoding.FirstEntropyTensor, EntropyLayers = 3;

    /// <summary>The entropy network of a network.</summary>
    public static ThinNetwork EntropyOf(Mlp network, ThinKernel kernel)
    {
        ThinNetwork entropy = CreateEntropy(kernel);
        for (int layer = 0; layer < EntropyLayers; layer++)
        {
            network.EncodingTensors[Entropy + 2 * layer].Values.CopyTo(entropy.Weights(layer));
            network.EncodingTensors[Entropy + 2 * layer + 1].Values.CopyTo(entropy.Biases(layer));
        }
        return entropy;
    }

    /// <summary>An entropy network of zeros.</summary>
    public static ThinNetwork CreateEntropy(ThinKernel kernel) => new(
        [LatentEncoding.ContextCount, LatentEncoding.EntropyWidth, LatentEncoding.EntropyWidth, LatentEncoding.EntropyOutputs],
        LatentEncoding.KindCount, kernel);

    /// <summary>The colours of a network.</summary>
    public static LatentColors ColorsOf(Mlp network) => new(network.EncodingTensors[Colors].Values, network.OutputCount);

    /// <summary>The latents of a network.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static LatentPlanes PlanesOf(Mlp network)
    {
        var planes = new LatentPlanes((LatentEncoding)network.Design.Encoding);
        float[] values = network.EncodingTensors[Latents].Values;
        int at = 0;
        foreach (short[] plane in planes.Latents)
            for (int i = 0; i < plane.Length; i++)
                plane[i] = LatentPlanes.Bounded(MathF.Round(values[at++]));
        return planes;
    }

    /// <summary>Makes a network of its parts.</summary>
    /// <param name="design">The design.</param>
    /// <param name="planes">The latents.</param>
    /// <param name="colors">The colours.</param>
    /// <param name="step">The quantisation step.</param>
    /// <param name="entropy">The entropy network.</param>
    /// <param name="layers">Of each layer the weights, then the biases.</param>
    public static Mlp Compose(
        MlpDesign design, LatentPlanes planes, LatentColors colors, float step, ThinNetwork entropy, ReadOnlySpan<float> layers)
    {
        Mlp network = Mlp.Zeros(design);
        Copy(planes, colors, step, entropy, layers, network);
        return network;
    }

    /// <summary>Copies the parts of a network into one of their design, as <see cref="Compose"/> does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(LatentPlanes planes, LatentColors colors, float step, ThinNetwork entropy, ReadOnlySpan<float> layers, Mlp network)
    {
        IReadOnlyList<EncodingTensor> tensors = network.EncodingTensors;
        float[] values = tensors[Latents].Values;
        int at = 0;
        foreach (short[] plane in planes.Latents)
            foreach (short latent in plane)
                values[at++] = latent;
        colors.Values.CopyTo(tensors[Colors].Values, 0);
        tensors[Step].Values[0] = step;
        for (int layer = 0; layer < EntropyLayers; layer++)
        {
            entropy.Weights(layer).CopyTo(tensors[Entropy + 2 * layer].Values);
            entropy.Biases(layer).CopyTo(tensors[Entropy + 2 * layer + 1].Values);
        }
        DenseLayer.Fill(network.Layers, layers);
    }
}
