using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Training;

/// <summary>A run, stopped between two calls of its learner: all that it needs to go on as if it had not been.</summary>
/// <param name="Options">Its options, every default filled in.</param>
/// <param name="Picture">Its picture.</param>
/// <param name="Provider">Who computed; another one rounds differently.</param>
/// <param name="Position">Where it stands.</param>
/// <param name="History">The full epochs before <see cref="RunPosition.Epoch"/>.</param>
/// <param name="Learner">Weights and what the optimizer remembers.</param>
internal sealed record RunState(
    TrainingOptions Options, PictureIdentity Picture, string Provider, RunPosition Position, IReadOnlyList<EpochRecord> History,
    LearnerSnapshot Learner);

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
