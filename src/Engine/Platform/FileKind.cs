using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace MonaLisa.Engine.Platform;

/// <summary>
/// What stands at a path on Unix: .NET tells folders and links, but not a regular file from a device or a pipe, which must not be replaced and
/// may block who opens it. Windows keeps its devices out of folders.
/// </summary>
internal static unsafe partial class FileKind
{
    /// <summary>What is said of a path where <see cref="IsSpecial"/> is true, after its name.</summary>
    public const string SpecialText = "is no regular file but a device, a pipe or the like";

    private const int TypeMask = 0xF000, Regular = 0x8000;

    /// <summary>Whether there is something at a path that is no regular file, once links are followed. A folder is none either.</summary>
    public static bool IsSpecial(string path) => StatusOf(path) is (int mode, _, _) && (mode & TypeMask) != Regular;

    /// <summary>Gives a file the owner and the mode of another, as far as this user may.</summary>
    [UnsupportedOSPlatform("windows")]
    public static void CopyOwnerAndMode(string from, string to)
    {
        if (StatusOf(from) is not (_, uint user, uint group))
            return;
        // The system takes some bits of the mode away when the owner changes.
        if (StatusOf(to) is not (_, uint ownUser, uint ownGroup) || (user, group) != (ownUser, ownGroup))
            _ = ChangeOwner(to, user, group);
        File.SetUnixFileMode(to, File.GetUnixFileMode(from));
    }

    private static (int Mode, uint User, uint Group)? StatusOf(string path)
    {
        // Longer than either system's record. Its first fields have kept their places: linux/stat.h (statx), sys/stat.h of macOS.
        byte* record = stackalloc byte[512];
        try
        {
            if (OperatingSystem.IsLinux())
                return StatX(CurrentFolder, path, 0, BasicFields, record) == 0
                    ? (*(ushort*)(record + 28), *(uint*)(record + 20), *(uint*)(record + 24)) : null;
            if (OperatingSystem.IsMacOS())
                return (RuntimeInformation.ProcessArchitecture == Architecture.X64 ? Stat64(path, record) : Stat(path, record)) == 0
                    ? (*(ushort*)(record + 4), *(uint*)(record + 16), *(uint*)(record + 20)) : null;
        }
        catch (EntryPointNotFoundException)
        {
            // A C library from before 2018. The file is then taken for a regular one.
        }
        return null;
    }

    private const int CurrentFolder = -100;
    private const uint BasicFields = 0x7FF;

    [LibraryImport(SystemLibrary.Name, EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, byte* record);

    [LibraryImport(SystemLibrary.Name, EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(string path, byte* record);

    [LibraryImport(SystemLibrary.Name, EntryPoint = "stat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat64(string path, byte* record);

    [LibraryImport(SystemLibrary.Name, EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);
}
