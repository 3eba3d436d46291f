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

    /// <summary>The files' paths without wildcards; the files that Get-ChildItem gives bind here.</summary>
    // FullName is for the FileInfo objects of .NET, which lack PSPath.
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Works on each file. What is wrong with one is written, and the next follows.</summary>
    protected sealed override void ProcessRecord()
    {
        var resolver = new FileResolver(this);
        bool isLiteral = ParameterSetName == LiteralPathSet;
        foreach (string path in isLiteral ? LiteralPath : Path)
            foreach (string file in isLiteral ? resolver.ExistingLiteral(path, PathSet) : resolver.Existing(path))
                Try(new ErrorContext(file, file), () => ProcessFile(file));
    }

    /// <summary>Works on one file.</summary>
    /// <param name="file">The file's full path.</param>
    private protected abstract void ProcessFile(string file);
}
