namespace MonaLisa.Engine.Tests;

/// <summary>
/// The same network in double precision and plain loops, sharing no code with the engine: what every fast path is compared with.
/// All parameters lie in one array, neuron after neuron, each neuron's weights followed by its bias.
/// </summary>
internal sealed class ReferenceNetwork
{
    private readonly MlpDesign _design;
    private readonly int[] _widths, _starts;

    /// <summary>Copies a network's weights.</summary>
    public ReferenceNetwork(Mlp network)
    {
        _design = network.Design;
        Encoding = new ReferenceEncoding(network);
        _widths = [network.Design.Encoding.FeatureCount, .. network.Design.HiddenLayers, network.OutputCount];
        _starts = new int[LayerCount + 1];
        for (int layer = 0; layer < LayerCount; layer++)
            _starts[layer + 1] = _starts[layer] + _widths[layer + 1] * (_widths[layer] + 1);
        Parameters = Flatten(network);
    }

    /// <summary>All weights and biases.</summary>
    public double[] Parameters { get; }

    /// <summary>What lies before the layers.</summary>
    public ReferenceEncoding Encoding { get; }

    /// <summary>Layers, the output layer counted in.</summary>
    public int LayerCount => _widths.Length - 1;

    /// <summary>A network's weights and biases in the order of <see cref="Parameters"/>.</summary>
    public static double[] Flatten(Mlp network)
    {
        var values = new List<double>();
        foreach (DenseLayer layer in network.Layers)
            for (int neuron = 0; neuron < layer.OutputCount; neuron++)
            {
                for (int input = 0; input < layer.InputCount; input++)
                    values.Add(layer.Weights[neuron * layer.InputCount + input]);
                values.Add(layer.Biases[neuron]);
            }
        return [.. values];
    }

    /// <summary>Where a layer's parameters lie.</summary>
    public Range RangeOf(int layer) => _starts[layer].._starts[layer + 1];

    /// <summary>Inputs of a layer.</summary>
    public int InputsOf(int layer) => _widths[layer];

    /// <summary>The colour the network gives a pixel, nominally in [0, 1].</summary>
    public double[] Color(double first, double second) => [.. Outputs(first, second).Select(ToColor)];

    /// <summary>The network's own outputs.</summary>
    public double[] Outputs(double first, double second) => Activations(first, second, out _)[^1];

    /// <summary>How near any hidden neuron's weighted sum comes to zero, where the rectifiers have their kink.</summary>
    public double DistanceToKink(double first, double second)
    {
        Activations(first, second, out double[][] sums);
        return sums[..^1].Min(layer => layer.Min(Math.Abs));
    }

    /// <summary>The mean loss.</summary>
    public double Loss(IReadOnlyCollection<ReferencePixel> pixels, LossFunction loss, double huberDelta = ReferenceLoss.HuberDelta)
    {
        double sum = 0;
        foreach (ReferencePixel pixel in pixels)
        {
            double[] color = Color(pixel.First, pixel.Second);
            for (int channel = 0; channel < OutputCount; channel++)
                sum += ReferenceLoss.Value(loss, color[channel] - pixel.Target[channel], huberDelta, OutputCount);
        }
        return sum / pixels.Count;
    }

    /// <summary>The mean loss's derivatives by every parameter, in their order.</summary>
    public double[] Gradient(IReadOnlyCollection<ReferencePixel> pixels, LossFunction loss, double huberDelta = ReferenceLoss.HuberDelta) =>
        Gradient(pixels, loss, out _, huberDelta);

    /// <summary>The same, and the derivatives by the encoding's tables.</summary>
    public double[] Gradient(
        IReadOnlyCollection<ReferencePixel> pixels, LossFunction loss, out double[][] tableGradients, double huberDelta = ReferenceLoss.HuberDelta)
    {
        var gradient = new double[Parameters.Length];
        tableGradients = [.. Encoding.Tensors.Select(tensor => new double[tensor.Length])];
        foreach (ReferencePixel pixel in pixels)
        {
            double[][] activations = Activations(pixel.First, pixel.Second, out double[][] sums);
            var errors = new double[OutputCount];
            for (int channel = 0; channel < OutputCount; channel++)
                errors[channel] = ColorScale / pixels.Count *
                    ReferenceLoss.Derivative(loss, ToColor(activations[^1][channel]) - pixel.Target[channel], huberDelta, OutputCount);
            for (int layer = LayerCount - 1; layer >= 0; layer--)
                errors = Backward(layer, errors, activations[layer], layer == 0 ? null : sums[layer - 1], gradient);
            Encoding.AddGradient(pixel.First, pixel.Second, errors, tableGradients);
        }
        return gradient;
    }

    private double ColorScale => _design.Colors == ColorRange.Symmetric ? 0.5 : 1;

    private int OutputCount => _widths[^1];

    private double ToColor(double output) => _design.Colors == ColorRange.Symmetric ? (output + 1) / 2 : output;

    private double[] Backward(int layer, double[] errors, double[] inputs, double[]? sumsBelow, double[] gradient)
    {
        var errorsBelow = new double[inputs.Length];
        for (int neuron = 0; neuron < errors.Length; neuron++)
        {
            int start = _starts[layer] + neuron * (inputs.Length + 1);
            for (int input = 0; input < inputs.Length; input++)
            {
                gradient[start + input] += errors[neuron] * inputs[input];
                errorsBelow[input] += errors[neuron] * Parameters[start + input];
            }
            gradient[start + inputs.Length] += errors[neuron];
        }
        for (int input = 0; sumsBelow is not null && input < inputs.Length; input++)
            errorsBelow[input] *= ReferenceActivation.Derivative(_design.Activation, sumsBelow[input], _design.Omega, _design.Sigma);
        return errorsBelow;
    }

    private double[][] Activations(double first, double second, out double[][] sums)
    {
        var activations = new double[LayerCount + 1][];
        sums = new double[LayerCount][];
        activations[0] = Encoding.Features(first, second);
        for (int layer = 0; layer < LayerCount; layer++)
        {
            double[] inputs = activations[layer];
            double[] sum = sums[layer] = new double[_widths[layer + 1]];
            for (int neuron = 0; neuron < sum.Length; neuron++)
            {
                int start = _starts[layer] + neuron * (inputs.Length + 1);
                double total = Parameters[start + inputs.Length];
                for (int input = 0; input < inputs.Length; input++)
                    total += Parameters[start + input] * inputs[input];
                sum[neuron] = total;
            }
            Activation activation = layer == LayerCount - 1 ? Activation.Identity : _design.Activation;
            activations[layer + 1] = [.. sum.Select(z => ReferenceActivation.Apply(activation, z, _design.Omega, _design.Sigma))];
        }
        return activations;
    }
}
