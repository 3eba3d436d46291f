namespace MonaLisa.Engine.Pictures;

/// <summary>
/// How many blocks of JPEG pictures are visited in a file: a small one can ask for any work by many scans over many blocks. Whole files need
/// a number in proportion to their length.
/// </summary>
/// <param name="length">The file's length in bytes.</param>
/// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
internal sealed class JpegBudget(long length, CancellationToken cancellation)
{
    // A block of a blank picture takes a bit of the file, and scans that say nothing new of it pass it some three times.
    private const long Free = 1 << 16, PerByte = 64;

    /// <summary>How many blocks are left; below 0 once more were asked for.</summary>
    public long Left { get; private set; } = Free + length * PerByte;

    /// <summary>Whether more blocks were asked for than there were.</summary>
    public bool IsSpent => Left < 0;

    /// <summary>Takes blocks.</summary>
    /// <returns>Whether as many were left.</returns>
    public bool TryTake(int blocks)
    {
        cancellation.ThrowIfCancellationRequested();
        Left -= blocks;
        return !IsSpent;
    }
}
