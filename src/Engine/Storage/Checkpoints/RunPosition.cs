using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Storage;

/// <summary>Where a run stands between two calls of its learner.</summary>
/// <param name="Epoch">The epoch under way, from 1; those before it are in the history.</param>
/// <param name="Call">Calls done in it.</param>
/// <param name="Steps">Steps done in all.</param>
/// <param name="Elapsed">Training time so far.</param>
/// <param name="EpochElapsed">Training time in this epoch.</param>
/// <param name="LearningRate">The learning rate of the last step.</param>
/// <param name="MeasuredPsnr">The PSNR after the last full epoch where it was measured; else null.</param>
/// <param name="Sums">The errors of this epoch so far.</param>
internal sealed record RunPosition(
    int Epoch, int Call, long Steps, TimeSpan Elapsed, TimeSpan EpochElapsed, double LearningRate, double? MeasuredPsnr, ErrorSums Sums);
