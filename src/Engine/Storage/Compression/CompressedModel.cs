namespace MonaLisa.Engine;

/// <summary>A compressed model file that was written.</summary>
/// <param name="Document">What loading the file gives.</param>
/// <param name="Psnr">The stored network's PSNR in dB over the training pixels; infinite where it makes no error.</param>
/// <param name="PsnrLost">The dB by which that is less than the network's own PSNR before; null where that is no finite number.</param>
/// <param name="BitsPerPixel">8 times the file's bytes by the picture's pixels.</param>
public sealed record CompressedModel(ModelDocument Document, double Psnr, double? PsnrLost, double BitsPerPixel)
{
    /// <summary>The file's length in bytes.</summary>
    public long Length => Document.Length;
}
