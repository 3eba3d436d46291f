using MonaLisa.Shell;
using MonaLisa.Shell.Hosting;
using MonaLisa.Shell.Terminal;

var console = new ShellConsole();
try
{
    var commandLine = CommandLine.Parse(args, console.InputIsTerminal);
    switch (commandLine.Mode)
    {
        case RunMode.Help:
            console.Write(HelpText.Help + "\n");
            return ExitCode.Success;
        case RunMode.Version:
            console.Write(HelpText.Version + "\n");
            return ExitCode.Success;
        default:
            return new ShellRun(console, commandLine).Run();
    }
}
catch (UsageException exception)
{
    console.WriteError($"{exception.Message}\n\n{HelpText.Usage}\n");
    return ExitCode.Usage;
}
