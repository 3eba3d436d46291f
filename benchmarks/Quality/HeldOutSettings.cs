using MonaLisa.Engine;

namespace MonaLisa.Quality;

/// <summary>The published networks whose colours at pixels that they were not shown are compared, each with its paper's training.</summary>
internal static class HeldOutSettings
{
    /// <summary>Steps of the Fourier features paper's runs.</summary>
    public const int UsualSteps = 2000;

    /// <summary>Every network; the last is this project's default, which trains as its plan says.</summary>
    /// <param name="picture">The picture, its pixels' roles given.</param>
    /// <param name="options">Steps or time, batch, seed and threads.</param>
    public static IReadOnlyList<Setting> All(PixelDataset picture, QualityOptions options)
    {
        int batch = Math.Min(options.Batch ?? picture.TrainingPixelCount, picture.TrainingPixelCount);
        int stepsPerEpoch = (picture.TrainingPixelCount + batch - 1) / batch;
        TrainingOptions training = new()
        {
            MaxTime = options.Time,
            Epochs = options.Time is null ? Math.Max(1, (options.Steps ?? UsualSteps) / stepsPerEpoch) : null,
            BatchSize = batch,
            Seed = options.Seed,
            ThreadCount = options.Threads,
        };
        // The papers train whole pictures at one rate throughout; in batches that leaves noise.
        LearningRateSchedule schedule = options.Batch is null ? LearningRateSchedule.Constant : LearningRateSchedule.Cosine;
        // Tancik et al. 2020 and its code: four layers of 256, Adam at 1e-3.
        TrainingOptions paper = training with { LearningRate = 1e-3, Schedule = schedule };
        MlpDesign rectifier = new() { HiddenLayers = [256, 256, 256, 256], Activation = Activation.ReLU, Seed = options.Seed };
        // Sitzmann et al. 2020 and its code: the first layer and three more, Adam at 1e-4.
        MlpDesign siren = new() { HiddenLayers = [256, 256, 256, 256], Activation = Activation.Sine, Omega = 30, Seed = options.Seed };
        // NVlabs/instant-ngp, configs/image/base.json: resolutions up to half of the picture's, tables as large as it takes.
        MlpDesign grid = new() { HiddenLayers = [64, 64], Activation = Activation.ReLU, Seed = options.Seed };
        double finest = Math.Min(picture.Width, picture.Height) / 2.0;
        return
        [
            new("none + ReLU 4 x 256", rectifier, paper),
            new("NeRF frequencies + ReLU 4 x 256", rectifier.With(FrequencyEncoding.For(picture.Width, picture.Height)), paper),
            new("256 Fourier features, sigma 10 + ReLU 4 x 256", rectifier.With(new FourierEncoding { Count = 256, Sigma = 10 }), paper),
            new("SIREN, omega 30, 4 x 256", siren, paper with { LearningRate = 1e-4 }),
            new("instant-ngp grid + ReLU 2 x 64",
                grid.With(GridEncoding.For(picture.Width, picture.Height, levelCount: 16, Math.Min(16, finest), finest)),
                paper with { LearningRate = 1e-2, Beta2 = 0.99, Epsilon = 1e-15 }),
            Setting.Default(picture, TrainingQuality.Standard, options, keepsItsTime: true) with
            {
                Name = "the default for pictures with gaps",
            },
        ];
    }
}
