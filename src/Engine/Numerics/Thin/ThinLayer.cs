namespace MonaLisa.Engine.Numerics;

/// <summary>A thin dense layer.</summary>
/// <param name="weights"><c>[outputs, inputs]</c>.</param>
/// <param name="biases"><c>[outputs]</c>.</param>
/// <param name="inputs">Inputs.</param>
/// <param name="outputs">Outputs.</param>
/// <param name="rectifies">Whether its outputs are ReLU's.</param>
internal readonly unsafe struct ThinLayer(float* weights, float* biases, int inputs, int outputs, bool rectifies)
{
    /// <summary><c>[outputs, inputs]</c>.</summary>
    public readonly float* Weights = weights;

    /// <summary><c>[outputs]</c>.</summary>
    public readonly float* Biases = biases;

    /// <summary>Inputs.</summary>
    public readonly int Inputs = inputs;

    /// <summary>Outputs.</summary>
    public readonly int Outputs = outputs;

    /// <summary>Whether its outputs are ReLU's.</summary>
    public readonly bool Rectifies = rectifies;
}
