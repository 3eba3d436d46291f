namespace MonaLisa.Engine;

/// <summary>A finished training run: the network, what it learned from and how it went.</summary>
public sealed record TrainingRun
{
    /// <summary>The trained network.</summary>
    public required Mlp Network { get; init; }

    /// <summary>The picture it learned.</summary>
    public required PixelDataset Dataset { get; init; }

    /// <summary>The options it was trained with, every default filled in.</summary>
    public required TrainingOptions Options { get; init; }

    /// <summary>One record an epoch.</summary>
    public required IReadOnlyList<EpochRecord> History { get; init; }

    /// <summary>Peak signal-to-noise ratio in dB over the training pixels, measured after training.</summary>
    public required double Psnr { get; init; }

    /// <summary>Mean absolute error over the training pixels, measured after training.</summary>
    public required double Mae { get; init; }

    /// <summary>Peak signal-to-noise ratio in dB over the held-out pixels, measured after training; null where there are none.</summary>
    public double? HeldOutPsnr { get; init; }

    /// <summary>Mean absolute error over the held-out pixels, measured after training; null where there are none.</summary>
    public double? HeldOutMae { get; init; }

    /// <summary>Why the run ended.</summary>
    public required StopReason StopReason { get; init; }

    /// <summary>Who computed the matrix products, and with which instructions; such as <c>Managed (AVX-512)</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>Threads that trained.</summary>
    public required int ThreadCount { get; init; }

    /// <summary>Steps done.</summary>
    public required long Steps { get; init; }

    /// <summary>Training time, measuring not counted.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Pixels learned from a second.</summary>
    public required double PixelsPerSecond { get; init; }

    /// <summary>Why the run's last checkpoint could not be written; null where it was, and where none was asked for.</summary>
    public Exception? CheckpointFailure { get; init; }

    /// <summary>The file with snapshots of the network on the way, see <see cref="TrainingSnapshots"/>; null where there is none.</summary>
    public string? SnapshotPath { get; init; }

    /// <summary>Seed of the shuffling.</summary>
    public int Seed => Options.Seed;

    /// <summary>Epochs in the history; the last may be cut short.</summary>
    public int Epochs => History.Count;

    /// <summary>What a model file keeps of this run.</summary>
    public TrainingFacts Facts() => new()
    {
        PictureName = Dataset.Name,
        PictureWidth = Dataset.Width,
        PictureHeight = Dataset.Height,
        Psnr = double.IsFinite(Psnr) ? Psnr : null,
        PsnrLost = 0,
        HeldOutPsnr = HeldOutPsnr is double heldOut && double.IsFinite(heldOut) ? heldOut : null,
        Epochs = Epochs,
        Optimizer = Options.Optimizer,
        Seed = Seed,
        Provider = Provider,
    };

    /// <inheritdoc/>
    public override string ToString() => $"{Dataset.Name}: {Network.Shape} {Network.Activation}, {Psnr:F2} dB" +
        (HeldOutPsnr is double heldOut ? $" (held out {heldOut:F2} dB)" : "") + $" after {Elapsed.TotalSeconds:F1} s";
}

/// <summary>Why a training run ended.</summary>
public enum StopReason
{
    /// <summary>The asked number of epochs was done.</summary>
    Epoch,

    /// <summary>The asked time was over.</summary>
    MaxTime,

    /// <summary>The asked PSNR was reached.</summary>
    TargetPsnr,

    /// <summary>It was stopped; the network holds what was learned so far.</summary>
    Canceled,
}
