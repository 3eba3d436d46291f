using System.Management.Automation;

namespace MonaLisa.PowerShell;

/// <summary>A command that works on existing files, named with or without wildcards.</summary>
public abstract class FilePathCommand : StoppableCommand
{
    private protected const string PathSet = "Path";
    private protected const string LiteralPathSet = "LiteralPath";

    /// <summary>The files' paths; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The path of a file; wildcards are allowed.")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The files' paths, taken letter by letter; the files that Get-ChildItem gives bind here.</summary>
    // FullName is for the FileInfo objects of .NET, which lack PSPath.
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Resolves each path and processes each file.</summary>
    protected sealed override void ProcessRecord()
    {
        var resolver = new FileResolver(this);
        bool isLiteral = ParameterSetName == LiteralPathSet;
        foreach (string path in isLiteral ? LiteralPath : Path)
            foreach (string file in isLiteral ? resolver.ExistingLiteral(path) : resolver.Existing(path))
                ProcessFile(file);
    }

    /// <summary>Works on one file; writes an error and returns where the file is bad, so that the next goes on.</summary>
    /// <param name="file">The file's full path.</param>
    protected abstract void ProcessFile(string file);
}
