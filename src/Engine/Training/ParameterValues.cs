namespace MonaLisa.Engine.Training;

/// <summary>A number for each parameter of a network, in the network's own layout, whatever the provider's is.</summary>
/// <param name="Name">What it is, one of <see cref="StateNames"/>.</param>
/// <param name="Layers">For the layers, shaped as they are; empty where it is for the tables alone.</param>
/// <param name="Tables">For the encoding's tables, shaped as they are; empty where it is for the layers alone.</param>
internal sealed record ParameterValues(string Name, IReadOnlyList<DenseLayer> Layers, IReadOnlyList<EncodingTensor> Tables);
