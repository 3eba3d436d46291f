namespace MonaLisa.Engine;

/// <summary>The state of a run that a snapshot is of.</summary>
/// <param name="Epoch">The epoch under way or just completed, from 1; 0 before the first step.</param>
/// <param name="Step">Steps done.</param>
/// <param name="Elapsed">Training time so far.</param>
/// <param name="Psnr">PSNR in dB as known then: of the latest step's pixels, of the epoch or of the run; null where it was not.</param>
public readonly record struct TrainingSnapshot(int Epoch, long Step, TimeSpan Elapsed, double? Psnr)
{
    /// <summary>The snapshot's state.</summary>
    internal static TrainingSnapshot Of(TrainingState state) => new(
        state.Epoch, state.Step, state.Elapsed, state.Psnr is double psnr && double.IsFinite(psnr) ? psnr : null);
}
