namespace MonaLisa.Engine.Numerics;

/// <summary>Hands out the numbers 0 to count - 1, each once, to whichever thread asks next.</summary>
internal sealed class WorkQueue
{
    private int _next, _count;

    /// <summary>Begins anew.</summary>
    public void Reset(int count)
    {
        _count = count;
        Volatile.Write(ref _next, 0);
    }

    /// <summary>Takes the next number; false when all are taken.</summary>
    public bool TryTake(out int item)
    {
        item = Interlocked.Increment(ref _next) - 1;
        return item < _count;
    }
}
