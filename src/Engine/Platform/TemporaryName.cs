using System.Security.Cryptography;
using System.Text;

namespace MonaLisa.Engine.Platform;

/// <summary>
/// Names of the files in which others are written before they get their own: <c>.monalisa-</c>, digits made of the target's name, and a
/// number. They are no longer than file systems allow however long the target's name is. The numbers are few, so that who writes the target
/// next finds what a killed process left without a look at all files of the folder.
/// </summary>
internal static class TemporaryName
{
    private const string Prefix = ".monalisa-", Extension = ".tmp";

    /// <summary>The most that write one target at the same time.</summary>
    private const int MostWriters = 16;

    /// <summary>Creates the file of a writer, which has it open alone.</summary>
    /// <exception cref="IOException">It cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static FileStream Create(string target)
    {
        string[] names = [.. Names(target)];
        for (int i = 0; i < names.Length; i++)
            try
            {
                var file = new FileStream(names[i], FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
                if (FileKind.IsAt(file.SafeFileHandle, names[i]))
                    return file;
                // One who clears leftovers took it for one before it was locked.
                file.Dispose();
            }
            // Another writer has this name, or is just taking it.
            catch (IOException) when (i < names.Length - 1)
            {
            }
        throw new IOException($"All {names.Length} temporary files for '{target}' are in use or are removed. End what else writes it, and write it again.");
    }

    /// <summary>Removes what earlier writers of a target left. What another process is writing is kept.</summary>
    public static void RemoveLeftovers(string target)
    {
        try
        {
            foreach (string file in Names(target).Where(File.Exists))
                if (!File.GetAttributes(file).HasFlag(FileAttributes.ReparsePoint) && !FileKind.IsSpecial(file))
                    RemoveIfFree(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is only untidy.
        }
    }

    // A writer holds its file open alone, and the system ends that with the process.
    private static void RemoveIfFree(string file)
    {
        try
        {
            using var own = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, OwnFile.RemovedWhenClosed);
            OwnFile.Remove(own);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is not free.
        }
    }

    private static IEnumerable<string> Names(string target)
    {
        byte[] digits = SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFileName(target)));
        string stem = Path.Combine(Path.GetDirectoryName(target) ?? target, Prefix + Convert.ToHexStringLower(digits.AsSpan(0, 6)));
        return Enumerable.Range(0, MostWriters).Select(number => $"{stem}-{number}{Extension}");
    }
}
