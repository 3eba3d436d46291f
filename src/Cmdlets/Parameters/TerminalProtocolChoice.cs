using System.ComponentModel;

namespace MonaLisa.PowerShell;

/// <summary>How a terminal is sent a picture, or that this is to be found out. The names are those of <c>TerminalProtocol</c>.</summary>
public enum TerminalProtocolChoice
{
    /// <summary>By what is known of the terminal.</summary>
    [Description("What the terminal is known to show, by its environment variables; the default")]
    Auto,

    /// <summary>Kitty's graphics protocol.</summary>
    [Description("Kitty's graphics protocol: Kitty, Ghostty")]
    Kitty,

    /// <summary>iTerm2's inline images.</summary>
    [Description("iTerm2's inline images: iTerm2, WezTerm")]
    ITerm2,

    /// <summary>Sixels.</summary>
    [Description("Sixels, 256 colours: Windows Terminal 1.22, foot, Konsole, mintty, mlterm, Contour")]
    Sixel,

    /// <summary>Half blocks.</summary>
    [Description("Half blocks in 24-bit colours, two pixels a character: every terminal of today")]
    Blocks,

    /// <summary>ASCII characters.</summary>
    [Description("ASCII characters by brightness: where there are no colours")]
    Text,
}
