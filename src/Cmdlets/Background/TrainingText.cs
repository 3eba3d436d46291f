using System.Globalization;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>What a training run says of itself on the screen.</summary>
internal static class TrainingText
{
    /// <summary>The line of a progress record.</summary>
    public static string Status(TrainingProgress progress) => Invariant(
        $"epoch {progress.Epoch}, loss {progress.Loss:G3}, {progress.Psnr:F2} dB, {Rate(progress.PixelsPerSecond)}");

    /// <summary>The verbose line of an epoch.</summary>
    public static string Epoch(EpochRecord epoch) => Invariant(
        $"Epoch {epoch.Epoch}: loss {epoch.Loss:G4}, {epoch.Psnr:F2} dB, mean absolute error {epoch.Mae:F4}, ") +
        (epoch.HeldOutPsnr is double heldOut ? Invariant($"held out {heldOut:F2} dB and {epoch.HeldOutMae:F4}, ") : "") +
        Invariant($"{Rate(epoch.PixelsPerSecond)}, {epoch.Elapsed.TotalSeconds:F1} s.");

    private static string Rate(double pixelsPerSecond) => pixelsPerSecond switch
    {
        >= 1e6 => Invariant($"{pixelsPerSecond / 1e6:F2} million pixels/s"),
        >= 1e4 => Invariant($"{pixelsPerSecond / 1e3:F0} thousand pixels/s"),
        _ => Invariant($"{pixelsPerSecond:F0} pixels/s"),
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
