using System.Buffers.Binary;
using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine;

/// <summary>
/// The numbers that a network with latents starts with, learned from pictures; see docs/compression.md. A compressed file has only how
/// its network differs from them. Those of this program are a part of the format and never change; others are those of a model file, which a
/// reader needs too.
/// </summary>
internal sealed class LatentStart : IEquatable<LatentStart>
{
    private const string Resource = "latent-start.bin";

    private readonly float[] _numbers;

    /// <summary>A start.</summary>
    /// <param name="name">The name of its model file; empty for the start of this program.</param>
    /// <param name="numbers">The entropy network's numbers, then those of the layers: of each the weights, then the biases.</param>
    private LatentStart(string name, float[] numbers)
    {
        (Name, _numbers) = (name, numbers);
        byte[] bytes = new byte[numbers.Length * sizeof(short)];
        for (int i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(i * sizeof(short)), (short)LatentWeight.ToWhole(numbers[i]));
        Checksum = Crc32C.Of(bytes);
    }

    /// <summary>The start of this program: for red, green and blue, and layers of <see cref="UsualLayers"/>.</summary>
    public static LatentStart BuiltIn { get; } = new("", Read()) { HiddenLayers = UsualLayers };

    /// <summary>Hidden layers of a synthesis that has a start of this program.</summary>
    public static IReadOnlyList<int> UsualLayers => [16, 16];

    /// <summary>The name of its model file; empty for <see cref="BuiltIn"/>.</summary>
    public string Name { get; }

    /// <summary>The CRC-32C of its numbers: signed, 16 bits each.</summary>
    public uint Checksum { get; }

    /// <summary>Neurons in each hidden layer; null for a start as a file describes it, which are those of the file's network.</summary>
    public IReadOnlyList<int>? HiddenLayers { get; private init; }

    /// <summary>The quantisation step that it was learned at, if it was at one; new networks begin with it. Files do not keep it.</summary>
    public float? Step { get; private init; }

    /// <summary>The entropy network's numbers: of each layer the weights, then the biases.</summary>
    public ReadOnlySpan<float> Entropy => _numbers.AsSpan(0, EntropyLength);

    /// <summary>The numbers in files: the entropy network's, then the layers'.</summary>
    public int[] WholeNumbers => [.. _numbers.Select(LatentWeight.ToWhole)];

    private static int EntropyLength { get; } =
        new LatentEncoding().TensorShapes.Skip(LatentEncoding.FirstEntropyTensor).Sum(shape => (int)shape.Length);

    /// <summary>The start that a network is.</summary>
    /// <param name="network">A network with latents.</param>
    /// <param name="name">The name of its model file.</param>
    public static LatentStart Of(Mlp network, string name) => new(
        name,
        [.. network.EncodingTensors.Skip(LatentEncoding.FirstEntropyTensor).Select(tensor => tensor.Values)
            .Concat(network.Layers.SelectMany(layer => new[] { layer.Weights, layer.Biases })).SelectMany(values => values).Select(Rounded)])
    {
        HiddenLayers = network.HiddenLayers,
        Step = LatentEncoding.StepOf(network),
    };

    /// <summary>A start as a file describes it.</summary>
    /// <param name="name">The name of its model file.</param>
    /// <param name="numbers">What <see cref="WholeNumbers"/> returned.</param>
    public static LatentStart Of(string name, IReadOnlyList<int> numbers) => new(name, [.. numbers.Select(number => number / (float)LatentWeight.Unit)]);

    /// <summary>The channels that it is for; null where it is not for such hidden layers.</summary>
    /// <param name="hiddenLayers">Neurons of each hidden layer.</param>
    public int? ChannelsFor(IReadOnlyList<int> hiddenLayers) => HiddenLayers?.SequenceEqual(hiddenLayers) == false ? null
        : Array.Find<int?>([3, 1, 4], channels => EntropyLength + LengthOf(WidthsOf(hiddenLayers, channels!.Value)) == _numbers.Length);

    /// <summary>The numbers of a design's layers, of each the weights and the biases; zeros where the start has none for their shape.</summary>
    public float[] Layers(MlpDesign design)
    {
        DenseLayer[] layers = design.CreateLayers();
        if (ChannelsFor(design.HiddenLayers) is int channels)
        {
            int[] widths = WidthsOf(design.HiddenLayers, channels);
            int at = EntropyLength;
            for (int layer = 0; layer < layers.Length; layer++)
            {
                int inputs = widths[layer], outputs = widths[layer + 1];
                Copy(_numbers.AsSpan(at, inputs * outputs), inputs, layers[layer].Weights, layers[layer].InputCount);
                at += inputs * outputs;
                Copy(_numbers.AsSpan(at, outputs), 1, layers[layer].Biases, 1);
                at += outputs;
            }
        }
        return [.. layers.SelectMany(layer => layer.Weights.Concat(layer.Biases))];
    }

    /// <summary>Fills a new network in.</summary>
    public void CopyTo(Mlp network)
    {
        network.EncodingTensors[LatentEncoding.StepTensor].Values[0] = Step ?? LatentEncoding.UsualStep;
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

    /// <inheritdoc/>
    public bool Equals(LatentStart? other) => other is not null && Name == other.Name && _numbers.AsSpan().SequenceEqual(other._numbers);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LatentStart);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Checksum);

    private static float Rounded(float number) => LatentWeight.ToWhole(number) / (float)LatentWeight.Unit;

    private static int[] WidthsOf(IReadOnlyList<int> hiddenLayers, int channels) =>
        [new LatentEncoding { Channels = channels }.FeatureCount, .. hiddenLayers, channels];

    private static int LengthOf(int[] widths) => widths.Zip(widths.Skip(1), (inputs, outputs) => (inputs + 1) * outputs).Sum();

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
            numbers[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(i * sizeof(short))) / (float)LatentWeight.Unit;
        return numbers;
    }
}
