using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using MonaLisa.Shell.Terminal;

namespace MonaLisa.Shell.Hosting;

/// <summary>
/// Shows the engine's streams as pwsh does: errors on standard error, everything else on standard output, progress as bars
/// on the terminal only.
/// </summary>
internal sealed class ShellUserInterface(ShellConsole console, ShellInput input) : PSHostUserInterface
{
    private readonly Questions _questions = new(console, input);

    public override PSHostRawUserInterface RawUI { get; } = new ShellRawUserInterface(console);

    public override bool SupportsVirtualTerminal => console.OutputShowsAnsi;

    public override void Write(string value) => console.Write(value);

    public override void WriteLine(string value) => console.Write(value + "\n");

    public override void WriteLine() => console.Write("\n");

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value)
    {
        string codes = "";
        if (Enum.IsDefined(foregroundColor) && foregroundColor != RawUI.ForegroundColor)
            codes += PSStyle.MapForegroundColorToEscapeSequence(foregroundColor);
        if (Enum.IsDefined(backgroundColor) && backgroundColor != RawUI.BackgroundColor)
            codes += PSStyle.MapBackgroundColorToEscapeSequence(backgroundColor);
        // The reset comes before the line's end: a background would otherwise run on to the edge of the screen.
        if (codes.Length == 0)
            console.Write(value);
        else if (value.EndsWith('\n'))
            console.Write(codes + value[..^1] + PSStyle.Instance.Reset + "\n");
        else
            console.Write(codes + value + PSStyle.Instance.Reset);
    }

    public override void WriteLine(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        Write(foregroundColor, backgroundColor, value + "\n");

    public override void WriteErrorLine(string value)
    {
        // The engine ends its view of an error with an empty line, which pwsh does not show either.
        if (value.Length == 0)
            return;
        bool painted = value.Contains('\e', StringComparison.Ordinal);
        console.WriteError((painted ? value : Painted(PSStyle.Instance.Formatting.Error, value)) + "\n");
    }

    public override void WriteWarningLine(string message) =>
        console.Write(Painted(PSStyle.Instance.Formatting.Warning, "WARNING: " + message) + "\n");

    public override void WriteVerboseLine(string message) =>
        console.Write(Painted(PSStyle.Instance.Formatting.Verbose, "VERBOSE: " + message) + "\n");

    public override void WriteDebugLine(string message) =>
        console.Write(Painted(PSStyle.Instance.Formatting.Debug, "DEBUG: " + message) + "\n");

    public override void WriteProgress(long sourceId, ProgressRecord record) => console.ShowProgress(sourceId, record);

    public override string ReadLine() => _questions.ReadLine("");

    public override SecureString ReadLineAsSecureString() => _questions.ReadSecret("");

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        _questions.AskForFields(caption, message, descriptions);

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
        _questions.AskForChoice(caption, message, choices, defaultChoice);

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        _questions.AskForCredential(caption, message, userName);

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) =>
        _questions.AskForCredential(caption, message, userName);

    private static string Painted(string style, string text) => style + text + PSStyle.Instance.Reset;
}
