using System.Management.Automation;
using Microsoft.PowerShell.Commands.Internal.Format;
using MonaLisa.Shell.Hosting;

namespace MonaLisa.Shell.Commands;

/// <summary>Formats objects as a table, by the engine's own formatting and its views.</summary>
[Cmdlet(VerbsCommon.Format, "Table")]
public sealed class FormatTableCommand : OuterFormatTableBase
{
    /// <summary>Takes the engine's implementation.</summary>
    public FormatTableCommand() => EngineInternals.UseShape(this, "Table");
}
