using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using NetVips;

namespace MonaLisa.Engine;

/// <summary>
/// Loads libvips on first use and sets it up, once a process. PowerShell looks for native libraries only beside an assembly
/// and in a folder of its own naming; here they lie in <c>runtimes/&lt;platform&gt;/native</c>, so that one module folder serves
/// every platform.
/// </summary>
internal static class PictureLibrary
{
    private static readonly Lock Gate = new();
    private static volatile bool s_ready;
    private static nint s_handle;

    /// <summary>Makes libvips usable, or throws.</summary>
    /// <exception cref="PictureException">The library could not be loaded.</exception>
    public static void EnsureReady()
    {
        if (s_ready)
            return;
        lock (Gate)
        {
            if (s_ready)
                return;
            // NetVips binds its native functions the first time its code runs: the resolver has to be there before. This runs none of it.
            Assembly netVips = typeof(Image).Assembly;
            bool resolverIsOurs = TrySetResolver(netVips);
            Start(netVips, resolverIsOurs);
            s_ready = true;
        }
    }

    /// <summary>The folders that may hold the library of this process, most likely first.</summary>
    internal static IReadOnlyList<string> NativeFolders(string baseFolder)
    {
        string architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        string[] systems = OperatingSystem.IsWindows() ? ["win"]
            : OperatingSystem.IsMacOS() ? ["osx"]
            : UsesMusl() ? ["linux-musl", "linux"]
            : ["linux", "linux-musl"];
        return [.. systems.Select(system => Path.Combine(baseFolder, "runtimes", $"{system}-{architecture}", "native"))];
    }

    internal static string FileName =>
        OperatingSystem.IsWindows() ? "libvips-42.dll" : OperatingSystem.IsMacOS() ? "libvips.42.dylib" : "libvips.so.42";

    private static string BaseFolder
    {
        get
        {
            string location = typeof(PictureLibrary).Assembly.Location;
            return location.Length > 0 ? Path.GetDirectoryName(location)! : AppContext.BaseDirectory;
        }
    }

    private static bool UsesMusl()
    {
        string identifier = RuntimeInformation.RuntimeIdentifier;
        return identifier.Contains("musl", StringComparison.Ordinal) || identifier.StartsWith("alpine", StringComparison.Ordinal);
    }

    private static bool TrySetResolver(Assembly netVips)
    {
        try
        {
            NativeLibrary.SetDllImportResolver(netVips, (_, assembly, searchPath) => Load(assembly, searchPath));
            return true;
        }
        catch (InvalidOperationException)
        {
            // Another module of this process brought NetVips in first.
            return false;
        }
    }

    // GLib and GObject are linked into this one file, so it answers for every name that NetVips imports from.
    private static nint Load(Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (s_handle != 0)
            return s_handle;
        nint handle = LoadFromNativeFolders();
        if (handle == 0)
            NativeLibrary.TryLoad(FileName, assembly, searchPath, out handle);
        return s_handle = handle;
    }

    private static nint LoadFromNativeFolders()
    {
        foreach (string folder in NativeFolders(BaseFolder))
        {
            string file = Path.Combine(folder, FileName);
            if (File.Exists(file) && NativeLibrary.TryLoad(file, out nint handle))
                return handle;
        }
        return 0;
    }

    // Apart, so that nothing of NetVips is touched before its resolver is set.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Start(Assembly netVips, bool resolverIsOurs)
    {
        if (!ModuleInitializer.VipsInitialized)
        {
            if (!resolverIsOurs && AssemblyLoadContext.GetLoadContext(netVips) is { } context)
                context.ResolvingUnmanagedDll += (_, _) => LoadFromNativeFolders();
            ModuleInitializer.Initialize();
        }
        if (!ModuleInitializer.VipsInitialized)
            throw new PictureException(PictureProblem.LibraryUnavailable, null,
                $"The picture library {FileName} could not be loaded from '{NativeFolders(BaseFolder)[0]}'. " +
                "Install the module again with its whole 'runtimes' folder, for this operating system and processor " +
                $"({RuntimeInformation.RuntimeIdentifier}).", ModuleInitializer.Exception);

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
