namespace MonaLisa.Engine.Storage;

/// <summary>What became of a file since it was written.</summary>
internal enum FileChange
{
    /// <summary>It is as it was, as far as can be seen.</summary>
    None,

    /// <summary>It was removed or renamed, and there is none.</summary>
    Removed,

    /// <summary>Another is there.</summary>
    Replaced,
}

/// <summary>
/// The length and the last bytes of a file, by which its writer knows it again: others may remove it, or put another in its place, while a
/// run goes on.
/// </summary>
internal sealed class FileMark
{
    private const int MostBytes = 64;

    private readonly long _length;
    private readonly byte[] _end;

    private FileMark(long length, byte[] end) => (_length, _end) = (length, end);

    /// <summary>The mark of a file that is open; its position changes.</summary>
    public static FileMark Of(Stream file)
    {
        byte[] end = new byte[Math.Min(MostBytes, file.Length)];
        file.Position = file.Length - end.Length;
        file.ReadExactly(end);
        return new FileMark(file.Length, end);
    }

    /// <summary>Whether a file that is open has this mark; its position changes.</summary>
    public bool IsOf(Stream file)
    {
        FileMark other = Of(file);
        return other._length == _length && other._end.AsSpan().SequenceEqual(_end);
    }

    /// <summary>What became of the file at a path.</summary>
    /// <param name="path">The full path.</param>
    public FileChange ChangeAt(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return IsOf(file) ? FileChange.None : FileChange.Replaced;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return FileChange.Removed;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Whoever writes it next is told what is wrong.
            return FileChange.None;
        }
    }
}
