using System.Globalization;

namespace MonaLisa.Engine.Output;

/// <summary>What the caption of a frame says.</summary>
/// <param name="Left">The epoch.</param>
/// <param name="Middle">The PSNR, where it is known.</param>
/// <param name="Right">The training time.</param>
internal readonly record struct CaptionText(string Left, string Middle, string Right)
{
    private const double FewSeconds = 100;

    // Between two of them, and beside the outer ones.
    private const float LeastGap = 1;

    /// <summary>The caption of a snapshot.</summary>
    public static CaptionText Of(TrainingSnapshot snapshot)
    {
        double seconds = snapshot.Elapsed.TotalSeconds;
        return new(
            string.Create(CultureInfo.InvariantCulture, $"epoch {snapshot.Epoch}"),
            snapshot.Psnr is double psnr ? psnr.ToString("F1", CultureInfo.InvariantCulture) + " dB" : "",
            seconds.ToString(seconds < FewSeconds ? "F1" : "F0", CultureInfo.InvariantCulture) + " s");
    }

    /// <summary>The width that the three need side by side, the middle one in the middle, in heights of a digit.</summary>
    public float Width =>
        CaptionGlyphs.WidthOf(Middle) + 2 * (Math.Max(CaptionGlyphs.WidthOf(Left), CaptionGlyphs.WidthOf(Right)) + LeastGap);
}
