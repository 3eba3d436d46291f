using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>A command that writes a file for each training run or network.</summary>
public abstract class ExportCommand : FileWritingCommand
{
    private protected const string PathSet = nameof(Path);
    private protected const string DestinationSet = nameof(Destination);

    // By their paths: a folder that a script gives again must know which names are used.
    private readonly Dictionary<string, ExportTarget> _targets = [];
    private ExportTarget? _settled;

    /// <summary>
    /// The file to write, its format by its extension; or a folder that exists or whose name ends in a separator. A script block gives
    /// one for each object, which is <c>$_</c> in it.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet,
        HelpMessage = "The file to write. Its extension chooses the format.")]
    [Alias("LiteralPath", "FilePath")]
    [ValidateNotNull]
    public OutputPath Path { get; set; } = null!;

    /// <summary>
    /// The folder to write into, made if it does not exist; each file is called after the picture that was learned. A script block gives
    /// one for each object, which is <c>$_</c> in it.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = DestinationSet)]
    [ValidateNotNull]
    public OutputPath Destination { get; set; } = null!;

    /// <summary>A training run or a network.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Alias("Run", "Network")]
    public object InputObject { get; set; } = null!;

    /// <summary>Exports an object. What is wrong with it is written, and the next follows.</summary>
    protected sealed override void ProcessRecord() => Try(new ErrorContext(InputObject), Export);

    /// <summary>Exports the current object.</summary>
    private protected abstract void Export();

    /// <summary>Finds the place that a path names, with <see cref="Target"/>; null after an error was written.</summary>
    /// <param name="given">The path as it was given.</param>
    /// <exception cref="CommandException">The command cannot write there.</exception>
    private protected abstract ExportTarget? TargetAt(string given);

    /// <summary>
    /// Finds out where to write. What is wrong with a path for every object ends the pipeline before any work; a script's path is each
    /// object's own.
    /// </summary>
    private protected void SettleTarget()
    {
        if (Given.Script is null)
            Require(default, () => _settled = TargetAt(Given.ToString()));
    }

    /// <summary>Where to write the file of the current object; null after an error was written.</summary>
    /// <exception cref="CommandException">The object's own path cannot be written.</exception>
    private protected ExportTarget? TargetOfObject() =>
        Given.Script is null ? _settled : TargetAt(Given.For(Rehydration.Live(InputObject) ?? InputObject, ParameterSetName));

    /// <summary>Writes the current object's file, and passes it on where that is wanted.</summary>
    /// <param name="target">Where to write.</param>
    /// <param name="file">The file.</param>
    /// <param name="task">What is done, for -WhatIf.</param>
    /// <param name="provider">What computes.</param>
    /// <param name="write">Writes the file.</param>
    private protected void Write(ExportTarget target, string file, string task, ComputeProvider provider, Action write)
    {
        if (ShouldProcess(file, task))
            Try(new ErrorContext(InputObject, file, provider), () =>
            {
                Prepare(target, file);
                write();
                PassOn(file);
            });
    }

    /// <summary>The place that a path names; null after an error was written.</summary>
    /// <param name="given">The path as it was given.</param>
    /// <param name="ending">How names in a folder end.</param>
    /// <param name="kind">What is written, for messages.</param>
    /// <param name="extensions">The extensions of a file.</param>
    /// <exception cref="CommandException">The path is no folder, and its extension is none of these.</exception>
    private protected ExportTarget? Target(string given, ExportEnding ending, string kind, IReadOnlyList<string> extensions)
    {
        if (new FileResolver(this).Target(given) is not string path)
            return null;
        bool isFolder = ParameterSetName == DestinationSet || ExportTarget.MeansFolder(given, path);
        if (!isFolder && !extensions.Contains(System.IO.Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
            throw new CommandException(ErrorIds.UnsupportedFormat, ErrorCategory.InvalidArgument, given,
                $"The extension of '{given}' names no {kind} format, and there is no folder of this name. " +
                (extensions.Count == 1 ? "Use " : "Use one of ") + $"{string.Join(", ", extensions)}, or -Destination to write into a new folder.");
        if (!_targets.TryGetValue(path, out ExportTarget? target))
            _targets.Add(path, target = new ExportTarget(path, isFolder, ending));
        return target;
    }

    // The sets are called after their parameters.
    private OutputPath Given => ParameterSetName == DestinationSet ? Destination : Path;
}
