using MonaLisa.Engine;

namespace MonaLisa.Quality;

/// <summary>The settings that are compared at equal time.</summary>
internal static class NamedSettings
{
    /// <summary>The 2012 program's MAE after 22 epochs.</summary>
    private const double Mae2012 = 0.0435;

    /// <summary>The longest a run to <see cref="Mae2012"/> may take; its schedule is planned for this time.</summary>
    private static readonly TimeSpan TargetTime = TimeSpan.FromSeconds(20);

    /// <summary>Every setting of the table.</summary>
    /// <param name="picture">The picture, by which the defaults go.</param>
    /// <param name="time">Training time of each.</param>
    /// <param name="options">Seed, threads and epochs of the preset.</param>
    public static IReadOnlyList<Setting> All(PixelDataset picture, TimeSpan time, QualityOptions options)
    {
        TrainingOptions timed = new() { MaxTime = time, Seed = options.Seed, ThreadCount = options.Threads };
        TrainingPlan plan = TrainingDefaults.For(picture, TrainingQuality.Standard, options.Seed);
        int[] deep = [300, 300, 300], wide = [ParameterBudget.WidthFor(1, ParameterBudget.CountParameters(3, 300))];
        MlpDesign Dense(int[] layers, Activation activation) => TrainingDefaults.Design(layers, activation, options.Seed);
        return
        [
            new("default", plan.Design, plan.Options with { MaxTime = time, Epochs = null, ThreadCount = options.Threads }),
            new("dense default", TrainingDefaults.Design(options.Seed), timed),
            new("three layers, sine", Dense(deep, Activation.Sine), timed),
            new("one layer, sine", Dense(wide, Activation.Sine), timed),
            new("three layers, ReLU", Dense(deep, Activation.ReLU), timed),
            new("one layer, ReLU", Dense(wide, Activation.ReLU), timed),
            new($"six layers, leaky ReLU, to MAE {Mae2012}", Dense([300, 300, 300, 300, 300, 300], Activation.LeakyReLU),
                timed with { MaxTime = TargetTime, BatchSize = 256, MeasureEachEpoch = true }) { TargetMae = Mae2012 },
            new("2012 preset", NetworkPresets.Design(NetworkPreset.MonaLisa2012, options.Seed),
                TrainingOptions.MonaLisa2012 with { Epochs = options.PresetEpochs, Seed = options.Seed }),
        ];
    }
}
