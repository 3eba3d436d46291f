using System.Management.Automation;
using System.Management.Automation.Host;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>
/// What is known of the terminal without asking it. Its answer to a question would come among what the user is typing meanwhile, and
/// could not be taken out without losing some of that; so none is asked.
/// </summary>
/// <param name="Variable">Gives an environment variable, or null.</param>
/// <param name="ShowsSequences">Whether the host passes escape sequences on to a terminal.</param>
/// <param name="IsRedirected">Whether the output goes elsewhere than to a terminal.</param>
/// <param name="OutputRendering">What <c>$PSStyle.OutputRendering</c> says, or null.</param>
internal sealed record TerminalCapabilities(
    Func<string, string?> Variable, bool ShowsSequences, bool IsRedirected, string? OutputRendering)
{
    private const int KonsoleWithSixel = 220400;

    /// <summary>What a command's host and process know.</summary>
    public static TerminalCapabilities Of(PSCmdlet command) => new(
        Environment.GetEnvironmentVariable, command.Host.UI?.SupportsVirtualTerminal == true, Console.IsOutputRedirected,
        command.GetVariableValue("PSStyle") is { } style
            ? PSObject.AsPSObject(style).Properties["OutputRendering"]?.Value?.ToString() : null);

    /// <summary>Whether the terminal is reached through tmux.</summary>
    public bool IsInTmux => IsSet("TMUX");

    /// <summary>Whether colours are not wanted: by NO_COLOR (https://no-color.org), $PSStyle, or a terminal that has none.</summary>
    public bool IsPlain => IsSet("NO_COLOR") || OutputRendering == "PlainText" || Variable("TERM") == "dumb";

    /// <summary>Whether there is a terminal that shows colours and moves its cursor on request.</summary>
    public bool IsTerminal => ShowsSequences && !IsRedirected && !IsPlain;

    /// <summary>The protocol that certainly shows something.</summary>
    public TerminalProtocol Protocol
    {
        get
        {
            if (IsPlain)
                return TerminalProtocol.Text;
            if (IsRedirected || !ShowsSequences)
                return OutputRendering == "Ansi" ? TerminalProtocol.Blocks : TerminalProtocol.Text;
            // tmux and similar programs may not pass on what the terminal outside understands.
            string term = Variable("TERM") ?? "";
            if (IsInTmux || IsSet("ZELLIJ") ||
                term.StartsWith("screen", StringComparison.Ordinal) || term.StartsWith("tmux", StringComparison.Ordinal))
                return TerminalProtocol.Blocks;
            // A program's name is its own; other variables may come from the terminal that it was started in.
            return Variable("TERM_PROGRAM") switch
            {
                "iTerm.app" or "WezTerm" => TerminalProtocol.ITerm2,
                "ghostty" => TerminalProtocol.Kitty,
                "mintty" => TerminalProtocol.Sixel,
                "vscode" or "Apple_Terminal" => TerminalProtocol.Blocks,
                _ => ByTerminal(term),
            };
        }
    }

    private TerminalProtocol ByTerminal(string term)
    {
        if (term is "xterm-kitty" or "xterm-ghostty" || IsSet("KITTY_WINDOW_ID"))
            return TerminalProtocol.Kitty;
        bool isKonsoleWithSixel = int.TryParse(Variable("KONSOLE_VERSION"), out int konsole) && konsole >= KonsoleWithSixel;
        bool isSixel = isKonsoleWithSixel || IsSet("WT_SESSION") || term.Contains("sixel", StringComparison.Ordinal) ||
            term.StartsWith("foot", StringComparison.Ordinal) || term.StartsWith("mlterm", StringComparison.Ordinal) ||
            term.StartsWith("contour", StringComparison.Ordinal);
        return isSixel ? TerminalProtocol.Sixel : TerminalProtocol.Blocks;
    }

    private bool IsSet(string variable) => !string.IsNullOrEmpty(Variable(variable));
}
