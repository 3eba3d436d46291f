using MonaLisa.Engine;

namespace MonaLisa.Quality;

/// <summary>
/// The networks whose compressed files are compared with picture formats, from few weights to many; every run ends by its epochs.
/// </summary>
internal static class CompressionSettings
{
    /// <summary>The settings for a picture.</summary>
    public static IReadOnlyList<Setting> All(PixelDataset picture, QualityOptions options)
    {
        TrainingPlan plan = TrainingDefaults.For(picture, TrainingQuality.Standard, options.Seed);
        TrainingOptions sine = new() { Epochs = 100, Optimizer = Optimizer.Muon, Seed = options.Seed, ThreadCount = options.Threads };
        TrainingOptions grid = plan.Options with { MaxTime = null, Epochs = 60, ThreadCount = options.Threads };
        return
        [
            new("sine 5 x 28", TrainingDefaults.Design([28, 28, 28, 28, 28], seed: options.Seed), sine),
            new("sine 3 x 64", TrainingDefaults.Design([64, 64, 64], seed: options.Seed), sine),
            new("grid, 0.05 values a pixel", Grid(picture, 0.05, options), grid),
            new("grid, 0.2 values a pixel", Grid(picture, 0.2, options), grid),
            new("grid, 0.6 values a pixel", Grid(picture, 0.6, options), grid),
            new("default", plan.Design, grid),
        ];
    }

    /// <summary>A grid without shared entries: as fine as its budget allows.</summary>
    private static MlpDesign Grid(PixelDataset picture, double valuesPerPixel, QualityOptions options)
    {
        const int Levels = 5, Features = 2;
        const double Coarsest = 8;
        double shorter = Math.Min(picture.Width, picture.Height);
        long budget = (long)(valuesPerPixel * picture.PixelCount);
        double finest = shorter;
        GridEncoding encoding;
        do
        {
            encoding = GridEncoding.For(picture.Width, picture.Height, Levels, Coarsest, finest, featuresPerLevel: Features);
            finest *= 0.98;
        }
        while (encoding.ParameterCount > budget && finest > Coarsest);
        return new MlpDesign { HiddenLayers = [32], Activation = Activation.ReLU, Seed = options.Seed }.With(encoding);
    }
}
