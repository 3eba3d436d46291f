using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine;

/// <summary>Shapes networks to a number of parameters, so that deep and shallow ones can be compared fairly.</summary>
internal static class ParameterBudget
{
    /// <summary>The width of <paramref name="depth"/> equal hidden layers whose parameters are as many as the budget allows.</summary>
    /// <param name="depth">Number of hidden layers, 1 to <see cref="MlpDesign.MaxDepth"/>.</param>
    /// <param name="parameters">The most weights and biases the network may have, an encoding's trained values among them.</param>
    /// <param name="outputCount">Outputs of the network: 1, 3 or 4.</param>
    /// <param name="encoding">What the first layer sees; null for the coordinates as they are.</param>
    /// <returns>The width of each hidden layer, 1 to <see cref="MlpDesign.MaxWidth"/>.</returns>
    /// <exception cref="ArgumentException">
    /// The budget is too small for the encoding and one neuron in each layer, or larger than any network of this depth or any at all; or
    /// the depth is out of range.
    /// </exception>
    public static int WidthFor(
        int depth, long parameters, int outputCount = MlpDesign.DefaultOutputCount, InputEncoding? encoding = null)
    {
        if (depth is < 1 or > MlpDesign.MaxDepth)
            throw new ArgumentException($"A network has 1 to {MlpDesign.MaxDepth} hidden layers; {depth} were asked for.");
        long fewest = CountParameters(depth, 1, outputCount, encoding), tables = encoding?.ParameterCount ?? 0;
        if (fewest > parameters)
            throw new ArgumentException(
                $"A budget of {Counted.Text(parameters, "parameter")} is too small for {Counted.Text(depth, "hidden layer")}: one neuron in each already takes {fewest}" +
                (tables == 0 ? "." : $", {tables} of them in the encoding's tables. Make the tables smaller, or the budget larger."));
        long widest = CountParameters(depth, MlpDesign.MaxWidth, outputCount, encoding), most = Math.Min(widest, MlpDesign.MaxParameters);
        if (parameters > most)
            throw new ArgumentException(FormattableString.Invariant(
                $"A budget of {Counted.Text(parameters, "parameter")} is too large: {(widest > most ? "a network" : Counted.Text(depth, "hidden layer"))} ") +
                $"can have at most {most}. Make the budget smaller" + (widest > most ? "." : ", or choose a larger Depth."));
        int low = 1, high = MlpDesign.MaxWidth;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (CountParameters(depth, middle, outputCount, encoding) <= parameters)
                low = middle;
            else
                high = middle - 1;
        }
        return low;
    }

    /// <summary>Weights and biases of a network of <paramref name="depth"/> hidden layers of <paramref name="width"/> neurons.</summary>
    /// <param name="depth">Number of hidden layers.</param>
    /// <param name="width">Neurons in each.</param>
    /// <param name="outputCount">Outputs.</param>
    /// <param name="encoding">What the first layer sees, its trained values counted; null for the coordinates as they are.</param>
    public static long CountParameters(
        int depth, int width, int outputCount = MlpDesign.DefaultOutputCount, InputEncoding? encoding = null)
    {
        encoding ??= InputEncoding.None;
        return encoding.ParameterCount +
            (encoding.FeatureCount + 1L) * width + (depth - 1L) * (width + 1L) * width + (width + 1L) * outputCount;
    }

    /// <summary>Weights and biases of a network of a design, which need not be one that can be made.</summary>
    public static long CountParameters(MlpDesign design)
    {
        long parameters = design.Encoding.ParameterCount, inputs = design.Encoding.FeatureCount;
        foreach (int outputs in design.HiddenLayers.Append(design.OutputCount))
        {
            parameters += (inputs + 1) * outputs;
            inputs = outputs;
        }
        return parameters;
    }
}
