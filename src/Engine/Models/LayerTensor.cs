namespace MonaLisa.Engine.Models;

/// <summary>A tensor to write, and the layer it is from.</summary>
internal sealed record LayerTensor(DenseLayer Layer, TensorRole Role, StoredTensor Stored);
