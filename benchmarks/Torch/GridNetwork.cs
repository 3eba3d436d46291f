using static TorchSharp.torch;

namespace MonaLisa.Torch;

/// <summary>A multiresolution grid before dense layers.</summary>
/// <param name="hiddenLayers">Neurons in each hidden layer.</param>
/// <param name="grid">The grid.</param>
/// <param name="places">The grid's places.</param>
/// <param name="lookup">How its tables are read.</param>
internal sealed class GridNetwork(IReadOnlyList<int> hiddenLayers, PeerGrid grid, GridPlaces places, ITableLookup lookup) : IPaintingNetwork
{
    private readonly DenseNetwork _layers = new(hiddenLayers, isSine: false, grid.Levels.Length * grid.Features);

    /// <summary>The table of all levels, then the layers' parameters.</summary>
    public Tensor[] DrawParameters()
    {
        // The paper's start.
        const double Limit = 1e-4;
        return [(rand(places.EntryCount, grid.Features) * 2 - 1) * Limit, .. _layers.DrawParameters()];
    }

    public Tensor Forward(Tensor inputs, IReadOnlyList<Tensor> parameters)
    {
        Tensor entries, weights;
        using (no_grad())
            (entries, weights) = places.Of(inputs);
        return _layers.Forward(lookup.Features(parameters[0], entries, weights), [.. parameters.Skip(1)]);
    }
}
