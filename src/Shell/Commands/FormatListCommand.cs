using System.Management.Automation;
using Microsoft.PowerShell.Commands.Internal.Format;
using MonaLisa.Shell.Hosting;

namespace MonaLisa.Shell.Commands;

/// <summary>Formats objects as a list, by the engine's own formatting and its views.</summary>
[Cmdlet(VerbsCommon.Format, "List")]
public sealed class FormatListCommand : OuterFormatTableAndListBase
{
    /// <summary>Takes the engine's implementation.</summary>
    public FormatListCommand() => EngineInternals.UseShape(this, "List");
}
