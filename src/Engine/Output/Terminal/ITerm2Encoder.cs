using System.Globalization;

namespace MonaLisa.Engine.Output;

/// <summary>iTerm2's inline images: a PNG file in base64 within one sequence.</summary>
internal static class ITerm2Encoder
{
    /// <summary>The escape sequence of a picture.</summary>
    /// <param name="pixels">The picture.</param>
    /// <param name="canvas">The cells that the terminal scales it to.</param>
    public static string Encode(TerminalPixels pixels, TerminalCanvas canvas)
    {
        byte[] file = PngBytes.Of(pixels);
        return string.Create(CultureInfo.InvariantCulture,
            $"\e]1337;File=inline=1;size={file.Length};width={canvas.Columns};height={canvas.Rows};preserveAspectRatio=0:") +
            Convert.ToBase64String(file) + "\a";
    }
}
