namespace MonaLisa.Engine.Storage;

/// <summary>What a tensor is to its layer.</summary>
internal enum TensorRole
{
    /// <summary>The weights.</summary>
    Weight,

    /// <summary>What each neuron's 8-bit weights are multiplied by.</summary>
    Scale,

    /// <summary>The biases.</summary>
    Bias,
}
