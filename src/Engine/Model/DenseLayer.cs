namespace MonaLisa.Engine;

/// <summary>One dense layer: <c>activation(weights · input + biases)</c>. Only the engine can change its numbers.</summary>
public sealed class DenseLayer
{
    /// <summary>Makes a layer with all weights zero.</summary>
    /// <param name="inputCount">Number of inputs, at least 1.</param>
    /// <param name="outputCount">Number of neurons, at least 1.</param>
    /// <param name="activation">The neurons' activation.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is below 1, or there would be more than <see cref="Array.MaxLength"/> weights.</exception>
    internal DenseLayer(int inputCount, int outputCount, Activation activation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)inputCount * outputCount, Array.MaxLength, nameof(outputCount));
        InputCount = inputCount;
        OutputCount = outputCount;
        Activation = activation;
        Weights = new float[inputCount * outputCount];
        Biases = new float[outputCount];
    }

    /// <summary>Number of inputs.</summary>
    public int InputCount { get; }

    /// <summary>Number of neurons.</summary>
    public int OutputCount { get; }

    /// <summary>The neurons' activation.</summary>
    public Activation Activation { get; }

    /// <summary>The weights, <c>[OutputCount, InputCount]</c>, row-major: a neuron's weights lie side by side.</summary>
    internal float[] Weights { get; }

    /// <summary>The biases, <c>[OutputCount]</c>.</summary>
    internal float[] Biases { get; }

    /// <summary>A copy that shares nothing with this layer.</summary>
    internal DenseLayer Clone()
    {
        var copy = new DenseLayer(InputCount, OutputCount, Activation);
        Weights.CopyTo(copy.Weights, 0);
        Biases.CopyTo(copy.Biases, 0);
        return copy;
    }

    /// <summary>Number of weights and biases.</summary>
    internal int Length => Weights.Length + Biases.Length;

    /// <summary>Fills layers with numbers, of each layer the weights and then the biases.</summary>
    internal static void Fill(IEnumerable<DenseLayer> layers, ReadOnlySpan<float> numbers)
    {
        foreach (DenseLayer layer in layers)
        {
            numbers[..layer.Weights.Length].CopyTo(layer.Weights);
            numbers[layer.Weights.Length..layer.Length].CopyTo(layer.Biases);
            numbers = numbers[layer.Length..];
        }
    }

    /// <summary>
    /// Copies the neurons that another layer has too; the one neuron of a layer whose output is grey gets the mean of those for red, green and blue.
    /// </summary>
    /// <param name="to">A layer of as many inputs or more; the weights of those beyond stay.</param>
    internal void CopyTo(DenseLayer to)
    {
        bool isGrey = to.OutputCount == 1 && OutputCount == MlpDesign.DefaultOutputCount;
        for (int neuron = 0; neuron < Math.Min(OutputCount, to.OutputCount); neuron++)
            CopyNeuron(neuron, to, isGrey ? OutputCount : 1);
    }

    /// <summary>Copies a neuron's weights and bias, or the mean of some neurons', into the neuron of the same number of another layer.</summary>
    private void CopyNeuron(int neuron, DenseLayer to, int count)
    {
        for (int input = 0; input < InputCount; input++)
            to.Weights[neuron * to.InputCount + input] =
                Enumerable.Range(neuron, count).Average(each => Weights[each * InputCount + input]);
        to.Biases[neuron] = Biases.AsSpan(neuron, count).ToArray().Average();
    }

    /// <inheritdoc/>
    public override string ToString() => $"{InputCount} -> {OutputCount} {Activation}";
}
