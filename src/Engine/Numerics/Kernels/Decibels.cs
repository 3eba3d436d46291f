using System.Globalization;

namespace MonaLisa.Engine.Numerics;

/// <summary>Peak signal-to-noise ratio in dB of colours in [0, 1], whose peak is 1: 10 log10(1 / MSE).</summary>
internal static class Decibels
{
    /// <summary>The largest PSNR that can be asked for.</summary>
    public const int MostTarget = 200;

    /// <summary>The PSNR of a mean squared error, or of a sum of squared errors over samples; infinite where there is no error.</summary>
    public static double Psnr(double squaredError, double samples = 1) => 10 * Math.Log10(samples / squaredError);

    /// <summary>
    /// The dB that were lost, or null where that is no finite number. Rounded weights paint better than exact ones by chance: less than
    /// half of a hundredth is nothing, which tables would show as -0.00.
    /// </summary>
    /// <param name="before">The PSNR before.</param>
    /// <param name="after">The PSNR after.</param>
    public static double? Lost(double before, double after) => (before - after) switch
    {
        double lost when !double.IsFinite(lost) => null,
        > -0.005 and < 0 => 0,
        double lost => lost,
    };

    /// <summary>The mean squared error of a PSNR.</summary>
    public static double MeanSquaredError(double psnr) => Math.Pow(10, -psnr / 10);

    /// <summary>A PSNR with its unit, as in "31.25 dB".</summary>
    public static string Text(double psnr, string format = "F2") => psnr.ToString(format, CultureInfo.InvariantCulture) + " dB";
}
