using System.Globalization;
using System.Text;

namespace MonaLisa.Engine.Output;

/// <summary>Kitty's graphics protocol: a PNG file in base64, at most 4096 characters of it a sequence.</summary>
internal static class KittyEncoder
{
    private const int ChunkLength = 4096;

    /// <summary>The escape sequences of a picture.</summary>
    /// <param name="pixels">The picture.</param>
    /// <param name="canvas">The cells that the terminal scales it to.</param>
    /// <param name="keepsCursor">Whether the cursor stays where it is, rather than going behind the picture.</param>
    public static string Encode(TerminalPixels pixels, TerminalCanvas canvas, bool keepsCursor)
    {
        ReadOnlySpan<char> data = Convert.ToBase64String(PngBytes.Of(pixels));
        var text = new StringBuilder(data.Length + data.Length / ChunkLength * 16 + 64);
        // a=T shows it at once, f=100 is PNG; q=2 keeps the terminal from answering, which would be taken for typing.
        string control = string.Create(CultureInfo.InvariantCulture,
            $"a=T,f=100,q=2,c={canvas.Columns},r={canvas.Rows}{(keepsCursor ? ",C=1" : "")},");
        do
        {
            ReadOnlySpan<char> chunk = data[..Math.Min(ChunkLength, data.Length)];
            data = data[chunk.Length..];
            text.Append("\e_G").Append(control).Append("m=").Append(data.IsEmpty ? '0' : '1').Append(';').Append(chunk).Append("\e\\");
            control = "q=2,";
        }
        while (!data.IsEmpty);
        return text.ToString();
    }
}
