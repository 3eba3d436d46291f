using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace MonaLisa.Engine.Platform;

/// <summary>
/// The load context of the engine's libraries. In a PowerShell session other modules may bring other versions of them into the default
/// context, which holds one assembly of each name; this context holds the engine's, from a folder beside it, and answers the engine's
/// requests alone. In a program that references the engine the runtime finds the libraries, and this context stays empty.
/// </summary>
internal sealed class DependencyContext : AssemblyLoadContext
{
    /// <summary>The folder of the libraries, beside the engine.</summary>
    public const string FolderName = "dependencies";

    private const string ContextName = "MonaLisa.PS dependencies";

    private static readonly Assembly Engine = typeof(DependencyContext).Assembly;
    private static readonly DependencyContext Own = new();
    private static readonly Lazy<AssemblyName[]> References = new(() => [.. Engine.GetReferencedAssemblies().Where(IsLibrary)]);

    private DependencyContext() : base(ContextName)
    {
    }

    /// <summary>The folder that holds the engine.</summary>
    public static string EngineFolder { get; } =
        Engine.Location is { Length: > 0 } file ? Path.GetDirectoryName(file)! : AppContext.BaseDirectory;

    /// <summary>The libraries, as the engine references them.</summary>
    public static IReadOnlyList<AssemblyName> Dependencies => References.Value;

    /// <summary>The file of a library.</summary>
    public static string FileOf(string name)
    {
        string own = Path.Combine(EngineFolder, FolderName, name + ".dll"), beside = Path.Combine(EngineFolder, name + ".dll");
        return !File.Exists(own) && File.Exists(beside) ? beside : own;
    }

#pragma warning disable CA2255 // It must run before the engine's first method, whoever calls that, and once in a process.
    [ModuleInitializer]
    internal static void AnswerRequests() => GetLoadContext(Engine)!.Resolving += (_, name) => Resolve(name);
#pragma warning restore CA2255

    /// <inheritdoc/>
    /// <remarks>
    /// NetVips is the only library that imports native functions. Without this the runtime would search the system's folders for the name
    /// that NetVips asks for, and might find another version.
    /// </remarks>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) => NativePictureLibrary.Load();

    // Asked when the engine's context has no assembly of the name, or one that is too old.
    private static Assembly? Resolve(AssemblyName name)
    {
        if (!References.Value.Any(reference => reference.FullName == name.FullName))
            return null;
        string file = FileOf(name.Name!);
        return File.Exists(file) ? Own.LoadFromAssemblyPath(file) : null;
    }

    private static bool IsLibrary(AssemblyName reference) =>
        !reference.Name!.StartsWith("System.", StringComparison.Ordinal)
            && !reference.Name.StartsWith("Microsoft.", StringComparison.Ordinal);
}
