using System.Management.Automation;
using System.Runtime.CompilerServices;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Runs at each import of the module.</summary>
public sealed class ModuleImport : IModuleAssemblyInitializer
{
    /// <summary>
    /// Lets the engine find its libraries, which it otherwise does when the first of its methods runs: completion and other reflection
    /// list its types before. Nothing is loaded, and a second call does nothing.
    /// </summary>
    public void OnImport() => RuntimeHelpers.RunModuleConstructor(typeof(Mlp).Module.ModuleHandle);
}
