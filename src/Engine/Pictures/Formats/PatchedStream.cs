namespace MonaLisa.Engine.Pictures;

/// <summary>Bytes that are read instead of those in a file.</summary>
/// <param name="Offset">Where, from the start of the file.</param>
/// <param name="Bytes">What is read there.</param>
internal sealed record FilePatch(long Offset, byte[] Bytes);

/// <summary>A file as its facts say that it should be: with patches, and with a tail.</summary>
internal sealed class PatchedStream(Stream file, FileFacts facts)
{
    private readonly long _fileLength = file.Length;

    /// <summary>Its length in bytes.</summary>
    public long Length => _fileLength + facts.Tail.Length;

    /// <summary>Where it is read next.</summary>
    public long Position { get; set; }

    /// <summary>Reads on.</summary>
    /// <returns>How many bytes; 0 at the end.</returns>
    public int Read(Span<byte> destination)
    {
        int count = Position < _fileLength ? ReadFile(destination) : ReadTail(destination);
        Position += count;
        return count;
    }

    private int ReadFile(Span<byte> destination)
    {
        file.Position = Position;
        int count = file.Read(destination);
        foreach ((long offset, byte[] bytes) in facts.Patches)
            for (int i = 0; i < bytes.Length; i++)
                if (offset + i - Position is long at && at >= 0 && at < count)
                    destination[(int)at] = bytes[i];
        return count;
    }

    private int ReadTail(Span<byte> destination)
    {
        if (Position >= Length)
            return 0;
        ReadOnlySpan<byte> rest = facts.Tail.AsSpan((int)(Position - _fileLength));
        int count = Math.Min(rest.Length, destination.Length);
        rest[..count].CopyTo(destination);
        return count;
    }
}
