using System.Globalization;

namespace MonaLisa.Engine.Films;

/// <summary>What the caption of a frame says.</summary>
/// <param name="Left">The epoch.</param>
/// <param name="Middle">The PSNR, where it is known.</param>
/// <param name="Right">The training time.</param>
internal readonly record struct CaptionText(string Left, string Middle, string Right)
{
    private const double FewSeconds = 100;

    /// <summary>The caption of a snapshot.</summary>
    public static CaptionText Of(TrainingSnapshot snapshot)
    {
        double seconds = snapshot.Elapsed.TotalSeconds;
        return new(
            string.Create(CultureInfo.InvariantCulture, $"epoch {snapshot.Epoch}"),
            snapshot.Psnr is double psnr ? psnr.ToString("F1", CultureInfo.InvariantCulture) + " dB" : "",
            seconds.ToString(seconds < FewSeconds ? "F1" : "F0", CultureInfo.InvariantCulture) + " s");
    }

    /// <summary>The captions' width, all three parts and what must be between them, in heights of a digit.</summary>
    public float Width => CaptionGlyphs.WidthOf(Left) + CaptionGlyphs.WidthOf(Middle) + CaptionGlyphs.WidthOf(Right) + 2 * LeastGap;

    private const float LeastGap = 1;
}
