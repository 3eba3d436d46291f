using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MonaLisa.Engine.Platform;

/// <summary>
/// Files that a process has open alone, with <see cref="FileShare.None"/>. Windows removes such a file when it is closed. On Unix the name is
/// removed while the file is still locked, and only if it is still this file's: .NET's own <see cref="FileOptions.DeleteOnClose"/> would
/// remove whatever has the name by then.
/// </summary>
internal static partial class OwnFile
{
    private const int Shared = 1;

    /// <summary>The option to open a file with that is to be removed.</summary>
    public static FileOptions RemovedWhenClosed => OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None;

    /// <summary>Removes a file that was opened with <see cref="RemovedWhenClosed"/>, before it is closed.</summary>
    public static void Remove(FileStream file)
    {
        if (!OperatingSystem.IsWindows() && FileKind.IsAt(file.SafeFileHandle, file.Name))
            File.Delete(file.Name);
    }

    /// <summary>
    /// Lets others read a file on Unix, while none can have it alone: so it can get another name, and be read under it at once, before it is
    /// closed.
    /// </summary>
    public static void Share(SafeFileHandle file)
    {
        try
        {
            if (!OperatingSystem.IsWindows())
                _ = Lock(file, Shared);
        }
        catch (EntryPointNotFoundException)
        {
            // It stays locked until it is closed.
        }
    }

    [LibraryImport(SystemLibrary.Name, EntryPoint = "flock")]
    private static partial int Lock(SafeFileHandle file, int operation);
}
