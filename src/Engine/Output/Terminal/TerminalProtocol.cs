namespace MonaLisa.Engine;

/// <summary>How a picture is told to a terminal.</summary>
public enum TerminalProtocol
{
    /// <summary>
    /// Half blocks: each character is two pixels, one above the other, in 24-bit colours. Every terminal of today shows them.
    /// </summary>
    Blocks,

    /// <summary>A ramp of ASCII characters by brightness, one a pixel, for where there are no colours.</summary>
    Text,

    /// <summary>DEC's sixel graphics, in 256 colours chosen for the picture.</summary>
    Sixel,

    /// <summary>iTerm2's inline images: a PNG file within an escape sequence (https://iterm2.com/documentation-images.html).</summary>
    ITerm2,

    /// <summary>Kitty's graphics protocol: a PNG file in chunks (https://sw.kovidgoyal.net/kitty/graphics-protocol).</summary>
    Kitty,
}
