using System.Management.Automation;
using System.Runtime.CompilerServices;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Runs at each import of the module, and when it is removed.</summary>
public sealed class ModuleImport : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <summary>
    /// The folder <c>session</c> beside the assemblies that this process runs; null if the engine lies in another folder than the cmdlets, or
    /// they were loaded from memory. An assembly of a name is loaded only once, so the scripts in that folder ask whether it is theirs.
    /// </summary>
    public static string? ScriptFolder { get; } =
        FolderOf(typeof(ModuleImport)) is { } folder && folder == FolderOf(typeof(Mlp)) ? Path.Combine(folder, "session") : null;

    /// <summary>
    /// Lets the engine find its libraries, which it otherwise does when the first of its methods runs: completion and other reflection
    /// list its types before. Nothing is loaded, and a second call does nothing. Tests get their assertions.
    /// </summary>
    public void OnImport()
    {
        RuntimeHelpers.RunModuleConstructor(typeof(Mlp).Module.ModuleHandle);
        PesterAssertions.Watch();
    }

    /// <summary>Takes out of the session what the import put there.</summary>
    public void OnRemove(PSModuleInfo psModuleInfo) => PesterAssertions.Unwatch();

    private static string? FolderOf(Type type) => Path.GetDirectoryName(type.Assembly.Location);
}
