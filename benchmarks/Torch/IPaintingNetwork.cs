using static TorchSharp.torch;

namespace MonaLisa.Torch;

/// <summary>A network from coordinates to colours, whose parameters its training step holds.</summary>
internal interface IPaintingNetwork
{
    /// <summary>New parameters.</summary>
    Tensor[] DrawParameters();

    /// <summary>The outputs for a batch.</summary>
    /// <param name="inputs"><c>[batch, 2]</c>.</param>
    /// <param name="parameters">As <see cref="DrawParameters"/> gives them.</param>
    Tensor Forward(Tensor inputs, IReadOnlyList<Tensor> parameters);
}
