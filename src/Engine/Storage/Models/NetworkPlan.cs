namespace MonaLisa.Engine.Storage;

/// <summary>The stored tensors of a network, found to fit it.</summary>
/// <param name="Encoding">The encoding's tensors.</param>
/// <param name="Layers">Each layer's.</param>
internal sealed record NetworkPlan(IReadOnlyList<StoredTensor> Encoding, IReadOnlyList<TensorPlan> Layers);
