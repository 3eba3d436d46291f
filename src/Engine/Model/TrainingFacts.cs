namespace MonaLisa.Engine;

/// <summary>The facts of a network's training that a model file keeps, without the picture and the history.</summary>
public sealed record TrainingFacts
{
    /// <summary>The learned picture's short name.</summary>
    public string PictureName { get; internal init; } = null!;

    /// <summary>Pixels in a row of the learned picture.</summary>
    public int PictureWidth { get; internal init; }

    /// <summary>Rows of the learned picture.</summary>
    public int PictureHeight { get; internal init; }

    /// <summary>
    /// Peak signal-to-noise ratio in dB over the training pixels, measured after training; null where it is not a finite number.
    /// </summary>
    public double? Psnr { get; internal init; }

    /// <summary>
    /// The dB of <see cref="Psnr"/> that storing the weights with fewer bits has cost since; 0 where they are stored as they were,
    /// null where it was not measured.
    /// </summary>
    public double? PsnrLost { get; internal init; }

    /// <summary>
    /// Peak signal-to-noise ratio in dB over the held-out pixels, measured after training; null where there were none, or where it is
    /// not a finite number.
    /// </summary>
    public double? HeldOutPsnr { get; internal init; }

    /// <summary>Epochs trained; the last may have been cut short.</summary>
    public int Epochs { get; internal init; }

    /// <summary>How the gradient changed the weights.</summary>
    public Optimizer Optimizer { get; internal init; }

    /// <summary>Seed of the shuffling.</summary>
    public int Seed { get; internal init; }

    /// <summary>Who computed the matrix products, and with which instructions; such as <c>Managed (AVX-512)</c>.</summary>
    public string Provider { get; internal init; } = null!;

    /// <inheritdoc/>
    public override string ToString() =>
        $"{PictureName}, {PictureWidth} x {PictureHeight}" + (Psnr is double psnr ? FormattableString.Invariant($", {psnr:F2} dB") : "") +
        (HeldOutPsnr is double heldOut ? FormattableString.Invariant($", held out {heldOut:F2} dB") : "");
}
