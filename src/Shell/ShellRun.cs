using System.Management.Automation.Runspaces;
using MonaLisa.Shell.Hosting;
using MonaLisa.Shell.Terminal;

namespace MonaLisa.Shell;

/// <summary>One run of the shell from the engine's start to the exit code.</summary>
internal sealed class ShellRun(ShellConsole console, CommandLine commandLine)
{
    private readonly ShellInput _input = new(console, commandLine.NonInteractive);
    private volatile ShellSession? _session;
    private volatile bool _atPrompt = commandLine.NoExit;
    private int _signalExitCode;

    /// <exception cref="UsageException">The script or the folder does not exist.</exception>
    public int Run()
    {
        EnterWorkingDirectory();
        string? script = commandLine.Mode == RunMode.Script ? FindScript() : null;
        string manifest;
        try
        {
            manifest = ModuleLocator.FindManifest();
        }
        catch (FileNotFoundException exception)
        {
            console.WriteError(exception.Message + "\n");
            return ExitCode.Failure;
        }

        using var interruption = new Interruption(Stop, leaveTerminalTidy: console.ClearProgress);
        using ShellSession session = _session = ShellSession.Open(console, _input);
        if (!session.ImportModule(manifest))
        {
            if (_signalExitCode == 0)
                console.WriteError($"The module could not be loaded from '{manifest}': see the error above.\n");
            return _signalExitCode != 0 ? _signalExitCode : ExitCode.Failure;
        }

        int exitCode = commandLine.Mode switch
        {
            RunMode.Script => RunScript(session, script!),
            RunMode.Command => RunText(
                session, commandLine.Text, readsInput: !console.InputIsTerminal && StandardInputScan.ReadsInput(commandLine.Text)),
            RunMode.StandardInput => RunText(session, _input.ReadToEnd(), readsInput: false),
            _ => RunPrompt(session),
        };
        if (commandLine is { NoExit: true, Mode: not RunMode.Interactive } && session.RequestedExitCode is null && _signalExitCode == 0)
            exitCode = RunPrompt(session);
        return _signalExitCode != 0 ? _signalExitCode : exitCode;
    }

    private int RunScript(ShellSession session, string path)
    {
        var command = new Command(path, isScript: false, useLocalScope: false);
        foreach (CommandParameter parameter in ScriptArgumentParser.Parse(commandLine.ScriptArguments))
            command.Parameters.Add(parameter);
        if (!commandLine.NoExit)
            EngineInternals.LetExitEndThePipeline(session.Runspace);
        RunOutcome outcome = session.RunCommand(command, readsInput: !console.InputIsTerminal && StandardInputScan.FileReadsInput(path));
        return CodeOf(session, outcome) ?? ExitCode.Success;
    }

    private int RunText(ShellSession session, string text, bool readsInput)
    {
        RunOutcome outcome = session.RunText(text, readsInput);
        return CodeOf(session, outcome) ?? (session.LastCommandSucceeded() ? ExitCode.Success : ExitCode.Failure);
    }

    // What decides before the last command's own success does.
    private static int? CodeOf(ShellSession session, RunOutcome outcome) =>
        outcome.WasStopped ? ExitCode.Interrupted
        : outcome.Failed ? session.RequestedExitCode ?? ExitCode.Failure
        : session.RequestedExitCode;

    private int RunPrompt(ShellSession session)
    {
        if (!commandLine.NoLogo && console.InputIsTerminal)
            console.Write($"{HelpText.Version}\nType 'Get-Command -Module MonaLisa.PS' for the commands, 'exit' to leave.\n");
        _atPrompt = true;
        return new InteractiveLoop(session, console, _input).Run();
    }

    private void EnterWorkingDirectory()
    {
        if (commandLine.WorkingDirectory is not { } folder)
            return;
        if (!Directory.Exists(folder))
            throw new UsageException($"The folder '{folder}' given to -WorkingDirectory does not exist.");
        Directory.SetCurrentDirectory(folder);
    }

    private string FindScript()
    {
        string path = Path.GetFullPath(commandLine.Text);
        if (!File.Exists(path))
        {
            throw new UsageException(
                $"There is no script '{commandLine.Text}'. Check the spelling and that the path is right from the folder " +
                $"'{Directory.GetCurrentDirectory()}'.");
        }

        if (!Path.GetExtension(path).Equals(".ps1", StringComparison.OrdinalIgnoreCase))
            throw new UsageException($"'{commandLine.Text}' is not a PowerShell script: its name does not end in .ps1.");
        return path;
    }

    // Called on a signal, for the exit code that the signal asks for; false where nothing would end by itself.
    private bool Stop(int exitCode)
    {
        ShellSession? session = _session;
        if (_atPrompt && exitCode == ExitCode.Interrupted)
        {
            session?.Stop(andTheSession: false);
            return true;
        }

        bool again = _signalExitCode != 0 && exitCode == ExitCode.Interrupted;
        _signalExitCode = exitCode;
        if (again || session is null || _input.IsBlocked)
            return false;
        bool running = session.Stop(andTheSession: true);
        return running || !_atPrompt;
    }
}
