namespace MonaLisa.Engine;

/// <summary>Where a run stands.</summary>
/// <param name="Epoch">The epoch under way, from 1.</param>
/// <param name="Step">Steps done.</param>
/// <param name="Fraction">Share of the planned run that is done, 0 to 1.</param>
/// <param name="Loss">Mean loss of the most recent steps.</param>
/// <param name="Psnr">PSNR in dB of the most recent steps' pixels.</param>
/// <param name="PixelsPerSecond">Pixels learned from a second, over the run so far.</param>
/// <param name="Elapsed">Training time so far.</param>
/// <param name="Remaining">Training time still planned, or null where it cannot be known yet.</param>
/// <param name="BitsPerPixel">Bits a pixel that a network with latents takes; null for others.</param>
internal sealed record TrainingProgress(
    int Epoch, long Step, double Fraction, double Loss, double Psnr, double PixelsPerSecond, TimeSpan Elapsed, TimeSpan? Remaining,
    double? BitsPerPixel = null);
