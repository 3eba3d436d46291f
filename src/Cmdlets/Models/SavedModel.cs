namespace MonaLisa.PowerShell;

/// <summary>What is worth telling of a saved network.</summary>
/// <param name="Details">What the verbose line says of the file beyond its name, its network and its length.</param>
/// <param name="PsnrLost">The dB of PSNR that the format cost; null where it was not measured.</param>
internal readonly record struct SavedModel(string Details, double? PsnrLost)
{
    /// <summary>The dB of PSNR that the file's weights have; null where it is not known.</summary>
    public double? Psnr { get; init; }

    /// <summary>8 times the file's bytes by the learned picture's pixels; null where its size is not known.</summary>
    public double? BitsPerPixel { get; init; }
}
