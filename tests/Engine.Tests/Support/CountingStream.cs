namespace MonaLisa.Engine.Tests;

/// <summary>A file in memory that counts the bytes that are read of it.</summary>
internal sealed class CountingStream(byte[] file) : MemoryStream(file)
{
    /// <summary>How many were read.</summary>
    public long BytesRead { get; private set; }

    // A span is read through this, too.
    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = base.Read(buffer, offset, count);
        BytesRead += read;
        return read;
    }

    public override int ReadByte()
    {
        BytesRead++;
        return base.ReadByte();
    }
}
