namespace MonaLisa.Engine.Tests;

/// <summary>
/// The 2012 program's algorithm in double precision: a pixel at a time, its deltas target - output, propagated back through the
/// weights as they were before this pixel, each layer at a rate of its own.
/// </summary>
internal sealed class ReferenceOnlineDescent
{
    private readonly double[][][] _weights;
    private readonly Activation _activation;
    private readonly double _omega, _sigma;

    /// <summary>Copies a network whose outputs are colours in [0, 1]; a neuron's last weight is its bias.</summary>
    public ReferenceOnlineDescent(Mlp network)
    {
        (_activation, _omega, _sigma) = (network.Activation, network.Design.Omega, network.Design.Sigma);
        _weights = [.. network.Layers.Select(layer => Enumerable.Range(0, layer.OutputCount).Select(neuron =>
            layer.Weights.Skip(neuron * layer.InputCount).Take(layer.InputCount).Append(layer.Biases[neuron]).Select(value => (double)value).ToArray())
            .ToArray())];
    }

    /// <summary>All weights, neuron after neuron, each followed by its bias.</summary>
    public double[] Weights => [.. _weights.SelectMany(layer => layer.SelectMany(neuron => neuron))];

    /// <summary>Sum of the squared errors that the pixels had before they were learned.</summary>
    public double SquaredErrors { get; private set; }

    /// <summary>Learns a pixel.</summary>
    public void Learn(ReferencePixel pixel, double rate)
    {
        int last = _weights.Length - 1;
        var inputs = new double[_weights.Length][];
        var sums = new double[_weights.Length][];
        double[] values = [pixel.First, pixel.Second];
        for (int layer = 0; layer <= last; layer++)
        {
            inputs[layer] = [.. values, 1];
            sums[layer] = [.. _weights[layer].Select(neuron => neuron.Zip(inputs[layer], (weight, input) => weight * input).Sum())];
            values = layer == last ? sums[layer] : [.. sums[layer].Select(z => ReferenceActivation.Apply(_activation, z, _omega, _sigma))];
        }
        double[] deltas = [.. pixel.Target.Zip(values, (target, output) => target - output)];
        SquaredErrors += deltas.Sum(delta => delta * delta);
        for (int layer = last; layer >= 0; layer--)
        {
            var below = new double[inputs[layer].Length - 1];
            double layerRate = rate / Math.Sqrt(inputs[layer].Length);
            for (int neuron = 0; neuron < deltas.Length; neuron++)
                for (int input = 0; input < inputs[layer].Length; input++)
                {
                    if (input < below.Length)
                        below[input] += deltas[neuron] * _weights[layer][neuron][input];
                    _weights[layer][neuron][input] += layerRate * deltas[neuron] * inputs[layer][input];
                }
            for (int input = 0; layer > 0 && input < below.Length; input++)
                below[input] *= ReferenceActivation.Derivative(_activation, sums[layer - 1][input], _omega, _sigma);
            deltas = below;
        }
    }
}
