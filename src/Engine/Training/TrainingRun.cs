namespace MonaLisa.Engine;

/// <summary>A finished training run: the network, what it learned from and how it went. Users cannot change it.</summary>
public sealed record TrainingRun
{
    internal TrainingRun()
    {
    }

    /// <summary>The trained network.</summary>
    public Mlp Network { get; internal init; } = null!;

    /// <summary>The picture it learned.</summary>
    public PixelDataset Dataset { get; internal init; } = null!;

    /// <summary>The options it was trained with, every default filled in.</summary>
    public TrainingOptions Options { get; internal init; } = null!;

    /// <summary>One record an epoch.</summary>
    public IReadOnlyList<EpochRecord> History { get; internal init => field = new Listing<EpochRecord>([.. value], "epoch"); } = [];

    /// <summary>Peak signal-to-noise ratio in dB over the training pixels, measured after training.</summary>
    public double Psnr { get; internal init; }

    /// <summary>Mean absolute error over the training pixels, measured after training.</summary>
    public double Mae { get; internal init; }

    /// <summary>Peak signal-to-noise ratio in dB over the held-out pixels, measured after training; null where there are none.</summary>
    public double? HeldOutPsnr { get; internal init; }

    /// <summary>Mean absolute error over the held-out pixels, measured after training; null where there are none.</summary>
    public double? HeldOutMae { get; internal init; }

    /// <summary>Bits a pixel of the compressed file of a network with latents; null for others.</summary>
    public double? BitsPerPixel { get; internal init; }

    /// <summary>Why the run ended.</summary>
    public StopReason StopReason { get; internal init; }

    /// <summary>Who computed the matrix products, and with which instructions; such as <c>Managed (AVX-512)</c>.</summary>
    public string Provider { get; internal init; } = null!;

    /// <summary>Threads that trained.</summary>
    public int ThreadCount { get; internal init; }

    /// <summary>Steps done.</summary>
    public long Steps { get; internal init; }

    /// <summary>Training time, measuring not counted.</summary>
    public TimeSpan Elapsed { get; internal init; }

    /// <summary>Pixels learned from a second.</summary>
    public double PixelsPerSecond { get; internal init; }

    /// <summary>Why the run's last checkpoint could not be written; null where it was, and where none was asked for.</summary>
    public Exception? CheckpointFailure { get; internal init; }

    /// <summary>The file with snapshots of the network on the way; null where there is none.</summary>
    public string? SnapshotPath { get; internal init; }

    /// <summary>The picture's short name.</summary>
    public string Name => Dataset.Name;

    /// <summary>What the network sees of a pixel's coordinates.</summary>
    public EncodingKind Encoding => Network.Encoding;

    /// <summary>Weights of the network without biases.</summary>
    public long WeightCount => Network.WeightCount;

    /// <summary>The mean loss of the last epoch; null where there was none.</summary>
    public double? Loss => History.Count > 0 ? History[^1].Loss : null;

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
    public override string ToString() =>
        FormattableString.Invariant($"{Dataset.Name}: {Network.Shape} {Network.Activation}, {Psnr:F2} dB") +
        (HeldOutPsnr is double heldOut ? FormattableString.Invariant($" (held out {heldOut:F2} dB)") : "") +
        FormattableString.Invariant($" after {Elapsed.TotalSeconds:F1} s");
}
