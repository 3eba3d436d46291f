namespace MonaLisa.Engine;

/// <summary>How well a picture agrees with its reference.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Psnr">
/// Peak signal-to-noise ratio in decibels, 10 log10(1 / MSE), over the channels (grey; red, green and blue; or those and alpha) clamped
/// to [0, 1]; positive infinity when the two are the same.
/// </param>
/// <param name="Mae">Mean absolute error of the channels as they are, not clamped: the measure of the 2012 program.</param>
/// <param name="MeanSquaredError">Mean squared error of the channels clamped to [0, 1].</param>
/// <param name="Ssim">
/// Structural similarity of the luma, at most 1; see <see cref="QualityMeter"/>. Not a number where no window has its middle on a pixel
/// of the set.
/// </param>
/// <param name="MsSsim">
/// Structural similarity over five scales, in [0, 1]; null where the shorter side is below 176 pixels, and for a set of pixels.
/// </param>
internal sealed record ImageQuality(int Width, int Height, double Psnr, double Mae, double MeanSquaredError, double Ssim, double? MsSsim)
{
    /// <summary>Which pixels the figures are of.</summary>
    public PixelSet Pixels { get; init; } = PixelSet.All;

    /// <summary>How many pixels those are.</summary>
    public int PixelCount { get; init; } = Width * Height;
}
