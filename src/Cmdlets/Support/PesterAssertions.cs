using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace MonaLisa.PowerShell;

/// <summary>
/// Brings the assertions of <c>pester/MonaLisa.PS.Assertions.psm1</c> to each Pester that a session imports, whenever it does. A module is
/// told of no other's import, so it watches for the commands with which tests begin.
/// </summary>
internal static class PesterAssertions
{
    private const string PesterName = "Pester";

    private static readonly HashSet<string> Entrances =
        new(["Invoke-Pester", "Describe", "Context", "It", "BeforeDiscovery", "BeforeAll", "BeforeEach", "Should"], StringComparer.OrdinalIgnoreCase);

    // A session that imports Pester again, or another version of it, has another module, which knows nothing of what the first was given.
    private static readonly ConditionalWeakTable<PSModuleInfo, object> Equipped = [];

    private static string AssertionFile =>
        Path.Combine(Path.GetDirectoryName(typeof(PesterAssertions).Assembly.Location)!, "pester", "MonaLisa.PS.Assertions.psm1");

    /// <summary>Brings the assertions to the Pester of the current session, and to each that it imports later.</summary>
    public static void Watch()
    {
        if (Runspace.DefaultRunspace is null)
            return;
        Unwatch();
        Commands().PostCommandLookupAction += OnCommandFound;
        foreach (PSModuleInfo pester in Modules(PesterName))
            Equip(pester);
    }

    /// <summary>Leaves the current session's lookup of commands alone, and takes the assertions out of it. Those that Pester has stay there.</summary>
    public static void Unwatch()
    {
        if (Runspace.DefaultRunspace is null)
            return;
        Commands().PostCommandLookupAction -= OnCommandFound;
        foreach (PSModuleInfo assertions in Modules(Path.GetFileNameWithoutExtension(AssertionFile)))
            Invoke("Microsoft.PowerShell.Core\\Remove-Module -ModuleInfo $args[0] -Force", assertions);
        foreach (PSModuleInfo pester in Modules(PesterName))
            Equipped.Remove(pester);
    }

    // PowerShell calls this for every command that it looks up, and ignores exceptions.
    private static void OnCommandFound(object? sender, CommandLookupEventArgs found)
    {
        if (found.Command is FunctionInfo { ModuleName: PesterName, Module: PSModuleInfo pester } function && Entrances.Contains(function.Name))
            Equip(pester);
    }

    // Global, because a test file's own scope ends with its tests; the names have Pester's verb, which is not one of PowerShell's.
    private static void Equip(PSModuleInfo pester)
    {
        if (Equipped.TryAdd(pester, pester))
            Invoke(
                "Microsoft.PowerShell.Core\\Import-Module -Name $args[0] -ArgumentList $args[1] -Global -Force -DisableNameChecking -Verbose:$false",
                AssertionFile, pester);
    }

    private static IEnumerable<PSModuleInfo> Modules(string name) =>
        Invoke("Microsoft.PowerShell.Core\\Get-Module -Name $args[0]", name).Select(module => (PSModuleInfo)module.BaseObject);

    private static CommandInvocationIntrinsics Commands() => ((EngineIntrinsics)Invoke("$ExecutionContext")[0].BaseObject).InvokeCommand;

    private static Collection<PSObject> Invoke(string script, params object[] arguments) => ScriptBlock.Create(script).Invoke(arguments);
}
