using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Storage;

/// <summary>A tensor of bytes in a checkpoint.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">Its bytes, one a training pixel.</param>
internal readonly record struct CheckpointBytes(string Name, byte[] Values)
{
    /// <summary>The tensors of a run, in the order of the file, after those of numbers.</summary>
    public static IEnumerable<CheckpointBytes> Of(LearnerSnapshot snapshot) =>
        snapshot.Errors is not ErrorCodes errors ? [] : [new("errors.noted", errors.Noted), new("errors.drawn", errors.DrawnBy)];
}
