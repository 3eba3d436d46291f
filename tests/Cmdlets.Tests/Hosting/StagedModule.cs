using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace MonaLisa.Cmdlets.Tests;

/// <summary>The module folder that the build staged, and the assemblies in it.</summary>
internal static class StagedModule
{
    public static string Folder { get; } = typeof(StagedModule).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "ModuleFolder").Value!.TrimEnd('/', '\\');

    public static string Manifest => Path.Combine(Folder, "MonaLisa.PS.psd1");

    // Import-Module loads the same files: there must be one of each type, whoever asks first.
#pragma warning disable CA2255 // A module initializer is the only code that runs before the first type of the module is needed.
    [ModuleInitializer]
    internal static void ResolveFromHere() => AssemblyLoadContext.Default.Resolving += (context, name) =>
    {
        string file = Path.Combine(Folder, name.Name + ".dll");
        return File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
    };
#pragma warning restore CA2255
}
