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
    private readonly WrittenFiles _written = new();
    private ExportTarget? _settled;
    private WrittenSource _source;
    private bool _hasWarned;

    /// <summary>
    /// The file to write, its format by its extension; or a folder that exists or whose name ends in a separator. A script block gives
    /// one for each object, which is <c>$_</c> in it.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet,
        HelpMessage = "The file to write. Its extension chooses the format.")]
    [Alias("LiteralPath", "FilePath")]
    [OnePath]
    [ValidateNotNull]
    public OutputPath Path { get; set; } = null!;

    /// <summary>
    /// The folder to write into, made if it does not exist; each file is called after the picture that was learned. A script block gives
    /// one for each object, which is <c>$_</c> in it.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = DestinationSet)]
    [OnePath]
    [ValidateNotNull]
    public OutputPath Destination { get; set; } = null!;

    /// <summary>Training runs, networks, or experiments' rows that have their runs.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Alias("Run", "Network")]
    public object[] InputObject { get; set; } = [];

    /// <summary>
    /// Calls files in a folder after the picture's file with its extension: pictures whose names differ only there keep apart.
    /// </summary>
    [Parameter]
    public SwitchParameter KeepExtension { get; set; }

    /// <summary>The object that is exported.</summary>
    private protected object Current { get; private set; } = null!;

    /// <summary>Exports objects. What is wrong with one is written, and the next follows.</summary>
    protected sealed override void ProcessRecord()
    {
        foreach (object item in InputObject)
        {
            Current = item;
            Try(new ErrorContext(item), Export);
        }
    }

    /// <summary>Exports the current object.</summary>
    private protected abstract void Export();

    /// <summary>Finds the place that a path names, with <see cref="Target"/>.</summary>
    /// <param name="given">The path as it was given.</param>
    /// <exception cref="CommandException">The command cannot write there.</exception>
    private protected abstract ExportTarget TargetAt(string given);

    /// <summary>
    /// Finds out where to write. What is wrong with a path for every object ends the pipeline before any work; a script's path is each
    /// object's own.
    /// </summary>
    private protected void SettleTarget()
    {
        if (Given.Script is null)
            Require(default, () =>
            {
                _settled = TargetAt(Given.ToString());
                _settled.RequireFolder();
            });
    }

    /// <summary>Where to write the file of the current object.</summary>
    /// <exception cref="CommandException">The object's own path cannot be written.</exception>
    private protected ExportTarget TargetOfObject() => _settled ?? TargetAt(Given.For(NamedByScript(), ParameterSetName));

    // A row from another session has its settings and figures only as it came.
    private object NamedByScript() =>
        Rehydration.IsBagOf(Current, typeof(ExperimentRow)) ? Current : Rehydration.Live(Current) ?? Current;

    /// <summary>The file for the current object.</summary>
    /// <param name="target">Where it is.</param>
    /// <param name="name">The name of the picture that was learned.</param>
    /// <param name="picture">The picture's file, or null.</param>
    private protected string FileFor(ExportTarget target, string name, string? picture)
    {
        string source = picture ?? name;
        bool isRunName = Rehydration.Live(Current) is TrainingRun && name == ExportTarget.Cleaned(name);
        _source = new WrittenSource(source, isRunName ? name : null);
        string stem = KeepExtension && picture is not null ? System.IO.Path.GetFileName(picture) : name;
        string file = target.NextFile(stem, source, out string? namesake);
        if (namesake is not null && !_hasWarned)
        {
            _hasWarned = true;
            WriteWarning($"'{source}' has the name of '{namesake}', so its file is '{System.IO.Path.GetFileName(file)}'. Such a number depends " +
                $"on the order of the pictures. {WrittenFiles.RemedyFor(source, namesake)}");
        }
        return file;
    }

    /// <summary>Writes a file of the current object, and keeps it from later ones.</summary>
    /// <param name="target">Where it is.</param>
    /// <param name="file">The file.</param>
    /// <param name="write">Writes it.</param>
    /// <param name="existing">Another file that must not exist without -Force, or null.</param>
    /// <exception cref="CommandException">It may not be written.</exception>
    private protected void WriteOnce(ExportTarget target, string file, Action write, string? existing = null)
    {
        if (_written.TryBegin(file, _source, isNamedHere: target.IsFolder) is string problem)
            throw new CommandException(ErrorIds.FileExists, ErrorCategory.ResourceExists, file, problem);
        bool isWritten = false;
        try
        {
            if (target.IsFolder && !KeepExtension)
                Prepare(target, existing ?? file, "Use -Force to replace it if it is of the same picture. " +
                    "Pictures whose names differ only in their extension keep apart with -KeepExtension.");
            else
                Prepare(target, existing ?? file);
            write();
            isWritten = true;
        }
        finally
        {
            _written.End(file, _source, isWritten);
        }
    }

    /// <summary>Writes the current object's file, and passes it on where that is wanted.</summary>
    /// <param name="target">Where to write.</param>
    /// <param name="file">The file.</param>
    /// <param name="task">What is done, for -WhatIf.</param>
    /// <param name="provider">What computes.</param>
    /// <param name="write">Writes the file.</param>
    private protected void Write(ExportTarget target, string file, string task, ComputeProvider provider, Action write)
    {
        if (ShouldProcess(file, task))
            Try(new ErrorContext(Current, file, provider), () =>
            {
                WriteOnce(target, file, write);
                PassOn(file);
            });
    }

    /// <summary>The place that a path names.</summary>
    /// <param name="given">The path as it was given.</param>
    /// <param name="ending">How names in a folder end.</param>
    /// <param name="kind">What is written, for messages.</param>
    /// <param name="extensions">The extensions of a file.</param>
    /// <exception cref="CommandException">It is no path of the file system, or no folder, and its extension is none of these.</exception>
    private protected ExportTarget Target(string given, ExportEnding ending, string kind, IReadOnlyList<string> extensions)
    {
        string path = FileResolver.Target(this, given);
        bool isFolder = ParameterSetName == DestinationSet || ExportTarget.MeansFolder(given, path);
        if (!isFolder && !extensions.Contains(System.IO.Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
            throw new CommandException(ErrorIds.UnsupportedFormat, ErrorCategory.InvalidArgument, given,
                $"The extension of '{given}' names no {kind} format, and there is no folder of this name. " +
                (extensions.Count == 1 ? "Use " : "Use one of ") + $"{string.Join(", ", extensions)}, or -Destination to write into a new folder.");
        if (!isFolder && KeepExtension)
            throw new CommandException(CommandErrors.InvalidOption(
                $"-KeepExtension is for names in a folder, and '{given}' is the name of a file. Leave out -KeepExtension.", given));
        if (!_targets.TryGetValue(path, out ExportTarget? target))
            _targets.Add(path, target = new ExportTarget(
                path, isFolder, ending, "Create it, or name a folder with -Destination, which creates it."));
        return target;
    }

    // The sets are called after their parameters.
    private OutputPath Given => ParameterSetName == DestinationSet ? Destination : Path;
}
