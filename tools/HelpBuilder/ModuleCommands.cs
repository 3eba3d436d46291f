using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace MonaLisa.HelpBuilder;

/// <summary>The commands of a compiled module, as PowerShell itself sees them.</summary>
internal static class ModuleCommands
{
    /// <summary>Imports an assembly into a new session and lists its commands.</summary>
    /// <param name="assembly">The assembly's path.</param>
    public static IReadOnlyList<CmdletInfo> Of(string assembly)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        using Runspace runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        using PowerShell shell = PowerShell.Create(runspace);
        shell.AddCommand("Import-Module").AddParameter("Name", Path.GetFullPath(assembly)).AddParameter("ErrorAction", ActionPreference.Stop)
            .AddStatement().AddCommand("Get-Command").AddParameter("Module", Path.GetFileNameWithoutExtension(assembly));
        List<CmdletInfo> commands = [.. shell.Invoke().Select(item => item.BaseObject).OfType<CmdletInfo>()];
        // What is asked later of a command, its session must still be there to answer.
        foreach (CmdletInfo command in commands)
            _ = command.ParameterSets.Count;
        return [.. commands.OrderBy(command => command.Name, StringComparer.Ordinal)];
    }
}
