namespace MonaLisa.Engine;

/// <summary>How a compressed model file is written.</summary>
public sealed record CompressionOptions
{
    /// <summary>The dB below its own PSNR that a network gets where no PSNR is asked for.</summary>
    public const double DefaultPsnrLost = 0.5;

    /// <summary>
    /// The most dB that a network gets where none are asked for: a picture in 8 bits cannot show more, for its rounding alone
    /// leaves 10 log10(12 · 255²) = 58.9 dB.
    /// </summary>
    public const double MostDefaultPsnr = 60;

    /// <summary>
    /// The PSNR in dB that the stored network must reach over the training pixels; null is <see cref="DefaultPsnrLost"/> below the
    /// network's own, and at most <see cref="MostDefaultPsnr"/>.
    /// </summary>
    public double? TargetPsnr { get; init; }

    /// <summary>Whether a file that is there already is replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>The PSNR in dB to reach with a network of a PSNR of its own.</summary>
    internal double TargetFor(double ownPsnr) => TargetPsnr ?? Math.Min(ownPsnr - DefaultPsnrLost, MostDefaultPsnr);

    /// <summary>Throws unless every value is in its range.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message names it and gives the range.</exception>
    public void Validate()
    {
        if (TargetPsnr is not (null or (> 0 and <= 200)))
            throw new ArgumentException($"TargetPsnr must be above 0 dB and at most 200 dB, not {TargetPsnr}.");
    }
}
