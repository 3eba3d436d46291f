namespace MonaLisa.Engine.Numerics;

/// <summary>
/// Where a layer's parameters lie among those of all layers: its weights, then its biases, both padded with zeros at least to whole half
/// panels. The weights are a packed matrix <c>[inputs, outputs]</c>, or <c>[outputs, inputs]</c> where that is transposed: the element in
/// row r and column c is at <c>Weights + c / 32 * PanelStride + r * RowStride + c % 32</c>.
/// </summary>
/// <param name="Weights">The first weight.</param>
/// <param name="Biases">The first bias.</param>
/// <param name="End">What follows the last bias.</param>
/// <param name="Inputs">The layer's inputs.</param>
/// <param name="Outputs">The layer's outputs.</param>
/// <param name="RowStride">Floats from a row to the next.</param>
/// <param name="PanelStride">Floats from 32 columns to the next 32.</param>
/// <param name="RunLength">Floats that a slice of the weights must not cross a multiple of.</param>
/// <param name="IsTransposed">Whether a row holds the weights of an output, rather than those of an input.</param>
internal readonly record struct LayerLayout(
    int Weights, int Biases, int End, int Inputs, int Outputs, int RowStride, int PanelStride, int RunLength, bool IsTransposed = false)
{
    /// <summary>Floats of a slice where the run allows it: 16 KiB.</summary>
    private const int SliceLength = 4096;

    /// <summary>Where the weight from an input to an output lies.</summary>
    public int WeightOf(int input, int output)
    {
        (int row, int column) = IsTransposed ? (output, input) : (input, output);
        return Weights + column / PanelLayout.Width * PanelStride + row * RowStride + column % PanelLayout.Width;
    }

    /// <summary>The parameters cut up for updating.</summary>
    /// <param name="layer">The layer's number.</param>
    public IEnumerable<ParameterSlice> Slices(int layer)
    {
        for (int run = Weights; run < Biases; run += RunLength)
            for (int start = 0; start < RunLength; start += SliceLength)
                yield return new(layer, run + start, Math.Min(SliceLength, RunLength - start));
        yield return new(layer, Biases, End - Biases);
    }
}

/// <summary>A run of a network's parameters that one thread updates at a time.</summary>
/// <param name="Layer">The layer it belongs to.</param>
/// <param name="Start">The first float.</param>
/// <param name="Length">Number of floats, a multiple of <see cref="PanelLayout.HalfWidth"/>.</param>
internal readonly record struct ParameterSlice(int Layer, int Start, int Length);
