namespace MonaLisa.PowerShell;

/// <summary>How well a picture agrees with its reference.</summary>
/// <param name="Name">The picture's name.</param>
/// <param name="Reference">The reference's name.</param>
/// <param name="Width">Pixels in a row of both pictures.</param>
/// <param name="Height">Rows of both pictures.</param>
/// <param name="Psnr">Peak signal-to-noise ratio in dB; infinite for equal pictures.</param>
/// <param name="Mae">Mean absolute error of the colours in [0, 1].</param>
/// <param name="Ssim">Structural similarity (Wang et al. 2004), on luma; 1 for equal pictures.</param>
/// <param name="MsSsim">Multi-scale structural similarity, or null where the pictures are too small for it.</param>
/// <param name="ParameterCount">Weights and biases of the network that painted the picture, or null where it is unknown.</param>
/// <param name="WeightCount">Weights of the network without biases, or null where it is unknown.</param>
public sealed record GeneratedImageQuality(
    string Name, string Reference, int Width, int Height, double Psnr, double Mae, double Ssim, double? MsSsim,
    long? ParameterCount, long? WeightCount);
