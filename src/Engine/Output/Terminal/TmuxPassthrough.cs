using System.Globalization;
using System.Text;

namespace MonaLisa.Engine.Output;

/// <summary>Sends sequences through tmux to the terminal outside it.</summary>
internal static class TmuxPassthrough
{
    /// <summary>
    /// The sequences, wrapped one by one, with room made for a picture first: tmux does not know that one is drawn and would scroll it.
    /// </summary>
    /// <param name="sequences">Whole escape sequences, ended by ST or BEL.</param>
    /// <param name="rows">Rows of the picture.</param>
    public static string Wrap(string sequences, int rows)
    {
        var text = new StringBuilder(sequences.Length + 64);
        text.Append('\n', rows - 1);
        if (rows > 1)
            text.Append(CultureInfo.InvariantCulture, $"\e[{rows - 1}A");
        for (int start = 0; start < sequences.Length;)
        {
            int end = EndOf(sequences, start);
            text.Append("\ePtmux;").Append(sequences[start..end].Replace("\e", "\e\e", StringComparison.Ordinal)).Append("\e\\");
            start = end;
        }
        text.Append('\r');
        if (rows > 1)
            text.Append(CultureInfo.InvariantCulture, $"\e[{rows - 1}B");
        return text.ToString();
    }

    private static int EndOf(string sequences, int start)
    {
        int terminator = sequences.IndexOf("\e\\", start, StringComparison.Ordinal);
        return terminator < 0 ? sequences.Length : terminator + 2;
    }
}
