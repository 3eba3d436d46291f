using System.Management.Automation;

namespace MonaLisa.Shell.Commands;

/// <summary>Changes the current folder.</summary>
[Cmdlet(VerbsCommon.Set, "Location", DefaultParameterSetName = PathSet)]
[OutputType(typeof(PathInfo))]
public sealed class SetLocationCommand : PSCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    /// <summary>The folder; wildcards are expanded. The home folder without it.</summary>
    [Parameter(Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string Path { get; set; } = "~";

    /// <summary>The folder, taken as it stands.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string LiteralPath { get; set; } = "";

    /// <summary>Writes the new location.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            string path = ParameterSetName == LiteralPathSet ? WildcardPattern.Escape(LiteralPath) : Path;
            PathInfo location = SessionState.Path.SetLocation(path);
            if (PassThru)
                WriteObject(location);
        }
        catch (RuntimeException exception) when (exception is not PipelineStoppedException)
        {
            WriteError(new ErrorRecord(exception.ErrorRecord, exception));
        }
    }
}
