using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Training;

/// <summary>
/// A layer that learns one pixel a step, and its values for that pixel. Each step changes every weight, and the weights of a large layer lie in the
/// second-level cache or farther away. So they change every <see cref="MostPending"/> steps: each step's change is a product of two vectors, its errors
/// and its inputs, and those of the steps since are added to what the weights as they were give. The result is the same but for rounding.
/// </summary>
internal sealed unsafe class OnlineLayer<TVector, TOps>
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
{
    /// <summary>The most steps whose changes wait.</summary>
    private const int MostPending = 16;

    /// <summary>The fewest weights for which changes wait: as many as fill half of a small first-level cache.</summary>
    private const int FewestWeights = 1 << 12;

    private readonly AlignedBuffer _weights, _biases;

    /// <summary>The steps that wait, a row each: the errors times the negative rate, and the inputs; empty where none waits.</summary>
    private readonly AlignedBuffer _changes, _inputs;

    /// <summary>A number for each step that waits.</summary>
    private readonly AlignedBuffer _factors = new(MostPending);

    private readonly int _outputStride;
    private readonly bool _isLarge;
    private int _pending;

    /// <summary>Copies a layer's weights in.</summary>
    public OnlineLayer(DenseLayer layer)
    {
        (Inputs, Outputs, Stride) = (layer.InputCount, layer.OutputCount, PanelLayout.PadToHalfPanels(layer.InputCount));
        _outputStride = PanelLayout.PadToHalfPanels(Outputs);
        _weights = new AlignedBuffer((long)Outputs * Stride);
        _biases = new AlignedBuffer(_outputStride);
        _isLarge = _weights.Length >= FewestWeights;
        int mostPending = _isLarge ? MostPending : 0;
        (_changes, _inputs) = (new AlignedBuffer(mostPending * _outputStride), new AlignedBuffer(mostPending * Stride));
        Input = new AlignedBuffer(Stride);
        Result = new AlignedBuffer(_outputStride);
        Load(layer);
    }

    /// <summary>Number of inputs.</summary>
    public int Inputs { get; }

    /// <summary>Number of neurons.</summary>
    public int Outputs { get; }

    /// <summary>Floats from a neuron's weights to the next's: the inputs, padded to whole half panels.</summary>
    public int Stride { get; }

    /// <summary>The pixel's inputs to this layer, <c>[Stride]</c>, zero in the padding.</summary>
    public AlignedBuffer Input { get; }

    /// <summary>The output layer's outputs; a hidden layer's derivatives where its activation keeps them.</summary>
    public AlignedBuffer Result { get; }

    /// <summary>Computes the neurons' sums.</summary>
    /// <param name="result">Receives <c>[Outputs]</c>, and anything in its padding to whole half panels.</param>
    public void Forward(float* result)
    {
        VectorProduct<TVector, TOps>.Multiply(Outputs, Stride, _weights.Pointer, Input.Pointer, _biases.Pointer, result);
        if (_pending == 0)
            return;
        VectorProduct<TVector, TOps>.Multiply(_pending, Stride, _inputs.Pointer, Input.Pointer, null, _factors.Pointer);
        VectorProduct<TVector, TOps>.AddTransposed(_pending, _outputStride, _changes.Pointer, _factors.Pointer, result);
    }

    /// <summary>Computes how the loss depends on the inputs, and takes a step.</summary>
    /// <param name="errors">How it depends on the neurons' sums, <c>[Outputs]</c>, zero in the padding to whole half panels.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="result">Receives <c>[Stride]</c>.</param>
    public void Backward(float* errors, float rate, float* result)
    {
        float negativeRate = -rate;
        VectorProduct<TVector, TOps>.AddTransposed(1, _outputStride, errors, &negativeRate, _biases.Pointer);
        if (!_isLarge)
        {
            VectorProduct<TVector, TOps>.BackwardAndUpdate(Outputs, Stride, _weights.Pointer, errors, Input.Pointer, rate, result);
            return;
        }
        new Span<float>(result, Stride).Clear();
        VectorProduct<TVector, TOps>.AddTransposed(Outputs, Stride, _weights.Pointer, errors, result);
        VectorProduct<TVector, TOps>.Multiply(_pending, _outputStride, _changes.Pointer, errors, null, _factors.Pointer);
        VectorProduct<TVector, TOps>.AddTransposed(_pending, Stride, _inputs.Pointer, _factors.Pointer, result);
        float* change = _changes.Pointer + _pending * _outputStride;
        new Span<float>(change, _outputStride).Clear();
        VectorProduct<TVector, TOps>.AddTransposed(1, _outputStride, errors, &negativeRate, change);
        Input.Span.CopyTo(_inputs.Span[(_pending * Stride)..]);
        if (++_pending == MostPending)
            Finish();
    }

    /// <summary>Changes the weights by the steps that wait.</summary>
    public void Finish()
    {
        VectorProduct<TVector, TOps>.AddProduct(Outputs, Stride, _weights.Pointer, _pending, _outputStride, _changes.Pointer, _inputs.Pointer);
        _pending = 0;
    }

    /// <summary>Copies the weights in.</summary>
    public void Load(DenseLayer layer)
    {
        for (int output = 0; output < Outputs; output++)
            layer.Weights.AsSpan(output * Inputs, Inputs).CopyTo(_weights.Span[(output * Stride)..]);
        layer.Biases.CopyTo(_biases.Span);
    }

    /// <summary>Copies the weights out; no step may wait.</summary>
    public void Save(DenseLayer layer)
    {
        for (int output = 0; output < Outputs; output++)
            _weights.Span.Slice(output * Stride, Inputs).CopyTo(layer.Weights.AsSpan(output * Inputs));
        _biases.Span[..Outputs].CopyTo(layer.Biases);
    }
}
