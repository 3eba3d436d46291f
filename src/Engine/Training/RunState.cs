using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Training;

/// <summary>A run, stopped between two calls of its learner: all that it needs to continue as if it had not been stopped.</summary>
/// <param name="Options">Its options, every default filled in.</param>
/// <param name="Picture">Its picture.</param>
/// <param name="Provider">The provider that computed; another one rounds differently.</param>
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

/// <summary>Keeps the state of a run, so that the run can be resumed after it was stopped.</summary>
internal interface IRunKeeper
{
    /// <summary>Keeps the state at the beginning of a run; if it cannot be written, this is known now and not in hours.</summary>
    /// <exception cref="Exception">It could not be kept; the run does not begin.</exception>
    void KeepFirst(RunState state);

    /// <summary>Whether the state is to be kept now; where it is, no earlier one is being written any more.</summary>
    bool IsDue();

    /// <summary>Starts to keep the state. It must not change until <see cref="IsDue"/> is true again or <see cref="Await"/> returns.</summary>
    void BeginKeeping(RunState state);

    /// <summary>Waits until nothing is being written.</summary>
    void Await();

    /// <summary>Keeps the state at the end of a run.</summary>
    /// <returns>Why it could not be kept; null where it was.</returns>
    Exception? KeepLast(RunState state);
}
