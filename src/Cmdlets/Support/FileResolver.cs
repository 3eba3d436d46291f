using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace MonaLisa.PowerShell;

/// <summary>Turns PowerShell paths into full paths of the file system; what cannot be resolved is reported.</summary>
/// <param name="command">The command whose location relative paths start from, and which gets the errors.</param>
/// <param name="report">Takes the errors; null where the command writes them, and goes on.</param>
internal sealed class FileResolver(StoppableCommand command, Action<ErrorRecord>? report = null)
{
    private readonly Action<ErrorRecord> _report = report ?? command.WriteError;
    private readonly bool _takesSeveral = report is null;

    private const string FileSystem = "FileSystem";

    /// <summary>The existing files that a path with or without wildcards names.</summary>
    public IReadOnlyList<string> Existing(string path)
    {
        Collection<string> matches;
        ProviderInfo provider;
        try
        {
            matches = command.GetResolvedProviderPathFromPSPath(path, out provider);
        }
        catch (Exception exception) when (IsPathError(exception))
        {
            _report(PathError(exception, path));
            return [];
        }
        if (!IsFileSystem(provider, path))
            return [];

        bool isPattern = WildcardPattern.ContainsWildcardCharacters(path);
        if (!isPattern)
            return [.. matches.Where(match => IsNotFolder(match))];
        List<string> files = [.. matches.Where(match => !Directory.Exists(match))];
        if (files.Count == 0)
            WarnOfLiteralName(path);
        return files;
    }

    /// <summary>The file with exactly this name; whether it exists is checked when it is opened.</summary>
    /// <param name="path">The name.</param>
    /// <param name="patterns">The parameter that takes patterns, for messages; empty where this one does.</param>
    public IReadOnlyList<string> ExistingLiteral(string path, string patterns = "") =>
        Literal(path) is string file && IsNotFolder(file, patterns) ? [file] : [];

    /// <summary>The files of a path that is first taken letter by letter and, if there is no such file, as a pattern.</summary>
    public IReadOnlyList<string> ExistingLiteralOrPattern(string path)
    {
        bool isPattern = WildcardPattern.ContainsWildcardCharacters(path) && !File.Exists(TryLiteral(path));
        return isPattern ? Existing(path) : ExistingLiteral(path);
    }

    /// <summary>The one file that a parameter names, by its name or a pattern.</summary>
    /// <param name="command">The command whose location relative paths start from.</param>
    /// <param name="value">A path as text, or a file.</param>
    /// <param name="parameter">The parameter's name, for messages.</param>
    /// <exception cref="CommandException">It names none, several, or a folder.</exception>
    public static string Single(StoppableCommand command, object value, string parameter)
    {
        FileResolver resolver = Throwing(command);
        IReadOnlyList<string> files = value is FileSystemInfo file
            ? resolver.ExistingLiteral(file.FullName) : resolver.ExistingLiteralOrPattern((string)value);
        return files switch
        {
            [string one] => one,
            [] => throw new CommandException(ErrorIds.NotFound, ErrorCategory.ObjectNotFound, value,
                FormattableString.Invariant($"No file matches the -{parameter} '{value}'. Give the path of one file.")),
            _ => throw new CommandException(CommandErrors.InvalidOption(
                FormattableString.Invariant($"The -{parameter} '{value}' matches {files.Count} files. Give the path of one file."), value)),
        };
    }

    /// <summary>The full path of a file or folder that need not exist.</summary>
    /// <param name="command">The command whose location relative paths start from.</param>
    /// <param name="path">The path as it was given.</param>
    /// <exception cref="CommandException">It is no path of the file system.</exception>
    public static string Target(StoppableCommand command, string path) => Throwing(command).Literal(path)!;

    private static FileResolver Throwing(StoppableCommand command) => new(command, error => throw new CommandException(error));

    // Null after an error was reported.
    private string? Literal(string path)
    {
        try
        {
            string full = command.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            return IsFileSystem(provider, path) ? full : null;
        }
        catch (Exception exception) when (IsPathError(exception))
        {
            _report(PathError(exception, path));
            return null;
        }
    }

    private string? TryLiteral(string path)
    {
        try
        {
            return command.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out _, out _);
        }
        catch (Exception exception) when (IsPathError(exception))
        {
            return null;
        }
    }

    private bool IsFileSystem(ProviderInfo provider, string path)
    {
        if (provider.Name == FileSystem)
            return true;
        _report(CommandErrors.Of(ErrorIds.NotFileSystem, ErrorCategory.InvalidArgument, path,
            $"'{path}' is a path of the {provider.Name} provider, and a file is needed. Give a path of the file system."));
        return false;
    }

    private bool IsNotFolder(string path, string patterns = "")
    {
        if (!Directory.Exists(path))
            return true;
        string pattern = CodeGeneration.EscapeSingleQuotedStringContent(Path.Join(WildcardPattern.Escape(path), "*"));
        string all = $"{(patterns == "" ? "" : $"-{patterns} ")}'{pattern}'";
        _report(CommandErrors.Of(ErrorIds.IsFolder, ErrorCategory.InvalidType, path,
            $"'{path}' is a folder. Name a file in it{(_takesSeveral ? $", or all of them with {all}" : "")}."));
        return false;
    }

    private void WarnOfLiteralName(string path)
    {
        if (File.Exists(TryLiteral(path)))
            command.WriteWarning(
                $"'{path}' is taken for a pattern and matches no file, though there is a file of exactly that name; " +
                "use -LiteralPath for it.");
        else
            command.WriteVerbose($"No file matches '{path}'.");
    }

    private static bool IsPathError(Exception exception) =>
        exception is not PipelineStoppedException and (RuntimeException or ArgumentException or NotSupportedException or IOException
            or UnauthorizedAccessException);

    private static ErrorRecord PathError(Exception exception, string path) => exception is ItemNotFoundException
        ? new ErrorRecord(exception, ErrorIds.NotFound, ErrorCategory.ObjectNotFound, path)
        : new ErrorRecord(exception, ErrorIds.InvalidPath, ErrorCategory.InvalidArgument, path);
}
