using System.Runtime.Loader;
using MonaLisa.Engine.Platform;
using NetVips;

namespace MonaLisa.Engine.Pictures;

/// <summary>Sets libvips up on first use, once a process.</summary>
internal static class PictureLibrary
{
    /// <summary>The oldest version that has every operation and option used here: the one that NetVips was made for.</summary>
    private static readonly Version OldestVersion = new(8, 18);

    private const string MissingOperationText = "no such operation ";

    private static readonly Lock Gate = new();
    private static bool s_isReady;

    /// <summary>Makes libvips usable, or throws.</summary>
    /// <exception cref="PictureException">The library could not be loaded, or is another version.</exception>
    public static void EnsureReady()
    {
        lock (Gate)
        {
            if (!s_isReady)
                Start();
            s_isReady = true;
        }
    }

    /// <summary>
    /// The error where libvips says that it lacks an operation, which is no fault of the picture's; null where it says something else.
    /// </summary>
    public static PictureException? MissingOperation(string path, VipsException exception)
    {
        if (!exception.Message.StartsWith(MissingOperationText, StringComparison.Ordinal))
            return null;
        string operation = exception.Message[MissingOperationText.Length..].Split('\r', '\n')[0];
        return new PictureException(PictureProblem.OperationMissing, path,
            $"'{path}' cannot be read or written: the picture library '{NativePictureLibrary.FileInUse}', libvips {VersionInUse}, has no " +
            $"operation '{operation}'. {Remedy}",
            exception);
    }

    private static Version VersionInUse => ModuleInitializer.Version is int number
        ? new Version(number >> 16, number >> 8 & byte.MaxValue, number & byte.MaxValue) : new Version(0, 0);

    private static string LibraryInUse => $"The picture library '{NativePictureLibrary.FileInUse}'";

    private const string Remedy = "Install MonaLisa.PS again, with the library that belongs to it.";

    private static void Start()
    {
        if (!ModuleInitializer.VipsInitialized)
            ModuleInitializer.Initialize();
        if (!ModuleInitializer.VipsInitialized)
            throw new PictureException(PictureProblem.LibraryUnavailable, null, ModuleInitializer.Exception switch
            {
                // It names file and remedy where the library was loaded here, but not where the runtime found it.
                DllNotFoundException notFound when AssemblyLoadContext.GetLoadContext(typeof(Image).Assembly) is DependencyContext =>
                    notFound.Message,
                Exception exception => $"{LibraryInUse} could not be started: {exception.Message} {Remedy}",
                null => $"{LibraryInUse} could not be started. {Remedy}",
            }, ModuleInitializer.Exception);
        if (VersionInUse < OldestVersion)
            throw new PictureException(PictureProblem.LibraryUnavailable, null,
                $"{LibraryInUse} is libvips {VersionInUse}, and {OldestVersion} or later is needed. {Remedy}");

        NetVips.NetVips.BlockUntrusted = true;
        // A file may have changed since it was last read, and must not be held open.
        Cache.Max = 0;
        Cache.MaxMem = 0;
        Cache.MaxFiles = 0;
        // Without a handler warnings go to the terminal, in the middle of a progress bar. Failures come as exceptions anyway.
        foreach (string domain in (string[])["VIPS", "GLib", "GLib-GObject", "GModule"])
            Log.SetLogHandler(domain, Enums.LogLevelFlags.Warning | Enums.LogLevelFlags.Message | Enums.LogLevelFlags.Info |
                Enums.LogLevelFlags.Debug | Enums.LogLevelFlags.Critical, (_, _, _) => { });
    }
}
