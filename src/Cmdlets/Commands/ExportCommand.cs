using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>A command that writes a file for each training run or network.</summary>
public abstract class ExportCommand : FileWritingCommand
{
    private protected const string PathSet = "Path";
    private protected const string DestinationSet = "Destination";

    // By their paths: a folder that a script gives again must know which names are used.
    private readonly Dictionary<string, ExportTarget> _targets = [];
    private ExportTarget? _settled;

    /// <summary>
    /// The file to write, its format by its extension; or a folder that exists or whose name ends in a separator. A script block gives
    /// one for each object, which is <c>$_</c> in it.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet,
        HelpMessage = "The file to write; its extension tells the format.")]
    [Alias("LiteralPath", "FilePath")]
    [OutputPath]
    [ValidateNotNull]
    public OutputPath Path { get; set; } = null!;

    /// <summary>The folder to write into, made if it does not exist; each file is called after the picture that was learned.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DestinationSet)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    /// <summary>A training run or a network.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Alias("Run", "Network")]
    public object InputObject { get; set; } = null!;

    /// <summary>
    /// Finds out where to write. What is wrong with a path for every object ends the pipeline before any work; what a script gives is
    /// each object's own question.
    /// </summary>
    private protected void SettleTarget()
    {
        if (IsScripted)
            return;
        try
        {
            _settled = TargetAt(ParameterSetName == DestinationSet ? Destination : Path.ToString());
        }
        catch (ExportTargetException exception)
        {
            ThrowTerminatingError(exception.ErrorRecord);
        }
    }

    /// <summary>Where to write what comes of the object in hand, or null after an error was written.</summary>
    private protected ExportTarget? TargetOfObject()
    {
        if (!IsScripted)
            return _settled;
        try
        {
            return TargetAt(Path.For(Rehydration.Live(InputObject) ?? InputObject));
        }
        catch (ExportTargetException exception)
        {
            WriteError(exception.ErrorRecord);
            return null;
        }
    }

    /// <summary>What paints for the object in hand, or null after an error was written.</summary>
    private protected Painter? TryPainter()
    {
        var painter = Painter.From(InputObject);
        ErrorRecord? error = painter is null ? Painter.UnsupportedInputError(InputObject, "A training run or a network")
            : painter.Network.IsFinite ? null : painter.NotFiniteError();
        if (error is null)
            return painter;
        WriteError(error);
        return null;
    }

    /// <summary>Exports the object in hand; false after an error was written, so that the next goes on.</summary>
    /// <param name="file">The file that comes of it.</param>
    /// <param name="provider">Who is to compute.</param>
    /// <param name="export">Writes it.</param>
    private protected bool TryExport(string file, ComputeProvider provider, Action export)
    {
        try
        {
            export();
            return true;
        }
        catch (PictureException exception)
        {
            WriteError(CommandErrors.Picture(exception, file));
        }
        catch (ModelFileException exception)
        {
            WriteError(CommandErrors.Model(exception, exception.Path));
        }
        catch (ProviderUnavailableException exception)
        {
            WriteError(CommandErrors.ProviderUnavailable(exception, provider));
        }
        catch (ArgumentException exception)
        {
            WriteError(CommandErrors.InvalidOption(exception, InputObject));
        }
        return false;
    }

    /// <summary>Where a path leads, by <see cref="Target"/>; null after an error was written.</summary>
    /// <param name="given">The path as it was given.</param>
    /// <exception cref="ExportTargetException">The command cannot write there.</exception>
    private protected abstract ExportTarget? TargetAt(string given);

    /// <summary>Where to write, or null after an error was written.</summary>
    /// <param name="given">The path as it was given.</param>
    /// <param name="ending">How names end in a folder.</param>
    /// <param name="kind">What is written, for messages.</param>
    /// <param name="extensions">The extensions of a file.</param>
    /// <exception cref="ExportTargetException">The path is no folder, and its extension is none of these.</exception>
    private protected ExportTarget? Target(string given, ExportEnding ending, string kind, IReadOnlyList<string> extensions)
    {
        if (new FileResolver(this).Target(given) is not string path)
            return null;
        bool isFolder = ParameterSetName == DestinationSet || ExportTarget.MeansFolder(given, path);
        if (!isFolder && !extensions.Contains(System.IO.Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
            throw new ExportTargetException(CommandErrors.Of(ErrorIds.UnsupportedFormat, ErrorCategory.InvalidArgument, given,
                $"The extension of '{given}' names no {kind} format, and there is no folder of this name. " +
                (extensions.Count == 1 ? "Use " : "Use one of ") + $"{string.Join(", ", extensions)}, or -Destination to write into a new folder."));
        if (!_targets.TryGetValue(path, out ExportTarget? target))
            _targets.Add(path, target = new ExportTarget(path, isFolder, ending));
        return target;
    }

    private bool IsScripted => ParameterSetName == PathSet && Path.Script is not null;
}
