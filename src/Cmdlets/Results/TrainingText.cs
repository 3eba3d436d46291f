using System.Globalization;
using MonaLisa.Engine;
using MonaLisa.Engine.Platform;

namespace MonaLisa.PowerShell;

/// <summary>The texts of a training run on the screen.</summary>
internal static class TrainingText
{
    /// <summary>The line of a progress record. A terminal of 80 columns shows some 40 characters of it beside the picture's name.</summary>
    public static string Status(TrainingProgress progress) => Invariant(
        $"epoch {progress.Epoch}, {progress.Psnr:F2} dB, {Bits(progress.BitsPerPixel)}{ShortRate(progress.PixelsPerSecond)}");

    /// <summary>
    /// Whether an epoch gets a verbose line: each of the first ten, each tenth of the first hundred, and so on, so that a run of thousands
    /// of epochs has some tens of lines.
    /// </summary>
    public static bool IsTold(int epoch) => epoch % (int)Math.Pow(10, Math.Floor(Math.Log10(epoch))) == 0;

    /// <summary>The verbose line of an epoch.</summary>
    public static string Epoch(EpochRecord epoch) => Invariant(
        $"Epoch {epoch.Epoch}: loss {epoch.Loss:G4}, {epoch.Psnr:F2} dB, mean absolute error {epoch.Mae:F4}, ") +
        (epoch.HeldOutPsnr is double heldOut ? Invariant($"held out {heldOut:F2} dB and {epoch.HeldOutMae:F4}, ") : "") +
        Bits(epoch.BitsPerPixel) + Invariant($"{Rate(epoch.PixelsPerSecond)}, {epoch.Elapsed.TotalSeconds:F1} s.");

    /// <summary>The verbose lines of a run that has ended.</summary>
    public static IEnumerable<string> Outcome(TrainingRun run)
    {
        TrainingOptions used = run.Options;
        bool hasLatents = run.Encoding == EncodingKind.Latent;
        yield return Invariant($"Computed by {run.Provider}, threads: {run.ThreadCount}, ") +
            (hasLatents ? "" : Invariant($"batches of {Counted.Text(used.BatchSize, "pixel")}, sampling {used.Sampling}, ")) + Invariant($"seed {used.Seed}.");
        if (!hasLatents)
            yield return Invariant($"{used.Optimizer} with learning rate {used.LearningRate:G4} and {used.Schedule} schedule; loss {used.Loss}.");
        yield return Invariant($"Stopped by {run.StopReason} after {Counted.Text(run.Epochs, "epoch")}, {Counted.Text(run.Steps, "step")} and {run.Elapsed.TotalSeconds:F1} s.");
        yield return Invariant($"Paints with {run.Psnr:F2} dB and a mean absolute error of {run.Mae:F4}.");
        if (run.BitsPerPixel is double bitsPerPixel)
            yield return Invariant(
                $"Its compressed file takes {Math.Round(bitsPerPixel * run.Dataset.PixelCount / 8)} bytes, {bitsPerPixel:F3} bits a pixel.");
        if (run.HeldOutPsnr is double heldOutPsnr)
            yield return Invariant($"Held-out pixels: {heldOutPsnr:F2} dB and a mean absolute error of {run.HeldOutMae:F4}.");
    }

    private static string Bits(double? bitsPerPixel) => bitsPerPixel is double bits ? Invariant($"{bits:F3} bits a pixel, ") : "";

    private static string Rate(double pixelsPerSecond) => pixelsPerSecond switch
    {
        >= 1e6 => Invariant($"{pixelsPerSecond / 1e6:F2} million pixels/s"),
        >= 1e4 => Invariant($"{pixelsPerSecond / 1e3:F0} thousand pixels/s"),
        _ => Invariant($"{pixelsPerSecond:F0} pixels/s"),
    };

    private static string ShortRate(double pixelsPerSecond) => pixelsPerSecond switch
    {
        >= 1e6 => Invariant($"{pixelsPerSecond / 1e6:F2} Mpixel/s"),
        >= 1e4 => Invariant($"{pixelsPerSecond / 1e3:F0} kpixel/s"),
        _ => Invariant($"{pixelsPerSecond:F0} pixels/s"),
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
