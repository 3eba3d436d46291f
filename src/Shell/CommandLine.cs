namespace MonaLisa.Shell;

/// <summary>What the shell was asked to do.</summary>
internal enum RunMode
{
    Interactive,
    Script,
    Command,
    StandardInput,
    Version,
    Help,
}

/// <summary>The command line, read by the rules of pwsh: options may be shortened and are not case-sensitive.</summary>
internal sealed record CommandLine
{
    private static readonly (string Name, int ShortestPrefix)[] Options =
    [
        ("file", 1), ("command", 1), ("version", 1), ("help", 1), ("?", 1), ("nologo", 3), ("noexit", 3), ("noprofile", 3),
        ("noninteractive", 4), ("workingdirectory", 2), ("wd", 2),
    ];

    public required RunMode Mode { get; init; }

    /// <summary>The script's path as given, or the text of the command.</summary>
    public string Text { get; init; } = "";

    /// <summary>What follows the script's path.</summary>
    public IReadOnlyList<string> ScriptArguments { get; init; } = [];

    public bool NoLogo { get; private init; }

    public bool NoExit { get; private init; }

    /// <summary>Prompts fail instead of waiting for an answer.</summary>
    public bool NonInteractive { get; private init; }

    public string? WorkingDirectory { get; private init; }

    /// <exception cref="UsageException">An option is not known or lacks its value.</exception>
    public static CommandLine Parse(IReadOnlyList<string> arguments, bool inputIsTerminal)
    {
        var result = new CommandLine { Mode = inputIsTerminal ? RunMode.Interactive : RunMode.StandardInput };
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            if (argument == "-")
                return result with { Mode = RunMode.StandardInput };
            if (!argument.StartsWith('-'))
                return Script(result, arguments, i);

            switch (OptionName(argument))
            {
                case "file":
                    if (i + 1 == arguments.Count)
                        throw new UsageException("-File needs the path of a script, for example: monalisa -File ./paint.ps1");
                    return arguments[i + 1] == "-" ? result with { Mode = RunMode.StandardInput } : Script(result, arguments, i + 1);
                case "command":
                    if (i + 1 == arguments.Count)
                        throw new UsageException("-Command needs the text of a command, for example: monalisa -Command 'Get-MlpProvider'");
                    if (arguments[i + 1] == "-" && i + 2 == arguments.Count)
                        return result with { Mode = RunMode.StandardInput };
                    return result with { Mode = RunMode.Command, Text = string.Join(' ', arguments.Skip(i + 1)) };
                case "version":
                    return result with { Mode = RunMode.Version };
                case "help" or "?":
                    return result with { Mode = RunMode.Help };
                case "nologo":
                    result = result with { NoLogo = true };
                    break;
                case "noexit":
                    result = result with { NoExit = true };
                    break;
                case "noprofile":
                    break; // This shell reads no profile: pwsh's option is accepted and already so.
                case "noninteractive":
                    result = result with { NonInteractive = true };
                    break;
                case "workingdirectory" or "wd":
                    if (++i == arguments.Count)
                        throw new UsageException("-WorkingDirectory needs the path of a folder.");
                    result = result with { WorkingDirectory = arguments[i] };
                    break;
                default:
                    throw new UsageException($"The option '{argument}' is not known, and no script has that name.");
            }
        }

        return result;
    }

    private static CommandLine Script(CommandLine soFar, IReadOnlyList<string> arguments, int index) =>
        soFar with { Mode = RunMode.Script, Text = arguments[index], ScriptArguments = [.. arguments.Skip(index + 1)] };

    private static string? OptionName(string argument)
    {
        string given = argument[(argument.StartsWith("--", StringComparison.Ordinal) ? 2 : 1)..];
        foreach ((string name, int shortestPrefix) in Options)
        {
            if (given.Length >= shortestPrefix && name.StartsWith(given, StringComparison.OrdinalIgnoreCase))
                return name;
        }

        return null;
    }
}
