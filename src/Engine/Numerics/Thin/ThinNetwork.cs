using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>
/// A network of thin dense layers with ReLU between them, for places in rows; see <see cref="ThinKernel"/>. The first and the last layer
/// may have other biases for each kind of place. All numbers are in one array: of each layer the weights, then the biases.
/// </summary>
internal sealed unsafe class ThinNetwork
{
    /// <summary>The most places that are worked on at once.</summary>
    public const int MaxCount = ThinKernel.MaxCount;

    private readonly int[] _widths, _weightsAt, _biasesAt;
    private readonly ThinKernel _kernel;
    private readonly int _kindCount;

    /// <summary>Makes a network of zeros.</summary>
    /// <param name="widths">Inputs, hidden layers and outputs.</param>
    /// <param name="kindCount">Kinds of places.</param>
    /// <param name="kernel">Its arithmetic.</param>
    public ThinNetwork(int[] widths, int kindCount, ThinKernel kernel)
    {
        (_widths, _kindCount, _kernel) = (widths, kindCount, kernel);
        (_weightsAt, _biasesAt) = (new int[widths.Length - 1], new int[widths.Length - 1]);
        int length = 0;
        for (int layer = 0; layer < LayerCount; layer++)
        {
            _weightsAt[layer] = length;
            length += widths[layer] * widths[layer + 1];
            _biasesAt[layer] = length;
            length += widths[layer + 1] * (HasKinds(layer) ? kindCount : 1);
        }
        Parameters = new float[length];
    }

    /// <summary>Weights and biases.</summary>
    public float[] Parameters { get; }

    /// <summary>Inputs, hidden layers and outputs.</summary>
    public IReadOnlyList<int> Widths => _widths;

    private int LayerCount => _widths.Length - 1;

    /// <summary>A number of places, rounded up to a multiple of <see cref="ThinKernel.Lanes"/>.</summary>
    public static int Rounded(int count) => (count + ThinKernel.Lanes - 1) / ThinKernel.Lanes * ThinKernel.Lanes;

    /// <summary>A layer's weights, <c>[outputs, inputs]</c>.</summary>
    public Span<float> Weights(int layer) => Parameters.AsSpan(_weightsAt[layer], _widths[layer] * _widths[layer + 1]);

    /// <summary>A layer's biases, <c>[outputs]</c>, or <c>[kinds, outputs]</c> of the first and the last layer.</summary>
    public Span<float> Biases(int layer) =>
        Parameters.AsSpan(_biasesAt[layer], _widths[layer + 1] * (HasKinds(layer) ? _kindCount : 1));

    /// <summary>Computes outputs.</summary>
    /// <param name="x">The inputs, each the first of <paramref name="count"/> places.</param>
    /// <param name="count">Places, a multiple of <see cref="ThinKernel.Lanes"/> and at most <see cref="MaxCount"/>.</param>
    /// <param name="kind">The places' kind.</param>
    /// <param name="scratch">Receives the outputs, and what <see cref="Backward"/> needs.</param>
    public void Forward(float** x, int count, int kind, ThinScratch scratch)
    {
        fixed (float* parameters = Parameters)
        {
            float** inputs = stackalloc float*[_widths.Max()];
            for (int layer = 0; layer < LayerCount; layer++)
            {
                float* outputs = scratch.Outputs(layer);
                _kernel.Forward(LayerOf(parameters, layer, kind), layer == 0 ? x : inputs, outputs, count);
                ThinKernel.Rows(outputs, inputs, _widths[layer + 1]);
            }
        }
    }

    /// <summary>Adds up gradients after <see cref="Forward"/>, once: errors take the place of hidden outputs.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="count">Places.</param>
    /// <param name="kind">The places' kind.</param>
    /// <param name="scratch">Has the outputs, and the errors of the last layer's.</param>
    /// <param name="gradients">The gradients of <see cref="Parameters"/>; null where they are not wanted.</param>
    /// <param name="dx">Where errors of the inputs are added up; null where they are not wanted.</param>
    public void Backward(float** x, int count, int kind, ThinScratch scratch, float* gradients, float** dx)
    {
        fixed (float* parameters = Parameters)
        {
            float** inputs = stackalloc float*[_widths.Max()];
            float* errors = scratch.LastErrors;
            for (int layer = LayerCount - 1; layer >= 0; layer--)
            {
                float* outputsBelow = layer > 0 ? scratch.Outputs(layer - 1) : null;
                if (gradients is not null)
                {
                    if (layer > 0)
                        ThinKernel.Rows(outputsBelow, inputs, _widths[layer]);
                    _kernel.AddGradients(LayerOf(gradients, layer, kind), errors, layer == 0 ? x : inputs, count);
                }
                if (layer > 0)
                    _kernel.ErrorsBelow(LayerOf(parameters, layer, kind), errors, outputsBelow, count);
                else if (dx is not null)
                    _kernel.AddInputErrors(LayerOf(parameters, layer, kind), errors, dx, count);
                errors = outputsBelow;
            }
        }
    }

    private bool HasKinds(int layer) => layer == 0 || layer == LayerCount - 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ThinLayer LayerOf(float* numbers, int layer, int kind) => new(
        numbers + _weightsAt[layer], numbers + _biasesAt[layer] + (HasKinds(layer) ? kind * _widths[layer + 1] : 0),
        _widths[layer], _widths[layer + 1], rectifies: layer < LayerCount - 1);
}

/// <summary>What one thread's pass through a <see cref="ThinNetwork"/> leaves.</summary>
internal sealed unsafe class ThinScratch
{
    private readonly AlignedBuffer[] _outputs;
    private readonly AlignedBuffer _lastErrors;

    /// <summary>Room for a network.</summary>
    public ThinScratch(ThinNetwork network)
    {
        _outputs = [.. network.Widths.Skip(1).Select(width => new AlignedBuffer((long)width * ThinNetwork.MaxCount))];
        _lastErrors = new AlignedBuffer(_outputs[^1].Length);
    }

    /// <summary>A layer's outputs, <c>[outputs, MaxCount]</c>.</summary>
    public float* Outputs(int layer) => _outputs[layer].Pointer;

    /// <summary>The last layer's outputs.</summary>
    public float* Last => _outputs[^1].Pointer;

    /// <summary>Their errors.</summary>
    public float* LastErrors => _lastErrors.Pointer;
}
