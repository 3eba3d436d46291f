namespace MonaLisa.PowerShell;

/// <summary>The runs of one setting on one picture: means and spreads over the seeds. Each setting is a property too.</summary>
/// <param name="Picture">The picture's short name.</param>
/// <param name="Setting">The settings in one text.</param>
/// <param name="Runs">How many runs there are.</param>
/// <param name="Diverged">How many of them diverged; the figures are of the others.</param>
public sealed record ExperimentSummary(string Picture, string Setting, int Runs, int Diverged)
{
    /// <summary>Mean PSNR in dB over the training pixels; null where every run diverged.</summary>
    public double? Psnr { get; init; }

    /// <summary>The PSNR's standard deviation over the runs (divisor n - 1); null for fewer than two.</summary>
    public double? PsnrSpread { get; init; }

    /// <summary>Mean PSNR in dB over the held-out pixels; null where there are none.</summary>
    public double? HeldOutPsnr { get; init; }

    /// <summary>Its standard deviation; null for fewer than two runs.</summary>
    public double? HeldOutPsnrSpread { get; init; }

    /// <summary>Mean of the mean absolute errors over the training pixels.</summary>
    public double? Mae { get; init; }

    /// <summary>Their standard deviation; null for fewer than two runs.</summary>
    public double? MaeSpread { get; init; }

    /// <summary>Mean structural similarity.</summary>
    public double? Ssim { get; init; }

    /// <summary>Its standard deviation; null for fewer than two runs.</summary>
    public double? SsimSpread { get; init; }

    /// <summary>Mean number of weights and biases.</summary>
    public double? ParameterCount { get; init; }

    /// <summary>Mean number of epochs.</summary>
    public double? Epochs { get; init; }

    /// <summary>Mean training time in seconds.</summary>
    public double? Seconds { get; init; }

    /// <summary>Mean pixels learned from a second.</summary>
    public double? PixelsPerSecond { get; init; }
}
