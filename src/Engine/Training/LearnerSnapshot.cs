namespace MonaLisa.Engine.Training;

/// <summary>Everything that the next steps of a learner depend on besides the options and the number of steps.</summary>
internal sealed class LearnerSnapshot
{
    private LearnerSnapshot(Mlp network, IReadOnlyList<ParameterValues> states, ErrorCodes? errors) =>
        (Network, States, Errors) = (network, states, errors);

    /// <summary>The weights as the last step left them: not the average, and gaps not filled.</summary>
    public Mlp Network { get; }

    /// <summary>What the optimizer remembers, and the average of the weights.</summary>
    public IReadOnlyList<ParameterValues> States { get; }

    /// <summary>What is remembered of the pixels' errors; null where pixels are not drawn by them.</summary>
    public ErrorCodes? Errors { get; }

    /// <summary>What is remembered under a name, one of <see cref="StateNames"/>.</summary>
    public ParameterValues this[string name] => States.Single(state => state.Name == name);

    /// <summary>Room, all zero, for what a run remembers.</summary>
    /// <param name="design">The run's network.</param>
    /// <param name="options">The run's options with every default filled in.</param>
    /// <param name="pixelCount">The picture's training pixels.</param>
    public static LearnerSnapshot For(MlpDesign design, TrainingOptions options, int pixelCount)
    {
        var network = Mlp.FromLayers(design, design.CreateLayers(), CreateTensors(design));
        return new LearnerSnapshot(network, [.. StatesOf(design, options)], HasErrors(options) ? ErrorCodes.For(pixelCount) : null);
    }

    /// <summary>Room for what a run of a network remembers; numbers of the encoding that are not trained are there already.</summary>
    public static LearnerSnapshot For(Mlp network, TrainingOptions options, int pixelCount)
    {
        LearnerSnapshot snapshot = For(network.Design, options, pixelCount);
        for (int i = 0; i < network.EncodingTensors.Count; i++)
            network.EncodingTensors[i].Values.CopyTo(snapshot.Network.EncodingTensors[i].Values, 0);
        return snapshot;
    }

    /// <summary>The bytes that <see cref="For(MlpDesign, TrainingOptions, int)"/> makes room for.</summary>
    public static long CountBytes(MlpDesign design, TrainingOptions options, int pixelCount) =>
        CountValues(design, options) * sizeof(float) + (HasErrors(options) ? 2L * pixelCount : 0);

    private static bool HasErrors(TrainingOptions options) => options.Sampling == PixelSampling.ErrorWeighted;

    private static long CountValues(MlpDesign design, TrainingOptions options)
    {
        long tables = design.Encoding.TensorShapes.Sum(shape => shape.Length);
        long trainedTables = design.Encoding.IsTrained ? tables : 0;
        long all = ParameterBudget.CountParameters(design), layers = all - trainedTables;
        if (PixelLearners.IsPixelByPixel(design, options))
            return layers + tables;
        long average = options.AverageDecay is null ? 0 : all;
        return layers + tables + average + OptimizerStates(options.Optimizer).Length * layers + 2 * trainedTables;
    }

    private static IEnumerable<ParameterValues> StatesOf(MlpDesign design, TrainingOptions options)
    {
        if (PixelLearners.IsPixelByPixel(design, options))
            yield break;
        bool hasTables = design.Encoding.IsTrained;
        if (options.AverageDecay is not null)
            yield return new ParameterValues(StateNames.Average, design.CreateLayers(), hasTables ? CreateTensors(design) : []);
        foreach (string name in OptimizerStates(options.Optimizer))
            yield return new ParameterValues(name, design.CreateLayers(), []);
        if (!hasTables)
            yield break;
        foreach (string name in (string[])[StateNames.TableMean, StateNames.TableVariance])
            yield return new ParameterValues(name, [], CreateTensors(design));
    }

    private static string[] OptimizerStates(Optimizer optimizer) => optimizer switch
    {
        Optimizer.Adam or Optimizer.AdamW => [StateNames.Mean, StateNames.Variance],
        Optimizer.Muon => [StateNames.Mean, StateNames.Variance, StateNames.Momentum],
        Optimizer.Sgd or Optimizer.Nesterov => [StateNames.Velocity],
        Optimizer.RMSProp => [StateNames.Square, StateNames.Velocity],
        _ => throw new ArgumentOutOfRangeException(nameof(optimizer), optimizer, "There is no such optimizer."),
    };

    private static EncodingTensor[] CreateTensors(MlpDesign design) =>
        [.. design.Encoding.TensorShapes.Select(shape => new EncodingTensor(shape))];
}
