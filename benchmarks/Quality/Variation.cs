using MonaLisa.Engine;

namespace MonaLisa.Quality;

/// <summary>One choice of a setting changed.</summary>
/// <param name="Choice">Which choice.</param>
/// <param name="Value">What it is changed to.</param>
/// <param name="Change">The changed setting for a picture; null where the setting has no such choice.</param>
internal sealed record Variation(string Choice, string Value, Func<Setting, PixelDataset, Setting?> Change)
{
    /// <summary>Choice and value.</summary>
    public string Name => $"{Choice} {Value}";

    /// <summary>Every change that is tried.</summary>
    public static IReadOnlyList<Variation> All { get; } =
    [
        .. Of("levels", [4, 6, 8, 10, 12, 16], (int levels) => Grid(shape => shape with { Levels = levels })),
        .. Of("features per level", [2, 4, 8], (int features) => Grid(shape => shape with { Features = features })),
        .. Of("coarsest resolution, vertices", [4, 8, 16, 32], (int vertices) => Grid(shape => shape with { Coarsest = vertices })),
        .. Of("finest resolution, vertices a pixel", [0.25, 0.5, 0.75, 1, 1.5], (double share) =>
            Grid((shape, picture) => shape with { Finest = Math.Max(1, share * Math.Min(picture.Width, picture.Height)) })),
        .. Of("grid values a pixel", [0.25, 0.5, 1, 1.5, 2, 3], (double share) =>
            Grid((shape, picture) => shape with { Values = Math.Max(1, (long)(share * picture.PixelCount)) })),
        .. Of("hidden layers", [[64], [32, 32], [64, 64], [128, 128], [64, 64, 64]], (int[] layers) =>
            Design(design => design with { HiddenLayers = layers }), layers => $"{layers.Length} x {layers[0]}"),
        .. Of("activation", [Activation.ReLU, Activation.LeakyReLU, Activation.GELU, Activation.Sine], (Activation activation) =>
            Design(design => design with { Activation = activation })),
        .. Of("learning rate", [2e-3, 5e-3, 1e-2, 2e-2, 4e-2], (double rate) => Options(options => options with { LearningRate = rate })),
        .. Of("batch, times the default", [0.25, 0.5, 2, 4], (double factor) => Options(options => options with
        {
            BatchSize = (int)Math.Clamp(factor * options.BatchSize, 1, TrainingOptions.MaxBatchSize),
        })),
        .. Of("beta2", [0.9, 0.95, 0.99, 0.999], (double beta2) =>
            Options(options => options.Optimizer == Optimizer.Adam ? options with { Beta2 = beta2 } : options)),
        .. Of("schedule", Enum.GetValues<LearningRateSchedule>(), (LearningRateSchedule schedule) =>
            Options(options => options with { Schedule = schedule })),
        .. Of("sampling", Enum.GetValues<PixelSampling>(), (PixelSampling sampling) =>
            Options(options => options with { Sampling = sampling })),
        .. Of("average", [0.99, 0.999], (double decay) => Options(options => options with { AverageDecay = decay })),
    ];

    private static IEnumerable<Variation> Of<T>(
        string choice, IEnumerable<T> values, Func<T, Func<Setting, PixelDataset, Setting?>> change, Func<T, string>? text = null) =>
        values.Select(value => new Variation(choice, text?.Invoke(value) ?? FormattableString.Invariant($"{value}"), change(value)));

    private static Func<Setting, PixelDataset, Setting?> Grid(Func<GridShape, GridShape> change) => Grid((shape, _) => change(shape));

    private static Func<Setting, PixelDataset, Setting?> Grid(Func<GridShape, PixelDataset, GridShape> change) => (setting, picture) =>
        setting.Design.Encoding is GridEncoding grid
            ? setting with { Design = setting.Design with { Encoding = change(GridShape.Of(grid), picture).For(picture) } } : null;

    private static Func<Setting, PixelDataset, Setting?> Design(Func<MlpDesign, MlpDesign> change) =>
        (setting, _) => setting with { Design = change(setting.Design) };

    private static Func<Setting, PixelDataset, Setting?> Options(Func<TrainingOptions, TrainingOptions> change) =>
        (setting, _) => setting with { Options = change(setting.Options) };
}
