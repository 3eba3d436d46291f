using System.Collections;
using System.Management.Automation;

namespace MonaLisa.PowerShell;

/// <summary>The list behind a command's -OutVariable, which the session holds from the command's beginning.</summary>
internal static class OutVariable
{
    /// <summary>Adds an object that the pipeline, being stopped, takes no more. Without -OutVariable it does nothing.</summary>
    public static void Add(PSCmdlet command, object value)
    {
        if (command.MyInvocation.BoundParameters.TryGetValue(nameof(OutVariable), out object? given) && given is string name &&
            command.SessionState.PSVariable.GetValue(name.TrimStart('+')) is IList { IsReadOnly: false, IsFixedSize: false } list)
            list.Add(new PSObject(value));
    }
}
