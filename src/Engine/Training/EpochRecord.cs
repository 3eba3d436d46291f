using System.Text.Json.Serialization;

namespace MonaLisa.Engine;

/// <summary>What one epoch, one pass over the training pixels, achieved.</summary>
public sealed record EpochRecord
{
    /// <summary>Number of the epoch, from 1; the last may be cut short by the time limit.</summary>
    public int Epoch { get; internal init; }

    /// <summary>The mean loss over the epoch's steps.</summary>
    public double Loss { get; internal init; }

    /// <summary>
    /// Peak signal-to-noise ratio of training pixels in dB; see <see cref="TrainingOptions.MeasureEachEpoch"/> for how it is taken.
    /// </summary>
    public double Psnr { get; internal init; }

    /// <summary>Mean absolute error of the colours in [0, 1]; likewise.</summary>
    public double Mae { get; internal init; }

    /// <summary>Bits a pixel that a network with latents takes, nearly; null for others.</summary>
    [JsonIgnore]
    public double? BitsPerPixel { get; internal init; }

    /// <summary>The learning rate of the epoch's last step.</summary>
    public double LearningRate { get; internal init; }

    /// <summary>Pixels learned from a second in this epoch.</summary>
    public double PixelsPerSecond { get; internal init; }

    /// <summary>Training time from the start of the run to the end of this epoch, measuring not counted.</summary>
    public TimeSpan Elapsed { get; internal init; }

    /// <summary>PSNR in dB over the held-out pixels after the epoch; null where there are none or the epoch was not measured.</summary>
    public double? HeldOutPsnr { get; internal init; }

    /// <summary>Mean absolute error over the held-out pixels after the epoch; null likewise.</summary>
    public double? HeldOutMae { get; internal init; }
}
