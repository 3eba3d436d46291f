namespace MonaLisa.Engine;

/// <summary>How near a picture is to its reference.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Psnr">
/// Peak signal-to-noise ratio in decibels, 10 log10(1 / MSE), over red, green and blue clamped to [0, 1]; positive infinity when the
/// two are the same.
/// </param>
/// <param name="Mae">Mean absolute error of red, green and blue as they are, not clamped: the measure of the 2012 program.</param>
/// <param name="MeanSquaredError">Mean squared error of red, green and blue clamped to [0, 1].</param>
/// <param name="Ssim">Structural similarity of the luma, at most 1; see <see cref="QualityMeter"/>.</param>
/// <param name="MsSsim">Structural similarity over five scales, in [0, 1]; null where the shorter side is below 176 pixels.</param>
public sealed record ImageQuality(int Width, int Height, double Psnr, double Mae, double MeanSquaredError, double Ssim, double? MsSsim);
