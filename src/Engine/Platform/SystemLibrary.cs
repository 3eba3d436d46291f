using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MonaLisa.Engine.Platform;

/// <summary>
/// The operating system's C library, which every process has. By its name the runtime would search the folders of the loader for a file, and
/// where LD_LIBRARY_PATH has an empty entry the current folder is one of them.
/// </summary>
internal static class SystemLibrary
{
    /// <summary>The name to import functions from.</summary>
    public const string Name = "libc";

#pragma warning disable CA2255 // It must run before the first call into the library, whoever makes that, and once for an assembly.
    [ModuleInitializer]
    internal static void AnswerRequests() => AnswerRequestsOf(typeof(SystemLibrary).Assembly);
#pragma warning restore CA2255

    /// <summary>Answers an assembly's requests for the library with the one that is in the process. Other requests are left to the runtime.</summary>
    public static void AnswerRequestsOf(Assembly assembly)
    {
        // Windows has no such library; nothing there asks for it.
        if (!OperatingSystem.IsWindows())
            NativeLibrary.SetDllImportResolver(assembly, (name, _, _) => name == Name ? NativeLibrary.GetMainProgramHandle() : 0);
    }
}
