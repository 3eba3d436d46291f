namespace MonaLisa.Engine.Storage;

/// <summary>The largest model that is saved or loaded: a file from a stranger may claim anything.</summary>
internal static class ModelLimits
{
    /// <summary>The most weights and biases.</summary>
    public const long MaxParameters = MlpDesign.MaxParameters;

    /// <summary>The longest header in bytes. The deepest network, with a scale for every layer, needs a tenth of it.</summary>
    public const int MaxHeaderLength = 1 << 20;

    /// <summary>The most tensors: weights, scales and biases of every layer, and the levels of a grid.</summary>
    public const int MaxTensors = 3 * (MlpDesign.MaxDepth + 1) + GridEncoding.MaxLevelCount;

    /// <summary>The most pixels of the learned picture: what a <see cref="PixelDataset"/> can have.</summary>
    public const long MaxPixels = PixelDataset.MaxPixelCount;

    /// <summary>Throws where a network has more numbers than any that is loaded.</summary>
    public static void RequireModestSize(MlpDesign design, ModelFaults faults)
    {
        long parameters = ParameterBudget.CountParameters(design);
        if (parameters > MaxParameters)
            throw faults.Of(ModelFileProblem.TooLarge,
                $"its network has {parameters} weights and biases, and the most that is loaded is {MaxParameters}");
    }
}
