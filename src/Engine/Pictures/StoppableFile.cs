namespace MonaLisa.Engine.Pictures;

/// <summary>A file that is read until it is no longer wanted: every reading of a picture, of its facts as of its pixels, ends there.</summary>
/// <param name="path">The file.</param>
/// <param name="cancellation">Ends the next read with an <see cref="OperationCanceledException"/>.</param>
internal sealed class StoppableFile(string path, CancellationToken cancellation)
    : FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete)
{
    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        cancellation.ThrowIfCancellationRequested();
        return base.Read(buffer);
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        cancellation.ThrowIfCancellationRequested();
        return base.Read(buffer, offset, count);
    }

    /// <inheritdoc/>
    public override int ReadByte()
    {
        cancellation.ThrowIfCancellationRequested();
        return base.ReadByte();
    }
}
