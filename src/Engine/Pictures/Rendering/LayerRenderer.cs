using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine;

/// <summary>
/// Renders the responses of a layer's neurons over the picture plane. Layer 0 is the encoding's features, layer 1 the first hidden layer.
/// One call at a time; dispose it to end its threads.
/// </summary>
internal sealed class LayerRenderer : IDisposable
{
    private readonly TileSweep _sweep;
    private readonly int _layer;

    /// <summary>Prepares a network's layer; later changes of the network have no effect here.</summary>
    /// <param name="network">The network.</param>
    /// <param name="layer">0 for the features of an encoding, or a hidden layer, from 1.</param>
    /// <param name="provider">What computes the matrix products.</param>
    /// <param name="threadCount">Threads, at least 1, or null for one a processor core.</param>
    /// <exception cref="ArgumentException">The network has no such layer; the message says which it has.</exception>
    /// <exception cref="ProviderUnavailableException">The requested provider is not available here.</exception>
    public LayerRenderer(Mlp network, int layer, ComputeProvider provider = ComputeProvider.Auto, int? threadCount = null)
    {
        NeuronCount = CountOf(network, layer);
        _layer = layer;
        _sweep = new TileSweep(network, provider, threadCount, keepsActivations: true);
    }

    /// <summary>Neurons of the layer, or features of the encoding.</summary>
    public int NeuronCount { get; }

    /// <summary>Neurons of a layer, or features of the encoding.</summary>
    /// <inheritdoc cref="LayerRenderer(Mlp, int, ComputeProvider, int?)" path="/param"/>
    /// <exception cref="ArgumentException">The network has no such layer; the message says which it has.</exception>
    public static int CountOf(Mlp network, int layer)
    {
        if (network.Encoding == EncodingKind.Latent)
            throw new ArgumentException(
                $"A network with the encoding {EncodingKind.Latent} corrects a picture that it decodes, and its neurons cannot be shown. " +
                "Choose a network with another encoding.");
        IReadOnlyList<int> hidden = network.Design.HiddenLayers;
        bool isEncoded = network.Design.Encoding.Kind != EncodingKind.None;
        if (layer == 0 && isEncoded)
            return network.Design.Encoding.FeatureCount;
        if (layer >= 1 && layer <= hidden.Count)
            return hidden[layer - 1];
        throw new ArgumentException(
            $"The network {network.Shape} has no layer {layer}: its hidden layers are 1 to {hidden.Count}, " +
            (isEncoded ? "and its encoding's features are layer 0." : "and it has no encoding, whose features would be layer 0."));
    }

    /// <summary>Computes responses over the whole picture plane, at any size.</summary>
    /// <param name="neurons">Which neurons, from 0, each below <see cref="NeuronCount"/>.</param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="responses">
    /// Receives <c>[neurons, height, width]</c>: what each neuron passes on to the next layer, its activation applied.
    /// </param>
    /// <param name="cancellationToken">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such neuron, or the destination is too short.</exception>
    public unsafe void Render(
        IReadOnlyList<int> neurons, int width, int height, Span<float> responses, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        foreach (int neuron in neurons)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(neuron, nameof(neurons));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(neuron, NeuronCount, nameof(neurons));
        }
        long pixelCount = (long)width * height;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(neurons.Count * pixelCount, responses.Length, nameof(responses));
        var grid = new CoordinateGrid(_sweep.Network.Design.Coordinates, width, height);
        fixed (float* destination = responses)
        {
            float* result = destination;
            _sweep.Run(grid, width, 0, pixelCount,
                (tile, first, rows) => Store(tile, rows, neurons, result + first, pixelCount), cancellationToken);
        }
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose() => _sweep.Dispose();

    private unsafe void Store(Tile tile, int rows, IReadOnlyList<int> neurons, float* responses, long pixelCount)
    {
        TiledNetwork network = _sweep.Network;
        PackedLayout layout = _layer == 0 ? network.FeatureLayout(tile.Capacity) : network.HiddenLayout(_layer - 1, tile.Capacity);
        float* values = (_layer == 0 ? tile.Features : tile.Activations[_layer - 1]).Pointer;
        for (int i = 0; i < neurons.Count; i++)
        {
            float* column = values + layout.Column(neurons[i]), plane = responses + i * pixelCount;
            for (int row = 0; row < rows; row++)
                plane[row] = column[row * layout.RowStride];
        }
    }
}
