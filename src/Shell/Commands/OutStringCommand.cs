using System.Management.Automation;
using Microsoft.PowerShell.Commands.Internal.Format;
using MonaLisa.Shell.Hosting;

namespace MonaLisa.Shell.Commands;

/// <summary>
/// Gives what Out-Host would show as a string, or as lines. The engine itself calls it to hand objects to native programs.
/// </summary>
[Cmdlet("Out", "String")]
[OutputType(typeof(string))]
public sealed class OutStringCommand : FrontEndCommandBase
{
    private readonly StringWriter _text = new();

    /// <summary>Gives one string for each line.</summary>
    [Parameter]
    public SwitchParameter Stream { get; set; }

    /// <summary>Characters in a line.</summary>
    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int? Width { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        EngineInternals.UseWriter(this, _text, Width ?? Math.Max(2, Host.UI.RawUI.BufferSize.Width - 1));
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        base.ProcessRecord();
        if (Stream)
            WriteLines();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (Stream)
            WriteLines();
        else
            WriteObject(_text.ToString());
    }

    private void WriteLines()
    {
        using var lines = new StringReader(_text.ToString());
        while (lines.ReadLine() is { } line)
            WriteObject(line);
        _text.GetStringBuilder().Clear();
    }
}
