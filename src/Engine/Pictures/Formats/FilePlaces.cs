namespace MonaLisa.Engine.Pictures;

/// <summary>
/// Places that a file names itself. They are compared without a sum, which could overflow, and before anything is read there: a disk answers
/// a place beyond its limits as if it had failed.
/// </summary>
internal static class FilePlaces
{
    /// <summary>Whether a range is in the file.</summary>
    public static bool Holds(this Stream stream, long position, long count) =>
        position >= 0 && count >= 0 && count <= stream.Length - position;

    /// <summary>Goes to a place.</summary>
    /// <exception cref="EndOfStreamException">It is not in the file.</exception>
    public static void GoTo(this Stream stream, long position) =>
        stream.Position = stream.Holds(position, 0) ? position : throw new EndOfStreamException();

    /// <summary>Goes on behind some bytes.</summary>
    /// <exception cref="EndOfStreamException">The file does not have as many.</exception>
    public static void Skip(this Stream stream, long count) =>
        stream.Position = stream.Holds(stream.Position, count) ? stream.Position + count : throw new EndOfStreamException();
}
