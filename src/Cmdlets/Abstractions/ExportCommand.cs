using System.Management.Automation;

namespace MonaLisa.PowerShell;

/// <summary>A command that writes a file for each training run or network.</summary>
public abstract class ExportCommand : FileWritingCommand
{
    private protected const string PathSet = "Path";
    private protected const string DestinationSet = "Destination";

    /// <summary>The file to write, its format by its extension; or a folder that exists or whose name ends in a separator.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet,
        HelpMessage = "The file to write; its extension tells the format.")]
    [Alias("LiteralPath", "FilePath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The folder to write into, made if it does not exist; each file is called after the picture that was learned.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DestinationSet)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    /// <summary>A training run or a network.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Alias("Run", "Network")]
    public object InputObject { get; set; } = null!;

    /// <summary>Where to write, or null after an error was written.</summary>
    /// <param name="ending">How names end in a folder.</param>
    /// <param name="kind">What is written, for messages.</param>
    /// <param name="extensions">The extensions of a file.</param>
    private protected ExportTarget? Target(ExportEnding ending, string kind, IReadOnlyList<string> extensions)
    {
        string given = ParameterSetName == DestinationSet ? Destination : Path;
        if (new FileResolver(this).Target(given) is not string path)
            return null;
        bool isFolder = ParameterSetName == DestinationSet || ExportTarget.MeansFolder(given, path);
        if (!isFolder && !extensions.Contains(System.IO.Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
            ThrowTerminatingError(CommandErrors.Of(ErrorIds.UnsupportedFormat, ErrorCategory.InvalidArgument, given,
                $"The extension of '{given}' names no {kind} format, and there is no folder of this name. " +
                (extensions.Count == 1 ? "Use " : "Use one of ") + $"{string.Join(", ", extensions)}, or -Destination to write into a new folder."));
        return new ExportTarget(path, isFolder, ending);
    }
}
