using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>How well a picture agrees with its reference: all of it, or the pixels of one set.</summary>
public sealed record GeneratedImageQuality
{
    /// <summary>The picture's name.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>The reference's name.</summary>
    public string Reference { get; internal init; } = "";

    /// <summary>Pixels in a row of both pictures.</summary>
    public int Width { get; internal init; }

    /// <summary>Rows of both pictures.</summary>
    public int Height { get; internal init; }

    /// <summary>Both in one text, such as <c>300 x 429</c>.</summary>
    public string Size => $"{Width} x {Height}";

    /// <summary>Peak signal-to-noise ratio in dB; infinite for equal pictures.</summary>
    public double Psnr { get; internal init; }

    /// <summary>Mean absolute error of the colours in [0, 1].</summary>
    public double Mae { get; internal init; }

    /// <summary>
    /// Structural similarity (Wang et al. 2004), on luma; 1 for equal pictures. Of a set of pixels, the mean over the windows whose middle
    /// is one of them.
    /// </summary>
    public double Ssim { get; internal init; }

    /// <summary>Multi-scale structural similarity, or null where the pictures are too small for it, and for a set of pixels.</summary>
    public double? MsSsim { get; internal init; }

    /// <summary>Weights and biases of the network that painted the picture, or null where it is unknown.</summary>
    public long? ParameterCount { get; internal init; }

    /// <summary>Weights of the network without biases, or null where it is unknown.</summary>
    public long? WeightCount { get; internal init; }

    /// <summary>
    /// The pixels that the figures are of; a picture with held-out pixels has a record for either set, and none for both.
    /// </summary>
    public PixelSet Pixels { get; internal init; } = PixelSet.All;

    /// <summary>How many pixels those are.</summary>
    public int PixelCount { get; internal init; }

    /// <summary>
    /// 8 times the bytes of the network's model file by all pixels of the picture: of the file that it was loaded from, or else of
    /// the one that Export-MlpModel writes without options. Null where no network painted the picture.
    /// </summary>
    public double? BitsPerPixel { get; internal init; }
}
