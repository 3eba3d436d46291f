using System.Buffers.Binary;

namespace MonaLisa.Engine;

/// <summary>
/// The numbers that a network with latents starts with, learned from pictures; see docs/compression.md. A compressed file has only how
/// its network differs from them, so they are a part of the format and never change.
/// </summary>
internal static class LatentStart
{
    /// <summary>Whole numbers in a weight or bias of 1, in files and in the entropy network.</summary>
    public const int WeightUnit = 64;

    private const string Resource = "latent-start.bin";

    /// <summary>The synthesis that was learned: red, green and blue, two layers.</summary>
    private static readonly int[] LearnedWidths = [43, 16, 16, 3];

    private static readonly float[] Numbers = Read();

    private static int EntropyLength { get; } =
        new LatentEncoding().TensorShapes.Skip(LatentEncoding.FirstEntropyTensor).Sum(shape => (int)shape.Length);

    /// <summary>The entropy network's numbers: of each layer the weights, then the biases.</summary>
    public static ReadOnlySpan<float> Entropy => Numbers.AsSpan(0, EntropyLength);

    /// <summary>Hidden layers of a synthesis that has a start.</summary>
    public static IReadOnlyList<int> HiddenLayers => LearnedWidths[1..^1];

    /// <summary>The numbers of a design's layers, of each the weights and the biases; zeros where none were learned for its shape.</summary>
    public static float[] Layers(MlpDesign design)
    {
        DenseLayer[] layers = design.CreateLayers();
        if (design.HiddenLayers.SequenceEqual(HiddenLayers))
        {
            int at = EntropyLength;
            for (int layer = 0; layer < layers.Length; layer++)
            {
                int inputs = LearnedWidths[layer], outputs = LearnedWidths[layer + 1];
                Copy(Numbers.AsSpan(at, inputs * outputs), inputs, layers[layer].Weights, layers[layer].InputCount);
                at += inputs * outputs;
                Copy(Numbers.AsSpan(at, outputs), 1, layers[layer].Biases, 1);
                at += outputs;
            }
        }
        return [.. layers.SelectMany(layer => layer.Weights.Concat(layer.Biases))];
    }

    /// <summary>Fills a new network in.</summary>
    public static void CopyTo(Mlp network)
    {
        network.EncodingTensors[LatentEncoding.StepTensor].Values[0] = LatentEncoding.UsualStep;
        ReadOnlySpan<float> rest = Entropy;
        foreach (EncodingTensor tensor in network.EncodingTensors.Skip(LatentEncoding.FirstEntropyTensor))
        {
            rest[..tensor.Values.Length].CopyTo(tensor.Values);
            rest = rest[tensor.Values.Length..];
        }
        ReadOnlySpan<float> numbers = Layers(network.Design);
        bool isLearned = numbers.ContainsAnyExcept(0f);
        foreach (DenseLayer layer in network.Layers)
        {
            // Without a start the first correction is none.
            if (isLearned || layer == network.Layers[^1])
                numbers[..layer.Weights.Length].CopyTo(layer.Weights);
            numbers.Slice(layer.Weights.Length, layer.Biases.Length).CopyTo(layer.Biases);
            numbers = numbers[(layer.Weights.Length + layer.Biases.Length)..];
        }
    }

    // Pictures of fewer channels have the first inputs and outputs, those of more have zeros for the others.
    private static void Copy(ReadOnlySpan<float> from, int inputs, Span<float> to, int ownInputs)
    {
        for (int row = 0; row < Math.Min(from.Length / inputs, to.Length / ownInputs); row++)
            from.Slice(row * inputs, Math.Min(inputs, ownInputs)).CopyTo(to.Slice(row * ownInputs, ownInputs));
    }

    private static float[] Read()
    {
        byte[] bytes = StartFile.Read(Resource);
        var numbers = new float[bytes.Length / sizeof(short)];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(i * sizeof(short))) / (float)WeightUnit;
        return numbers;
    }
}
