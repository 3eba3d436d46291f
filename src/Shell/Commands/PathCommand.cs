using System.Management.Automation;

namespace MonaLisa.Shell.Commands;

/// <summary>A command that takes -Path, with wildcards, or -LiteralPath, without.</summary>
public abstract class PathCommand : PSCmdlet
{
    /// <summary>Parameter set of <see cref="Path"/>.</summary>
    protected const string PathSet = "Path";

    /// <summary>Parameter set of <see cref="LiteralPath"/>.</summary>
    protected const string LiteralPathSet = "LiteralPath";

    /// <summary>Paths; wildcards are expanded.</summary>
    [Parameter(Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = ["."];

    /// <summary>Paths, taken as they stand.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Whether wildcards are ordinary characters.</summary>
    protected bool IsLiteral => ParameterSetName == LiteralPathSet;

    /// <summary>The paths that were given.</summary>
    protected string[] GivenPaths => IsLiteral ? LiteralPath : Path;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string path in GivenPaths)
        {
            try
            {
                Process(path);
            }
            catch (RuntimeException exception) when (exception is not PipelineStoppedException)
            {
                // One path that cannot be had is an error of its own; the others go on.
                WriteError(new ErrorRecord(exception.ErrorRecord, exception));
            }
        }
    }

    /// <summary>Does the command's work for one path.</summary>
    protected abstract void Process(string path);
}
