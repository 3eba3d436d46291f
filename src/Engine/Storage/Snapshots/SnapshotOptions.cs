namespace MonaLisa.Engine;

/// <summary>Where and when a training run keeps snapshots of its network.</summary>
public sealed record SnapshotOptions
{
    /// <summary>The file; taken literally, whatever characters it has. While a run goes on, <c>.lock</c> beside it is its own.</summary>
    public required string Path { get; init; }

    /// <summary>When.</summary>
    public SnapshotSchedule Schedule { get; init; } = SnapshotSchedule.Logarithmic;

    /// <summary>Whether a file that is there may be replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>
    /// Whether to go on in a file that is there, as a resumed run does: what it holds of steps after the one that the run goes on from
    /// is cut off, for the run comes to them again.
    /// </summary>
    public bool Continue { get; init; }

    /// <summary>Told, on the thread that called the trainer, that a snapshot could not be written; the run goes on.</summary>
    public Action<string>? Warning { get; init; }

    /// <summary>Throws unless every value is in its range.</summary>
    /// <exception cref="ArgumentException">Two values contradict each other, or the path is empty.</exception>
    public void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(Path);
        if (Overwrite && Continue)
            throw new ArgumentException("A file of snapshots is replaced or continued, not both.");
    }
}
