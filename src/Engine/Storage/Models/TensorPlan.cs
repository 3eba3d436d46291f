namespace MonaLisa.Engine.Storage;

/// <summary>The stored tensors of a layer, found to fit it.</summary>
/// <param name="Weight">The weights.</param>
/// <param name="Scale">The scales of 8-bit weights; null for others.</param>
/// <param name="Bias">The biases.</param>
internal sealed record TensorPlan(StoredTensor Weight, StoredTensor? Scale, StoredTensor Bias);
