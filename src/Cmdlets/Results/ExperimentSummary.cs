namespace MonaLisa.PowerShell;

/// <summary>The runs of one setting on one picture: means and spreads over the seeds. Each setting is a property too.</summary>
public sealed record ExperimentSummary
{
    /// <summary>The picture's short name.</summary>
    public string Picture { get; internal init; } = "";

    /// <summary>The settings in one text.</summary>
    public string Setting { get; internal init; } = "";

    /// <summary>How many runs there are.</summary>
    public int Runs { get; internal init; }

    /// <summary>How many of them diverged; the figures are of the others.</summary>
    public int Diverged { get; internal init; }

    /// <summary>Mean PSNR in dB over the training pixels; null where every run diverged.</summary>
    public double? Psnr { get; internal init; }

    /// <summary>The PSNR's standard deviation over the runs (divisor n - 1); null for fewer than two.</summary>
    public double? PsnrSpread { get; internal init; }

    /// <summary>Mean PSNR in dB over the held-out pixels; null where there are none.</summary>
    public double? HeldOutPsnr { get; internal init; }

    /// <summary>Its standard deviation; null for fewer than two runs.</summary>
    public double? HeldOutPsnrSpread { get; internal init; }

    /// <summary>Mean of the mean absolute errors over the training pixels.</summary>
    public double? Mae { get; internal init; }

    /// <summary>Their standard deviation; null for fewer than two runs.</summary>
    public double? MaeSpread { get; internal init; }

    /// <summary>Mean structural similarity.</summary>
    public double? Ssim { get; internal init; }

    /// <summary>Its standard deviation; null for fewer than two runs.</summary>
    public double? SsimSpread { get; internal init; }

    /// <summary>Mean number of weights and biases.</summary>
    public double? ParameterCount { get; internal init; }

    /// <summary>Mean number of epochs.</summary>
    public double? Epochs { get; internal init; }

    /// <summary>Mean training time in seconds.</summary>
    public double? Seconds { get; internal init; }

    /// <summary>Mean pixels learned from a second.</summary>
    public double? PixelsPerSecond { get; internal init; }
}
