using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace MonaLisa.Engine.Platform;

/// <summary>
/// What stands at a path on Unix: .NET tells folders and links, but not a regular file from a device or a pipe, which must not be replaced and
/// may block who opens it. Windows keeps its devices out of folders.
/// </summary>
internal static unsafe partial class FileKind
{
    /// <summary>What is said of a path where <see cref="IsSpecial"/> is true, after its name.</summary>
    public const string SpecialText = "is no regular file but a device, a pipe or the like";

    /// <summary>What to do where such a thing was to be read.</summary>
    public const string ReadRemedy = "Copy what it gives to a file, and read that.";

    private const int TypeMask = 0xF000, Regular = 0x8000;

    /// <summary>Whether there is something at a path that is no regular file, once links are followed. A folder is none either.</summary>
    public static bool IsSpecial(string path) => StatusOf(path) is Status status && (status.Mode & TypeMask) != Regular;

    /// <summary>
    /// Whether a file that is open is still the one at a path: on Unix it may have been removed or renamed since, and another be there.
    /// True where the system does not say.
    /// </summary>
    public static bool IsAt(SafeFileHandle file, string path)
    {
        if (OperatingSystem.IsWindows() || StatusOf(file) is not Status own)
            return true;
        return StatusOf(path) is Status there && (own.Device, own.Number) == (there.Device, there.Number);
    }

    /// <summary>Gives a file the owner and the mode of another, as far as this user may.</summary>
    [UnsupportedOSPlatform("windows")]
    public static void CopyOwnerAndMode(string from, string to)
    {
        if (StatusOf(from) is not Status wanted)
            return;
        // The system takes some bits of the mode away when the owner changes.
        if (StatusOf(to) is not Status own || (wanted.User, wanted.Group) != (own.User, own.Group))
            _ = ChangeOwner(to, wanted.User, wanted.Group);
        File.SetUnixFileMode(to, File.GetUnixFileMode(from));
    }

    private static Status? StatusOf(string path)
    {
        // Longer than either system's record.
        byte* record = stackalloc byte[RecordSize];
        return Read(record, OperatingSystem.IsLinux() ? () => StatX(CurrentFolder, path, 0, BasicFields, record)
            : () => RuntimeInformation.ProcessArchitecture == Architecture.X64 ? Stat64(path, record) : Stat(path, record));
    }

    private static Status? StatusOf(SafeFileHandle file)
    {
        byte* record = stackalloc byte[RecordSize];
        return Read(record, OperatingSystem.IsLinux() ? () => StatX(file, "", EmptyPath, BasicFields, record)
            : () => RuntimeInformation.ProcessArchitecture == Architecture.X64 ? FStat64(file, record) : FStat(file, record));
    }

    // The first fields have kept their places: linux/stat.h (statx), sys/stat.h of macOS.
    private static Status? Read(byte* record, Func<int> ask)
    {
        try
        {
            if (OperatingSystem.IsLinux() && ask() == 0)
                return new(*(ushort*)(record + 28), *(uint*)(record + 20), *(uint*)(record + 24), *(long*)(record + 136), *(long*)(record + 32));
            if (OperatingSystem.IsMacOS() && ask() == 0)
                return new(*(ushort*)(record + 4), *(uint*)(record + 16), *(uint*)(record + 20), *(int*)record, *(long*)(record + 8));
        }
        catch (EntryPointNotFoundException)
        {
            // A C library from before 2018. The file is then taken for a regular one.
        }
        return null;
    }

    private const int RecordSize = 512, CurrentFolder = -100, EmptyPath = 0x1000;
    private const uint BasicFields = 0x7FF;

    private readonly record struct Status(int Mode, uint User, uint Group, long Device, long Number);

    [LibraryImport(SystemLibrary.Name, EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, byte* record);

    [LibraryImport(SystemLibrary.Name, EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(SafeFileHandle file, string path, int flags, uint mask, byte* record);

    [LibraryImport(SystemLibrary.Name, EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(string path, byte* record);

    [LibraryImport(SystemLibrary.Name, EntryPoint = "stat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat64(string path, byte* record);

    [LibraryImport(SystemLibrary.Name, EntryPoint = "fstat")]
    private static partial int FStat(SafeFileHandle file, byte* record);

    [LibraryImport(SystemLibrary.Name, EntryPoint = "fstat$INODE64")]
    private static partial int FStat64(SafeFileHandle file, byte* record);

    [LibraryImport(SystemLibrary.Name, EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);
}
