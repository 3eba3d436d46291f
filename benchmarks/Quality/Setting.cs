using MonaLisa.Engine;

namespace MonaLisa.Quality;

/// <summary>A network and how it is trained.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Design">The network; its outputs go by the picture.</param>
/// <param name="Options">How it is trained.</param>
internal sealed record Setting(string Name, MlpDesign Design, TrainingOptions Options)
{
    /// <summary>Ends the run at the first epoch whose measured MAE is no more, or null.</summary>
    public double? TargetMae { get; init; }

    /// <summary>Called after each epoch, or null.</summary>
    public Action<EpochRecord>? EpochDone { get; init; }

    /// <summary>The defaults for a picture, in the time that the command line asks for where it does.</summary>
    public static Setting Default(PixelDataset picture, TrainingQuality quality, QualityOptions options, bool keepsItsTime = false)
    {
        TimeSpan? time = keepsItsTime ? null : options.Time;
        TrainingPlan plan = TrainingDefaults.For(picture, quality, options.Seed);
        return new Setting(quality.ToString(), plan.Design, plan.Options with
        {
            MaxTime = time ?? plan.Options.MaxTime,
            Epochs = time is null ? plan.Options.Epochs : null,
            ThreadCount = options.Threads,
        });
    }

    /// <summary>Trains for a moment, so that what a process loads and compiles once counts for no run.</summary>
    public static void WarmUp(QualityOptions options)
    {
        const double Seconds = 0.5;
        PixelDataset icon = SyntheticPictures.Icon();
        Setting setting = Default(icon, TrainingQuality.Draft, options);
        _ = (setting with { Name = "warm-up", Options = setting.Options with { MaxTime = TimeSpan.FromSeconds(Seconds) } }).Train(icon);
    }

    /// <summary>Trains it.</summary>
    /// <returns>The run; null where it diverged, which is said on the standard error stream.</returns>
    public TrainingRun? Train(PixelDataset picture)
    {
        Console.Error.WriteLine($"{picture.Name}: {Name}");
        using var reached = new CancellationTokenSource();
        try
        {
            return Trainer.Train(picture, TrainingDefaults.NetworkFor(Design with { OutputCount = picture.Channels }, picture), Options, epochDone: epoch =>
            {
                EpochDone?.Invoke(epoch);
                if (epoch.Mae <= TargetMae)
                    reached.Cancel();
            }, isOwn: true, cancellationToken: reached.Token);
        }
        catch (TrainingDivergedException exception)
        {
            Console.Error.WriteLine($"  {exception.Message}");
            return null;
        }
    }
}
