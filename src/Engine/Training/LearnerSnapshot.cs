namespace MonaLisa.Engine.Training;

/// <summary>A number for each parameter of a network, in the network's own layout, whatever the provider's is.</summary>
/// <param name="Name">What it is: one of the names in <see cref="LearnerSnapshot"/> or <see cref="OptimizerKind.StateNames"/>.</param>
/// <param name="Layers">For the layers, shaped as they are; empty where it is for the tables alone.</param>
/// <param name="Tables">For the encoding's tables, shaped as they are; empty where it is for the layers alone.</param>
internal sealed record ParameterValues(string Name, IReadOnlyList<DenseLayer> Layers, IReadOnlyList<EncodingTensor> Tables);

/// <summary>What an <see cref="ErrorSampler"/> remembers of each training pixel's error, in its codes.</summary>
/// <param name="Noted">The errors when the pixels last came.</param>
/// <param name="DrawnBy">The errors that the epoch under way was drawn by.</param>
internal sealed record ErrorCodes(byte[] Noted, byte[] DrawnBy)
{
    /// <summary>Room for pixels.</summary>
    public static ErrorCodes For(int pixelCount) => new(new byte[pixelCount], new byte[pixelCount]);
}

/// <summary>Everything that the next steps of a learner depend on besides the options and the number of steps.</summary>
internal sealed class LearnerSnapshot
{
    /// <summary>The name of the average of the weights; see <see cref="WeightAverage{TVector, TOps}"/>.</summary>
    public const string Average = "average";

    /// <summary>The names of Adam's moments of the tables' gradients, whatever the layers' optimizer, and of what is added up for the next step of large ones.</summary>
    public const string TableMean = "table-mean", TableVariance = "table-variance", TableGradient = "table-gradient";

    private LearnerSnapshot(
        Mlp network, IReadOnlyList<ParameterValues> states, float[] tableMeanSquares, ErrorCodes? errors, LatentState? latents) =>
        (Network, States, TableMeanSquares, Errors, Latents) = (network, states, tableMeanSquares, errors, latents);

    /// <summary>The weights as the last step left them: not the average, and gaps not filled.</summary>
    public Mlp Network { get; }

    /// <summary>What the optimizer remembers, and the average of the weights.</summary>
    public IReadOnlyList<ParameterValues> States { get; }

    /// <summary>The mean square of the gradients of each table of the encoding; empty where tables are not trained by NovoGrad.</summary>
    public float[] TableMeanSquares { get; }

    /// <summary>What is remembered of the pixels' errors; null where pixels are not drawn by them.</summary>
    public ErrorCodes? Errors { get; }

    /// <summary>What a run with latents remembers; null for other runs.</summary>
    public LatentState? Latents { get; }

    /// <summary>What is remembered under a name.</summary>
    public ParameterValues this[string name] => States.Single(state => state.Name == name);

    /// <summary>Room, all zero, for what a run remembers.</summary>
    /// <param name="design">The run's network.</param>
    /// <param name="options">The run's options with every default filled in.</param>
    /// <param name="pixelCount">The picture's training pixels.</param>
    public static LearnerSnapshot For(MlpDesign design, TrainingOptions options, int pixelCount)
    {
        var network = Mlp.Zeros(design);
        ParameterValues[] states = [.. StatesOf(design, options).Select(state => new ParameterValues(
            state.Name, state.HasLayers ? design.CreateLayers() : [], state.HasTables ? design.Encoding.CreateTensors() : []))];
        return new LearnerSnapshot(
            network, states, new float[CountMeanSquares(design, options)], HasErrors(design, options) ? ErrorCodes.For(pixelCount) : null,
            HasLatents(design) ? LatentState.For(design) : null);
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
        CountValues(design, options) * sizeof(float) + (HasErrors(design, options) ? 2L * pixelCount : 0) +
        (HasLatents(design) ? LatentState.CountBytes(design) : 0);

    private static bool HasLatents(MlpDesign design) => design.Encoding.Kind == EncodingKind.Latent;

    private static bool HasErrors(MlpDesign design, TrainingOptions options) => options.Sampling == PixelSampling.ErrorWeighted && !HasLatents(design);

    private static long CountValues(MlpDesign design, TrainingOptions options)
    {
        long tables = design.Encoding.TensorShapes.Sum(shape => shape.Length);
        long layers = ParameterBudget.CountParameters(design) - design.Encoding.ParameterCount;
        return layers + tables + CountMeanSquares(design, options) +
            StatesOf(design, options).Sum(state => (state.HasLayers ? layers : 0) + (state.HasTables ? tables : 0));
    }

    private static int CountMeanSquares(MlpDesign design, TrainingOptions options) =>
        design.Encoding.IsTrained && options.TableOptimizer == TableOptimizer.NovoGrad ? design.Encoding.TensorShapes.Count : 0;

    /// <summary>What is remembered, in the order of a checkpoint.</summary>
    private static IEnumerable<(string Name, bool HasLayers, bool HasTables)> StatesOf(MlpDesign design, TrainingOptions options)
    {
        if (HasLatents(design) || PixelLearner.IsPixelByPixel(design, options))
            yield break;
        if (options.AverageDecay is not null)
            yield return (Average, true, design.Encoding.IsTrained);
        foreach (string name in Optimizers.Of(options.Optimizer).StateNames)
            yield return (name, true, false);
        if (!design.Encoding.IsTrained || options.TableOptimizer == TableOptimizer.NovoGrad)
            yield break;
        yield return (TableMean, false, true);
        yield return (TableVariance, false, true);
        if (options.TableOptimizer == TableOptimizer.AccumulatedAdam)
            yield return (TableGradient, false, true);
    }
}
