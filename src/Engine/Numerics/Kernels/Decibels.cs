using System.Globalization;

namespace MonaLisa.Engine.Numerics;

/// <summary>Peak signal-to-noise ratio in dB of colours in [0, 1], whose peak is 1: 10 log10(1 / MSE).</summary>
internal static class Decibels
{
    /// <summary>The PSNR of a mean squared error, or of a sum of squared errors over samples; infinite where there is no error.</summary>
    public static double Psnr(double squaredError, double samples = 1) => 10 * Math.Log10(samples / squaredError);

    /// <summary>A PSNR with its unit, as in "31.25 dB".</summary>
    public static string Text(double psnr, string format = "F2") => psnr.ToString(format, CultureInfo.InvariantCulture) + " dB";
}
