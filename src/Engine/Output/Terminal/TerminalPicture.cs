using MonaLisa.Engine.Output;

namespace MonaLisa.Engine;

/// <summary>How a picture is sent to a terminal.</summary>
internal enum TerminalProtocol
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

/// <summary>Turns pictures into the text that makes a terminal show them.</summary>
internal static class TerminalPicture
{
    /// <summary>The text of a picture, its lines with a line feed between them and none at the end.</summary>
    /// <param name="pixels">The picture.</param>
    /// <param name="protocol">
    /// How to send it. <see cref="TerminalProtocol.Blocks"/> and <see cref="TerminalProtocol.Text"/> show each pixel as it is;
    /// for <see cref="TerminalProtocol.Sixel"/> it has the canvas's pixels; the others scale it to the canvas.
    /// </param>
    /// <param name="canvas">The cells that it fills.</param>
    /// <param name="throughTmux">
    /// Whether a graphics protocol goes through tmux to the terminal outside, which tmux does where its option allow-passthrough is on.
    /// </param>
    /// <exception cref="ArgumentException">There is no such protocol, or the picture has not the canvas's size where it must.</exception>
    /// <exception cref="PictureException">The picture library, which makes PNG files and palettes, could not be loaded.</exception>
    public static string Encode(TerminalPixels pixels, TerminalProtocol protocol, TerminalCanvas canvas, bool throughTmux = false)
    {
        bool showsPixelsAsTheyAre = protocol is TerminalProtocol.Blocks or TerminalProtocol.Text or TerminalProtocol.Sixel;
        if (showsPixelsAsTheyAre && (pixels.Width, pixels.Height) != (canvas.PixelWidth(protocol), canvas.PixelHeight(protocol)))
            throw new ArgumentException(
                $"A canvas of {canvas.Columns} x {canvas.Rows} cells takes {canvas.PixelWidth(protocol)} x " +
                $"{canvas.PixelHeight(protocol)} pixels by {protocol}, not {pixels.Width} x {pixels.Height}.", nameof(pixels));
        return protocol switch
        {
            TerminalProtocol.Blocks => BlockEncoder.Encode(pixels),
            TerminalProtocol.Text => GrayRampEncoder.Encode(pixels),
            TerminalProtocol.Sixel => Placed(SixelEncoder.Encode(pixels)),
            TerminalProtocol.ITerm2 => Placed(ITerm2Encoder.Encode(pixels, canvas)),
            TerminalProtocol.Kitty => Placed(KittyEncoder.Encode(pixels, canvas, keepsCursor: throughTmux)),
            _ => throw new ArgumentException($"There is no protocol {protocol}.", nameof(protocol)),
        };

        string Placed(string sequences) => throughTmux ? TmuxPassthrough.Wrap(sequences, canvas.Rows) : sequences;
    }
}
