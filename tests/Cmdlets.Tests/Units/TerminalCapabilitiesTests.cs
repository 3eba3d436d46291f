using MonaLisa.Engine;
using MonaLisa.PowerShell;

namespace MonaLisa.Cmdlets.Tests;

public sealed class TerminalCapabilitiesTests
{
    [Theory]
    [InlineData(TerminalProtocol.Blocks, "TERM=xterm-256color")]
    [InlineData(TerminalProtocol.Blocks, "")]
    [InlineData(TerminalProtocol.Kitty, "TERM=xterm-kitty")]
    [InlineData(TerminalProtocol.Kitty, "TERM=xterm-256color KITTY_WINDOW_ID=1")]
    [InlineData(TerminalProtocol.Kitty, "TERM_PROGRAM=ghostty")]
    [InlineData(TerminalProtocol.Kitty, "TERM=xterm-ghostty")]
    [InlineData(TerminalProtocol.ITerm2, "TERM_PROGRAM=iTerm.app")]
    [InlineData(TerminalProtocol.ITerm2, "TERM_PROGRAM=WezTerm")]
    [InlineData(TerminalProtocol.Sixel, "WT_SESSION=1")]
    [InlineData(TerminalProtocol.Sixel, "TERM=foot")]
    [InlineData(TerminalProtocol.Sixel, "TERM=mlterm-256color")]
    [InlineData(TerminalProtocol.Sixel, "TERM_PROGRAM=mintty")]
    [InlineData(TerminalProtocol.Sixel, "KONSOLE_VERSION=230800")]
    [InlineData(TerminalProtocol.Blocks, "KONSOLE_VERSION=210400")]
    // Started from another terminal, whose variables it inherits.
    [InlineData(TerminalProtocol.Blocks, "TERM_PROGRAM=vscode KITTY_WINDOW_ID=1 WT_SESSION=1")]
    [InlineData(TerminalProtocol.Blocks, "TMUX=/tmp/tmux-0/default,1,0 TERM=tmux-256color KITTY_WINDOW_ID=1")]
    [InlineData(TerminalProtocol.Blocks, "TERM=screen-256color WT_SESSION=1")]
    [InlineData(TerminalProtocol.Blocks, "ZELLIJ=0 TERM=xterm-kitty")]
    [InlineData(TerminalProtocol.Text, "NO_COLOR=1 TERM=xterm-kitty")]
    [InlineData(TerminalProtocol.Kitty, "NO_COLOR= TERM=xterm-kitty")]
    [InlineData(TerminalProtocol.Text, "TERM=dumb")]
    public void The_terminal_is_known_by_its_variables(TerminalProtocol expected, string variables) =>
        Assert.Equal(expected, Capabilities(variables).Protocol);

    [Theory]
    [InlineData(TerminalProtocol.Text, true, "Host", true)]
    [InlineData(TerminalProtocol.Blocks, true, "Ansi", true)]
    [InlineData(TerminalProtocol.Text, true, "PlainText", true)]
    [InlineData(TerminalProtocol.Text, false, "PlainText", true)]
    [InlineData(TerminalProtocol.Kitty, false, null, true)]
    [InlineData(TerminalProtocol.Text, false, "Host", false)]
    public void Output_without_colours_is_text(TerminalProtocol expected, bool isRedirected, string? rendering, bool showsSequences)
    {
        TerminalCapabilities capabilities = Capabilities("TERM=xterm-kitty") with
        {
            IsRedirected = isRedirected,
            OutputRendering = rendering,
            ShowsSequences = showsSequences,
        };
        Assert.Equal(expected, capabilities.Protocol);
        Assert.Equal(expected == TerminalProtocol.Kitty, capabilities.IsTerminal);
    }

    private static TerminalCapabilities Capabilities(string variables)
    {
        Dictionary<string, string> values = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return new TerminalCapabilities(values.GetValueOrDefault, ShowsSequences: true, IsRedirected: false, OutputRendering: "Host");
    }
}
