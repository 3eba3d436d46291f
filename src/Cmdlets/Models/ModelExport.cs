using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>A network to save and how.</summary>
/// <param name="Run">The training run that it comes from, or null for a bare network.</param>
/// <param name="Network">The network.</param>
/// <param name="File">The full path of the file.</param>
/// <param name="Precision">How the weights are kept; for formats that have a choice.</param>
/// <param name="Overwrite">Whether a file that is there already is replaced.</param>
internal sealed record ModelExport(TrainingRun? Run, Mlp Network, string File, ModelPrecision Precision, bool Overwrite)
{
    /// <summary>The PSNR in dB that a compressed network must reach, or null.</summary>
    public double? TargetPsnr { get; init; }

    /// <summary>The picture that a bare network is measured over, or null.</summary>
    public PixelDataset? Reference { get; init; }
}
