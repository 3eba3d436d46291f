using System.Security.Cryptography;
using System.Text;

namespace MonaLisa.Engine.Platform;

/// <summary>
/// Names of the files in which others are written before they get their own: <c>.monalisa-</c>, digits made of the target's name, and digits
/// of chance. They are no longer than file systems allow however long the target's name is, and who writes the target next finds what a killed
/// process left.
/// </summary>
internal static class TemporaryName
{
    private const string Prefix = ".monalisa-", Extension = ".tmp";

    /// <summary>A name that no other file has, in the target's folder.</summary>
    public static string For(string target) => Path.Combine(FolderOf(target), $"{StemOf(target)}{Guid.NewGuid():N}{Extension}");

    /// <summary>Removes what earlier writers of a target left. What another process is writing is kept.</summary>
    public static void RemoveLeftovers(string target)
    {
        try
        {
            foreach (string file in Directory.EnumerateFiles(FolderOf(target), $"{StemOf(target)}*{Extension}"))
                if (!File.GetAttributes(file).HasFlag(FileAttributes.ReparsePoint) && !FileKind.IsSpecial(file) && IsFree(file))
                    File.Delete(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is only untidy.
        }
    }

    // A writer holds its file open alone, and the system ends that with the process.
    private static bool IsFree(string file)
    {
        try
        {
            using var own = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string FolderOf(string target) => Path.GetDirectoryName(target) ?? target;

    private static string StemOf(string target)
    {
        byte[] digits = SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFileName(target)));
        return Prefix + Convert.ToHexStringLower(digits.AsSpan(0, 6)) + "-";
    }
}
