using System.Globalization;

namespace MonaLisa.Engine.Numerics;

/// <summary>Peak signal-to-noise ratio in dB of colours in [0, 1], whose peak is 1: 10 log10(1 / MSE).</summary>
internal static class Decibels
{
    /// <summary>The PSNR of a mean squared error, or of a sum of squared errors over samples; infinite where there is no error.</summary>
    public static double Psnr(double squaredError, double samples = 1) => 10 * Math.Log10(samples / squaredError);

    /// <summary>The mean squared error of a PSNR.</summary>
    public static double ToMeanSquaredError(double psnr) => Math.Pow(10, -psnr / 10);

    /// <summary>A PSNR with its unit, as in "31.25 dB".</summary>
    public static string Text(double psnr, string format = "F2") => psnr.ToString(format, CultureInfo.InvariantCulture) + " dB";
}

/// <summary>Sums of errors over pixels and their channels, colours in [0, 1].</summary>
internal struct ErrorSums
{
    /// <summary>Of squared errors of the colours as the network gives them.</summary>
    public double Squared;

    /// <summary>Of squared errors of the clamped colours: PSNR.</summary>
    public double ClampedSquared;

    /// <summary>Of absolute errors of the colours as the network gives them: MAE.</summary>
    public double Absolute;

    /// <summary>Of losses of the colours as the network gives them, see <see cref="ILossKernel.Value"/>.</summary>
    public double Loss;

    /// <summary>Pixels summed.</summary>
    public long Pixels;

    /// <summary>Pixels times their channels.</summary>
    public long Samples;

    /// <summary>The mean squared error.</summary>
    public readonly double MeanSquaredError => Squared / Samples;

    /// <summary>The mean of the loss's values over pixels and channels.</summary>
    public readonly double MeanLoss => Loss / Samples;

    /// <summary>The PSNR of the clamped colours.</summary>
    public readonly double Psnr => Decibels.Psnr(ClampedSquared, Samples);

    /// <summary>The mean absolute error.</summary>
    public readonly double Mae => Absolute / Samples;

    /// <summary>Adds another sum.</summary>
    public void Add(in ErrorSums other)
    {
        Squared += other.Squared;
        ClampedSquared += other.ClampedSquared;
        Absolute += other.Absolute;
        Loss += other.Loss;
        Pixels += other.Pixels;
        Samples += other.Samples;
    }
}
