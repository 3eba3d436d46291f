using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Training;

/// <summary>A layer and its values for one pixel; a neuron's weights lie side by side, padded with zeros to whole half panels.</summary>
internal sealed unsafe class OnlineLayer
{
    /// <summary>Copies a layer's weights in.</summary>
    public OnlineLayer(DenseLayer layer)
    {
        (Inputs, Outputs, Stride) = (layer.InputCount, layer.OutputCount, PanelLayout.PadToHalfPanels(layer.InputCount));
        Weights = new AlignedBuffer((long)Outputs * Stride);
        Biases = new AlignedBuffer(PanelLayout.PadToHalfPanels(Outputs));
        Input = new AlignedBuffer(Stride);
        Result = new AlignedBuffer(PanelLayout.PadToHalfPanels(Outputs));
        Load(layer);
    }

    /// <summary>Number of inputs.</summary>
    public int Inputs { get; }

    /// <summary>Number of neurons.</summary>
    public int Outputs { get; }

    /// <summary>Floats from a neuron's weights to the next's.</summary>
    public int Stride { get; }

    /// <summary>The weights, <c>[Outputs, Stride]</c>.</summary>
    public AlignedBuffer Weights { get; }

    /// <summary>The biases, <c>[Outputs]</c>, padded.</summary>
    public AlignedBuffer Biases { get; }

    /// <summary>The pixel's inputs to this layer, <c>[Stride]</c>, zero in the padding.</summary>
    public AlignedBuffer Input { get; }

    /// <summary>The output layer's outputs; a hidden layer's derivatives where its activation keeps them.</summary>
    public AlignedBuffer Result { get; }

    /// <summary>Copies the weights in.</summary>
    public void Load(DenseLayer layer)
    {
        for (int output = 0; output < Outputs; output++)
            layer.Weights.AsSpan(output * Inputs, Inputs).CopyTo(Weights.Span[(output * Stride)..]);
        layer.Biases.CopyTo(Biases.Span);
    }

    /// <summary>Copies the weights out.</summary>
    public void Save(DenseLayer layer)
    {
        for (int output = 0; output < Outputs; output++)
            Weights.Span.Slice(output * Stride, Inputs).CopyTo(layer.Weights.AsSpan(output * Inputs));
        Biases.Span[..Outputs].CopyTo(layer.Biases);
    }
}
