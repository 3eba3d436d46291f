using MonaLisa.Engine;

namespace MonaLisa.Quality;

/// <summary>A network and how it is trained.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Design">The network.</param>
/// <param name="Options">How it is trained.</param>
/// <param name="TargetMae">Ends the run at the first epoch whose measured MAE is no more, or null.</param>
internal sealed record Setting(string Name, MlpDesign Design, TrainingOptions Options, double? TargetMae = null)
{
    /// <summary>The 2012 program's MAE after 22 epochs.</summary>
    private const double Mae2012 = 0.0435;

    /// <summary>The longest a run to <see cref="Mae2012"/> may take; its schedule is planned for this time.</summary>
    private static readonly TimeSpan TargetTime = TimeSpan.FromSeconds(20);

    /// <summary>Every setting of the table.</summary>
    public static IReadOnlyList<Setting> All(QualityOptions options)
    {
        TrainingOptions timed = new() { MaxTime = options.Time, Seed = options.Seed, ThreadCount = options.Threads };
        int[] deep = [300, 300, 300], wide = [ParameterBudget.WidthFor(1, ParameterBudget.CountParameters(3, 300))];
        MlpDesign Dense(int[] layers, Activation activation) => TrainingDefaults.Design(layers, activation, options.Seed);
        return
        [
            new("default", TrainingDefaults.Design(options.Seed), timed),
            new("three layers, sine", Dense(deep, Activation.Sine), timed),
            new("one layer, sine", Dense(wide, Activation.Sine), timed),
            new("three layers, ReLU", Dense(deep, Activation.ReLU), timed),
            new("one layer, ReLU", Dense(wide, Activation.ReLU), timed),
            new($"six layers, leaky ReLU, to MAE {Mae2012}", Dense([300, 300, 300, 300, 300, 300], Activation.LeakyReLU),
                timed with { MaxTime = TargetTime, BatchSize = 256, MeasureEachEpoch = true }, Mae2012),
            new("2012 preset", NetworkPresets.Design(NetworkPreset.MonaLisa2012, options.Seed),
                TrainingOptions.MonaLisa2012 with { Epochs = options.PresetEpochs, Seed = options.Seed }),
        ];
    }

    /// <summary>Trains it.</summary>
    public TrainingRun Train(PixelDataset picture)
    {
        using var reached = new CancellationTokenSource();
        return Trainer.Train(picture, new Mlp(Design), Options, epochDone: epoch =>
        {
            if (epoch.Mae <= TargetMae)
                reached.Cancel();
        }, cancellationToken: reached.Token);
    }
}
