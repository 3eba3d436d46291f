using MonaLisa.Engine;
using MonaLisa.PowerShell;

namespace MonaLisa.Cmdlets.Tests;

public sealed class TerminalCapabilitiesTests
{
    [Theory]
    [InlineData(nameof(TerminalProtocol.Blocks), "TERM=xterm-256color")]
    [InlineData(nameof(TerminalProtocol.Blocks), "")]
    [InlineData(nameof(TerminalProtocol.Kitty), "TERM=xterm-kitty")]
    [InlineData(nameof(TerminalProtocol.Kitty), "TERM=xterm-256color KITTY_WINDOW_ID=1")]
    [InlineData(nameof(TerminalProtocol.Kitty), "TERM_PROGRAM=ghostty")]
    [InlineData(nameof(TerminalProtocol.Kitty), "TERM=xterm-ghostty")]
    [InlineData(nameof(TerminalProtocol.ITerm2), "TERM_PROGRAM=iTerm.app")]
    [InlineData(nameof(TerminalProtocol.ITerm2), "TERM_PROGRAM=WezTerm")]
    [InlineData(nameof(TerminalProtocol.Sixel), "WT_SESSION=1")]
    [InlineData(nameof(TerminalProtocol.Sixel), "TERM=foot")]
    [InlineData(nameof(TerminalProtocol.Sixel), "TERM=mlterm-256color")]
    [InlineData(nameof(TerminalProtocol.Sixel), "TERM_PROGRAM=mintty")]
    [InlineData(nameof(TerminalProtocol.Sixel), "KONSOLE_VERSION=230800")]
    [InlineData(nameof(TerminalProtocol.Blocks), "KONSOLE_VERSION=210400")]
    // Started from another terminal, whose variables it inherits.
    [InlineData(nameof(TerminalProtocol.Blocks), "TERM_PROGRAM=vscode KITTY_WINDOW_ID=1 WT_SESSION=1")]
    [InlineData(nameof(TerminalProtocol.Blocks), "TMUX=/tmp/tmux-0/default,1,0 TERM=tmux-256color KITTY_WINDOW_ID=1")]
    [InlineData(nameof(TerminalProtocol.Blocks), "TERM=screen-256color WT_SESSION=1")]
    [InlineData(nameof(TerminalProtocol.Blocks), "ZELLIJ=0 TERM=xterm-kitty")]
    [InlineData(nameof(TerminalProtocol.Text), "NO_COLOR=1 TERM=xterm-kitty")]
    [InlineData(nameof(TerminalProtocol.Kitty), "NO_COLOR= TERM=xterm-kitty")]
    [InlineData(nameof(TerminalProtocol.Text), "TERM=dumb")]
    public void The_terminal_is_known_by_its_variables(string expected, string variables) =>
        Assert.Equal(expected, Capabilities(variables).Protocol.ToString());

    [Theory]
    [InlineData(nameof(TerminalProtocol.Text), true, "Host", true)]
    [InlineData(nameof(TerminalProtocol.Blocks), true, "Ansi", true)]
    [InlineData(nameof(TerminalProtocol.Text), true, "PlainText", true)]
    [InlineData(nameof(TerminalProtocol.Text), false, "PlainText", true)]
    [InlineData(nameof(TerminalProtocol.Kitty), false, null, true)]
    [InlineData(nameof(TerminalProtocol.Text), false, "Host", false)]
    public void Output_without_colours_is_text(string expected, bool isRedirected, string? rendering, bool showsSequences)
    {
        TerminalCapabilities capabilities = Capabilities("TERM=xterm-kitty") with
        {
            IsRedirected = isRedirected,
            OutputRendering = rendering,
            ShowsSequences = showsSequences,
        };
        Assert.Equal(expected, capabilities.Protocol.ToString());
        Assert.Equal(expected == nameof(TerminalProtocol.Kitty), capabilities.IsTerminal);
    }

    private static TerminalCapabilities Capabilities(string variables)
    {
        Dictionary<string, string> values = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return new TerminalCapabilities(values.GetValueOrDefault, ShowsSequences: true, IsRedirected: false, OutputRendering: "Host");
    }
}
