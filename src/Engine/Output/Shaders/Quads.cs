namespace MonaLisa.Engine.Output;

/// <summary>Shaders compute with vectors of four.</summary>
internal static class Quads
{
    /// <summary>Numbers in a vector.</summary>
    public const int Width = 4;

    /// <summary>Vectors that hold a number of numbers.</summary>
    public static int Count(int numbers) => (numbers + Width - 1) / Width;

    /// <summary>A number of numbers, padded to whole vectors.</summary>
    public static int PadToQuads(int numbers) => Count(numbers) * Width;
}

/// <summary>A dense layer cut into blocks of four neurons by four inputs; weights beyond the layer's own are 0.</summary>
internal sealed class QuadLayer(DenseLayer layer, FeatureSlots slots)
{
    /// <summary>Numbers of a block.</summary>
    public const int BlockLength = Quads.Width * Quads.Width;

    /// <summary>Vectors of inputs.</summary>
    public int InputQuads => slots.QuadCount;

    /// <summary>Vectors of neurons.</summary>
    public int OutputQuads => Quads.Count(layer.OutputCount);

    /// <summary>The layers of a network.</summary>
    public static QuadLayer[] Of(Mlp network) =>
    [
        .. network.Layers.Select((layer, i) =>
            new QuadLayer(layer, i == 0 ? FeatureSlots.Of(network.Design.Encoding) : FeatureSlots.Of(layer.InputCount))),
    ];

    /// <summary>Whether a slot holds an input.</summary>
    public bool IsUsed(int inputQuad, int column) => slots[inputQuad * Quads.Width + column] >= 0;

    /// <summary>The biases of four neurons.</summary>
    public void CopyBiases(int outputQuad, Span<float> biases)
    {
        for (int row = 0; row < Quads.Width; row++)
        {
            int output = outputQuad * Quads.Width + row;
            biases[row] = output < layer.OutputCount ? layer.Biases[output] : 0;
        }
    }

    /// <summary>A block of weights, <c>[input, neuron]</c>: column by column, as a shader's matrix is written.</summary>
    public void CopyBlock(int outputQuad, int inputQuad, Span<float> block)
    {
        for (int column = 0; column < Quads.Width; column++)
            for (int row = 0; row < Quads.Width; row++)
            {
                int output = outputQuad * Quads.Width + row, input = slots[inputQuad * Quads.Width + column];
                bool isWeight = output < layer.OutputCount && input >= 0;
                block[column * Quads.Width + row] = isWeight ? layer.Weights[output * layer.InputCount + input] : 0;
            }
    }
}

/// <summary>
/// Where a layer's inputs lie in a shader's vectors of four. Sines fill whole vectors and so do cosines, for any number of them, so
/// that a vector of phases gives one vector of each; the places between are empty.
/// </summary>
internal sealed class FeatureSlots
{
    private readonly int[] _features;

    private FeatureSlots(int count, IEnumerable<int> slots)
    {
        _features = new int[Quads.PadToQuads(count)];
        Array.Fill(_features, -1);
        int feature = 0;
        foreach (int slot in slots)
            _features[slot] = feature++;
    }

    /// <summary>Number of vectors.</summary>
    public int QuadCount => _features.Length / Quads.Width;

    /// <summary>The input in a slot; -1 for an empty one.</summary>
    public int this[int slot] => _features[slot];

    /// <summary>Inputs side by side.</summary>
    public static FeatureSlots Of(int count) => new(count, Enumerable.Range(0, count));

    /// <summary>The slots of an encoding's features.</summary>
    public static FeatureSlots Of(InputEncoding encoding)
    {
        if (encoding is not SinusoidalEncoding { FrequencyCount: int count })
            return Of(encoding.FeatureCount);
        int padded = Quads.PadToQuads(count);
        return new FeatureSlots(2 * padded, [.. Enumerable.Range(0, count), .. Enumerable.Range(padded, count)]);
    }
}

/// <summary>The frequencies of a sinusoidal encoding in vectors of four, padded with 0.</summary>
internal sealed class FrequencyQuads
{
    private readonly float[] _along, _down;

    /// <summary>Those of a network.</summary>
    public FrequencyQuads(SinusoidalEncoding encoding, IReadOnlyList<EncodingTensor> tensors)
    {
        float[] frequencies = encoding.Frequencies(tensors);
        (_along, _down) = (Axis(0), Axis(1));

        float[] Axis(int axis)
        {
            float[] values = new float[Quads.PadToQuads(encoding.FrequencyCount)];
            for (int i = 0; i < encoding.FrequencyCount; i++)
                values[i] = frequencies[Mlp.InputCount * i + axis];
            return values;
        }
    }

    /// <summary>Number of vectors.</summary>
    public int Count => _along.Length / Quads.Width;

    /// <summary>Four frequencies along x, in periods per unit.</summary>
    public ReadOnlySpan<float> Along(int quad) => _along.AsSpan(quad * Quads.Width, Quads.Width);

    /// <summary>The same four along y.</summary>
    public ReadOnlySpan<float> Down(int quad) => _down.AsSpan(quad * Quads.Width, Quads.Width);
}
