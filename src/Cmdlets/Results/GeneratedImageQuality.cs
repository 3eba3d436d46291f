using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>How well a picture agrees with its reference: all of it, or the pixels of one set.</summary>
/// <param name="Name">The picture's name.</param>
/// <param name="Reference">The reference's name.</param>
/// <param name="Width">Pixels in a row of both pictures.</param>
/// <param name="Height">Rows of both pictures.</param>
/// <param name="Psnr">Peak signal-to-noise ratio in dB; infinite for equal pictures.</param>
/// <param name="Mae">Mean absolute error of the colours in [0, 1].</param>
/// <param name="Ssim">
/// Structural similarity (Wang et al. 2004), on luma; 1 for equal pictures. Of a set of pixels, the mean over the windows whose middle
/// is one of them.
/// </param>
/// <param name="MsSsim">
/// Multi-scale structural similarity, or null where the pictures are too small for it, and for a set of pixels.
/// </param>
/// <param name="ParameterCount">Weights and biases of the network that painted the picture, or null where it is unknown.</param>
/// <param name="WeightCount">Weights of the network without biases, or null where it is unknown.</param>
public sealed record GeneratedImageQuality(
    string Name, string Reference, int Width, int Height, double Psnr, double Mae, double Ssim, double? MsSsim,
    long? ParameterCount, long? WeightCount)
{
    /// <summary>
    /// The pixels that the figures are of; a picture with held-out pixels has a record for either set, and none for both.
    /// </summary>
    public PixelSet Pixels { get; init; } = PixelSet.All;

    /// <summary>How many pixels those are.</summary>
    public int PixelCount { get; init; }

    /// <summary>
    /// 8 times the bytes of the network's model file by all pixels of the picture: of the file that it was loaded from, or else of
    /// the one that Export-MlpModel writes without options. Null where no network painted the picture.
    /// </summary>
    public double? BitsPerPixel { get; init; }
}
