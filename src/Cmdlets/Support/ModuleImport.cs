using System.Management.Automation;
using System.Runtime.CompilerServices;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Runs at each import of the module, and when it is removed.</summary>
public sealed class ModuleImport : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
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
}
