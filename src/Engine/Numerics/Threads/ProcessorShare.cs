namespace MonaLisa.Engine.Numerics;

/// <summary>
/// How the trainings and renderings of a process share its processors: each one at work gets the same part of the workers it asked
/// for, so that several at once do not slow each other down with more threads than there are processors.
/// </summary>
internal sealed class ProcessorShare
{
    private int _atWork;

    /// <summary>The sharing within this process.</summary>
    public static ProcessorShare OfProcess { get; } = new();

    /// <summary>Takes part until the returned lease is disposed.</summary>
    public Lease Join()
    {
        Interlocked.Increment(ref _atWork);
        return new Lease(this);
    }

    /// <summary>The workers to use now, of those there are; at least 1.</summary>
    public int Of(int workerCount) => Math.Max(1, workerCount / Math.Max(1, Volatile.Read(ref _atWork)));

    /// <summary>A part of the processors; disposed once.</summary>
    public readonly ref struct Lease(ProcessorShare share)
    {
        /// <summary>Leaves the processors to the others.</summary>
        public void Dispose() => Interlocked.Decrement(ref share._atWork);
    }
}
