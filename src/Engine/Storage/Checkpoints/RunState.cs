using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Storage;

/// <summary>A run, stopped between two calls of its learner: all that it takes to go on as if it had not been.</summary>
/// <param name="Options">Its options, every default filled in.</param>
/// <param name="Picture">Its picture.</param>
/// <param name="Provider">Who computed; another one rounds differently.</param>
/// <param name="Position">Where it stands.</param>
/// <param name="History">The full epochs before <see cref="RunPosition.Epoch"/>.</param>
/// <param name="Learner">Weights and what the optimizer remembers.</param>
internal sealed record RunState(
    TrainingOptions Options, PictureIdentity Picture, string Provider, RunPosition Position, IReadOnlyList<EpochRecord> History,
    LearnerSnapshot Learner);
