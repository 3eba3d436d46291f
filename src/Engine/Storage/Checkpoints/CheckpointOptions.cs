namespace MonaLisa.Engine;

/// <summary>Where and how often a training run keeps its state.</summary>
public sealed record CheckpointOptions
{
    /// <summary>The time between checkpoints where none is asked for.</summary>
    public static readonly TimeSpan DefaultEvery = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The file; taken literally, whatever characters it has. While a run goes on, <c>.part</c> and <c>.lock</c> beside it are its own.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>
    /// The time from the beginning of one checkpoint to that of the next, at least zero; with zero each follows the last as soon as that
    /// is written.
    /// </summary>
    public TimeSpan Every { get; init; } = DefaultEvery;

    /// <summary>
    /// Whether a new run may replace a checkpoint that is there. A resumed run always replaces the one that it goes on from.
    /// </summary>
    public bool Overwrite { get; init; }

    /// <summary>Told, on the thread that called the trainer, of a checkpoint that could not be written while the run goes on.</summary>
    public Action<string>? Warning { get; init; }

    /// <summary>Throws unless every value is in its range.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message names it and gives the range.</exception>
    public void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(Path);
        if (Every < TimeSpan.Zero)
            throw new ArgumentException($"CheckpointEvery must be at least zero, not {Every}.");
    }
}
