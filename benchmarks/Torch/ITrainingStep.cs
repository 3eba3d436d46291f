using static TorchSharp.torch;

namespace MonaLisa.Torch;

/// <summary>One way to write a training step: forward, mean squared error, backward, Adam.</summary>
internal interface ITrainingStep
{
    /// <summary>What tells it apart.</summary>
    string Name { get; }

    /// <summary>Learns from a batch.</summary>
    /// <param name="inputs"><c>[batch, 2]</c>.</param>
    /// <param name="targets"><c>[batch, 3]</c>.</param>
    void Run(Tensor inputs, Tensor targets);
}
