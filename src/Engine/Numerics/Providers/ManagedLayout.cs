namespace MonaLisa.Engine.Numerics;

/// <summary>
/// Where the managed provider keeps each layer's parameters. A layer but the last: its weights transposed, a wide
/// <c>[inputs, outputs]</c>. The output layer: panel by panel of its inputs <c>[3, 32]</c>. Then the biases, padded to whole panels.
/// </summary>
internal sealed class ManagedLayout
{
    /// <summary>Floats a slice aims at: some tens of kilobytes of work for a thread.</summary>
    private const int SliceLength = 4096;

    private readonly int[] _weights, _biases;

    /// <summary>Lays out a network.</summary>
    public ManagedLayout(Mlp network)
    {
        int layers = network.Layers.Count;
        _weights = new int[layers];
        _biases = new int[layers];
        long length = 0;
        var slices = new List<ParameterSlice>();
        var matrices = new List<HiddenMatrix>();
        for (int layer = 0; layer < layers; layer++)
        {
            DenseLayer dense = network.Layers[layer];
            bool isOutput = layer == layers - 1;
            long weights = isOutput
                ? (long)PanelLayout.PaddedColumns(dense.InputCount) * dense.OutputCount
                : (long)PanelLayout.PaddedColumns(dense.OutputCount) * dense.InputCount;
            int biases = PanelLayout.PaddedColumns(dense.OutputCount);
            _weights[layer] = checked((int)length);
            _biases[layer] = checked((int)(length + weights));
            length = checked((int)(length + weights + biases));
            // A slice of a packed layer stays within one panel, and keeps whole squares of 32 by 32, for the sake of the transpose.
            int runLength = isOutput || (layer == 0 && network.Design.Encoding.Kind == EncodingKind.None) ? (int)weights : dense.InputCount * PanelLayout.Width;
            for (int run = 0; run < weights; run += runLength)
                for (int start = 0; start < runLength; start += SliceLength)
                    slices.Add(new ParameterSlice(layer, _weights[layer] + run + start, Math.Min(SliceLength, runLength - start)));
            slices.Add(new ParameterSlice(layer, _biases[layer], biases));
            if (!isOutput && layer > 0)
                matrices.Add(new HiddenMatrix(
                    layer, _weights[layer], (int)weights, dense.InputCount, dense.OutputCount,
                    RowStride: PanelLayout.Width, PanelStride: dense.InputCount * PanelLayout.Width));
        }
        Length = (int)length;
        Slices = slices;
        HiddenMatrices = matrices;
    }

    /// <summary>Floats of all parameters.</summary>
    public int Length { get; }

    /// <summary>The parameters cut up for updating.</summary>
    public IReadOnlyList<ParameterSlice> Slices { get; }

    /// <summary>Where the weights between hidden layers lie.</summary>
    public IReadOnlyList<HiddenMatrix> HiddenMatrices { get; }

    /// <summary>Where a layer's weights begin.</summary>
    public int Weights(int layer) => _weights[layer];

    /// <summary>Where a layer's biases begin.</summary>
    public int Biases(int layer) => _biases[layer];
}
