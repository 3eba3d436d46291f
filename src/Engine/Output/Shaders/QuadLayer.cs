namespace MonaLisa.Engine.Output;

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
