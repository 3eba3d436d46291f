using System.Globalization;
using System.Management.Automation.Host;
using MonaLisa.Shell.Terminal;

namespace MonaLisa.Shell.Hosting;

/// <summary>The host that the PowerShell engine writes to, asks and tells to exit.</summary>
internal sealed class ShellHost(ShellConsole console, ShellUserInterface userInterface) : PSHost
{
    public override string Name => "MonaLisa";

    public override Version Version { get; } = typeof(ShellHost).Assembly.GetName().Version ?? new Version();

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override PSHostUserInterface UI => userInterface;

    public override CultureInfo CurrentCulture { get; } = CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture { get; } = CultureInfo.CurrentUICulture;

    /// <summary>What <c>exit</c> asked for; null while nothing did.</summary>
    public int? RequestedExitCode { get; private set; }

    public override void SetShouldExit(int exitCode) => RequestedExitCode = exitCode;

    public override void EnterNestedPrompt() =>
        throw new NotSupportedException(
            "This shell has no nested prompt, so a command cannot be suspended. Answer with one of the other choices.");

    public override void ExitNestedPrompt()
    {
    }

    // A native program paints on the terminal itself.
    public override void NotifyBeginApplication() => console.ClearProgress();

    public override void NotifyEndApplication()
    {
    }
}
