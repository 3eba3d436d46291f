namespace MonaLisa.Engine.Numerics;

/// <summary>
/// Where the weights between two hidden layers lie among the parameters: the weight from input i to output o at
/// <c>Start + o / 32 * PanelStride + i * RowStride + o % 32</c>. Rows are padded with zeros at least to whole half panels.
/// </summary>
/// <param name="Layer">The layer.</param>
/// <param name="Start">The first float.</param>
/// <param name="Length">Floats with the padding.</param>
/// <param name="Inputs">The layer's inputs.</param>
/// <param name="Outputs">The layer's outputs.</param>
/// <param name="RowStride">Floats from an input to the next.</param>
/// <param name="PanelStride">Floats from 32 outputs to the next 32.</param>
internal readonly record struct HiddenMatrix(int Layer, int Start, int Length, int Inputs, int Outputs, int RowStride, int PanelStride)
{
    /// <summary>Whether a slice of the parameters is a part of it.</summary>
    public bool Contains(in ParameterSlice slice) => slice.Start >= Start && slice.Start < Start + Length;
}
