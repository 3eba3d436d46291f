using System.Runtime.InteropServices;

namespace MonaLisa.Engine.Platform;

/// <summary>
/// The engine's libvips. GLib and GObject are linked into it, so it has every function that NetVips imports. It is loaded by its full path:
/// another libvips may be installed, or already in this process.
/// </summary>
internal static class NativePictureLibrary
{
    private static readonly Lock Gate = new();
    private static nint s_handle;

    /// <summary>The library's file name on this operating system.</summary>
    public static string FileName =>
        OperatingSystem.IsWindows() ? "libvips-42.dll" : OperatingSystem.IsMacOS() ? "libvips.42.dylib" : "libvips.so.42";

    /// <summary>The file that was loaded here, or the name alone where the runtime found the library; for messages.</summary>
    public static string FileInUse { get; private set; } = FileName;

    /// <summary>Loads the library, once.</summary>
    /// <exception cref="DllNotFoundException">It is missing, or does not load; the message names the remedy.</exception>
    public static nint Load()
    {
        lock (Gate)
        {
            if (s_handle == 0)
                (s_handle, FileInUse) = Load(DependencyContext.EngineFolder);
            return s_handle;
        }
    }

    /// <summary>Loads the library that belongs to an engine in a folder.</summary>
    internal static (nint Handle, string File) Load(string baseFolder)
    {
        IReadOnlyList<string> folders = Folders(baseFolder);
        string[] files = [.. folders.Select(folder => Path.Combine(folder, FileName)).Where(File.Exists)];
        if (files.Length == 0)
            throw new DllNotFoundException(
                $"The picture library '{Path.Combine(folders[0], FileName)}' is not there. Install MonaLisa.PS again, in a package for " +
                $"this operating system and processor ({RuntimeInformation.RuntimeIdentifier}); this one {Platforms(baseFolder)}.");
        Exception? failure = null;
        foreach (string file in files)
            try
            {
                return (NativeLibrary.Load(file), file);
            }
            catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
            {
                failure ??= exception;
            }
        throw new DllNotFoundException(
            $"The picture library '{files[0]}' could not be loaded: {LastLine(failure!.Message)} Install MonaLisa.PS again.", failure);
    }

    /// <summary>The folders that may hold the library of this process, most likely first.</summary>
    internal static IReadOnlyList<string> Folders(string baseFolder)
    {
        string architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        string[] systems = OperatingSystem.IsWindows() ? ["win"]
            : OperatingSystem.IsMacOS() ? ["osx"]
            : UsesMusl() ? ["linux-musl", "linux"]
            : ["linux", "linux-musl"];
        // The last is for a program that is published for one platform.
        return [.. systems.Select(system => Path.Combine(baseFolder, "runtimes", $"{system}-{architecture}", "native")), baseFolder];
    }

    private static string Platforms(string baseFolder)
    {
        string folder = Path.Combine(baseFolder, "runtimes");
        string[] platforms = !Directory.Exists(folder) ? [] : [.. Directory.GetDirectories(folder)
            .Where(platform => Directory.EnumerateFiles(platform, "libvips*", SearchOption.AllDirectories).Any())
            .Select(platform => Path.GetFileName(platform)).Order(StringComparer.Ordinal)];
        return platforms.Length == 0 ? "holds none" : "is for " + string.Join(", ", platforms);
    }

    // The runtime's advice comes first, and then the system's message.
    private static string LastLine(string text) =>
        text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)[^1].TrimEnd('.') + ".";

    private static bool UsesMusl() => RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal)
        || RuntimeInformation.RuntimeIdentifier.StartsWith("alpine", StringComparison.Ordinal);
}
