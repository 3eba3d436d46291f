namespace MonaLisa.Engine;

/// <summary>A moment of a run, between two steps.</summary>
/// <param name="Epoch">The epoch under way or just completed, from 1; 0 before the first step.</param>
/// <param name="Step">Steps done.</param>
/// <param name="Elapsed">Training time so far, measuring and looking not counted.</param>
/// <param name="Psnr">PSNR in dB, as far as it is known: of the latest step's pixels, of the epoch or of the run; null before the first step.</param>
/// <param name="EndsEpoch">Whether the epoch was just completed, or cut short by the run's end.</param>
/// <param name="EndsRun">Whether the run is at its end.</param>
public readonly record struct TrainingState(int Epoch, long Step, TimeSpan Elapsed, double? Psnr, bool EndsEpoch, bool EndsRun);
