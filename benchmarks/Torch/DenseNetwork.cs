using static TorchSharp.torch;

namespace MonaLisa.Torch;

/// <summary>
/// The network as libtorch computes it fastest: one fused product and bias a layer, activations in place where autograd lets them.
/// </summary>
internal sealed class DenseNetwork(IReadOnlyList<int> hiddenLayers, bool isSine, int inputCount = DenseNetwork.CoordinateCount)
    : IPaintingNetwork
{
    public const int CoordinateCount = 2, OutputCount = 3;

    private const float Omega = 30;

    /// <summary>The layers' shapes, <c>[outputs, inputs]</c>, the output layer's last.</summary>
    public IReadOnlyList<(int Outputs, int Inputs)> Shapes { get; } =
        [.. hiddenLayers.Append(OutputCount).Zip(hiddenLayers.Prepend(inputCount))];

    /// <summary>Weights drawn for the activation, and zero biases: weight, bias, weight, bias ...</summary>
    public Tensor[] DrawParameters()
    {
        var parameters = new List<Tensor>();
        foreach ((int outputs, int inputs) in Shapes)
        {
            double limit = Math.Sqrt(6.0 / inputs);
            if (isSine)
                limit = parameters.Count == 0 ? 1.0 / inputs : limit / Omega;
            parameters.Add((rand(outputs, inputs) * 2 - 1) * limit);
            parameters.Add(zeros(outputs));
        }
        return [.. parameters];
    }

    /// <summary>The outputs for a batch.</summary>
    /// <param name="inputs"><c>[batch, inputs]</c>.</param>
    /// <param name="parameters">As <see cref="DrawParameters"/> gives them.</param>
    public Tensor Forward(Tensor inputs, IReadOnlyList<Tensor> parameters)
    {
        Tensor values = inputs;
        for (int i = 0; i < parameters.Count; i += 2)
        {
            values = nn.functional.linear(values, parameters[i], parameters[i + 1]);
            if (i < parameters.Count - 2)
                values = isSine ? values.mul_(Omega).sin() : values.relu_();
        }
        return values;
    }
}
