using System.Text;
using System.Text.RegularExpressions;

namespace MonaLisa.Engine.Tests;

/// <summary>What a terminal would show of a text: its own decoders, made from the protocols' descriptions.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Colors">Each pixel's red, green and blue as one number; null where the terminal's own background shows.</param>
internal sealed partial record ShownPicture(int Width, int Height, int?[] Colors)
{
    public int? At(int x, int y) => Colors[y * Width + x];

    /// <summary>Half blocks in 24-bit colours.</summary>
    public static ShownPicture OfBlocks(string text)
    {
        string[] lines = text.Split('\n');
        int width = Sequence().Replace(lines[0], "").Length;
        var colors = new int?[width * lines.Length * 2];
        int? foreground = null, background = null;
        for (int line = 0; line < lines.Length; line++)
        {
            int column = 0;
            foreach (Match part in Part().Matches(lines[line]))
            {
                if (part.Value[0] == '\e')
                {
                    SetColors(part.Groups["codes"].Value, ref foreground, ref background);
                    continue;
                }
                (int? upper, int? lower) = part.Value[0] switch
                {
                    '▀' => (foreground, background),
                    '▄' => (background, foreground),
                    ' ' => (background, background),
                    char other => throw new FormatException($"A block picture has no '{other}'."),
                };
                colors[line * 2 * width + column] = upper;
                colors[(line * 2 + 1) * width + column] = lower;
                column++;
            }
            Assert.Equal(width, column);
            Assert.True(foreground is null && background is null, $"Line {line} leaves a colour on.");
        }
        return new ShownPicture(width, lines.Length * 2, colors);
    }

    /// <summary>Sixels.</summary>
    public static ShownPicture OfSixels(string text)
    {
        Match whole = SixelSequence().Match(text);
        Assert.True(whole.Success, "There is no sixel sequence.");
        int width = int.Parse(whole.Groups["width"].Value), height = int.Parse(whole.Groups["height"].Value);
        var colors = new int?[width * height];
        var palette = new Dictionary<int, int>();
        int x = 0, band = 0, color = 0;
        foreach (Match part in SixelPart().Matches(whole.Groups["data"].Value))
            switch (part.Value[0])
            {
                case '$':
                    x = 0;
                    break;
                case '-':
                    (x, band) = (0, band + 6);
                    break;
                case '#' when part.Value.Contains(';', StringComparison.Ordinal):
                    int[] numbers = [.. part.Value[1..].Split(';').Select(int.Parse)];
                    Assert.Equal(2, numbers[1]);
                    palette.Add(numbers[0], Byte(numbers[2]) << 16 | Byte(numbers[3]) << 8 | Byte(numbers[4]));
                    break;
                case '#':
                    color = palette[int.Parse(part.Value[1..])];
                    break;
                default:
                    int count = part.Value[0] == '!' ? int.Parse(part.Value[1..^1]) : 1, bits = part.Value[^1] - '?';
                    for (int end = x + count; x < end; x++)
                        for (int row = 0; row < 6; row++)
                            if ((bits >> row & 1) != 0)
                                colors[(band + row) * width + x] = color;
                    break;
            }
        Assert.InRange(palette.Count, 1, 256);
        return new ShownPicture(width, height, colors);

        static int Byte(int percent) => (int)Math.Round(percent * 255 / 100.0);
    }

    /// <summary>The PNG file of Kitty's sequences, and the first one's keys.</summary>
    public static (byte[] File, IReadOnlyDictionary<string, string> Keys) FileOfKitty(string text)
    {
        var data = new StringBuilder();
        MatchCollection chunks = KittySequence().Matches(text);
        Assert.Equal(text, string.Concat(chunks.Select(chunk => chunk.Value)));
        for (int i = 0; i < chunks.Count; i++)
        {
            string chunk = chunks[i].Groups["data"].Value;
            Assert.InRange(chunk.Length, 1, 4096);
            Assert.True(i == chunks.Count - 1 || chunk.Length % 4 == 0, "Only the last chunk may be of any length.");
            Assert.Equal(i == chunks.Count - 1 ? "0" : "1", Keys(chunks[i])["m"]);
            data.Append(chunk);
        }
        return (Convert.FromBase64String(data.ToString()), Keys(chunks[0]));

        static Dictionary<string, string> Keys(Match chunk) =>
            chunk.Groups["keys"].Value.Split(',').Select(key => key.Split('=')).ToDictionary(key => key[0], key => key[1]);
    }

    /// <summary>The PNG file of iTerm2's sequence, and its arguments.</summary>
    public static (byte[] File, IReadOnlyDictionary<string, string> Keys) FileOfITerm2(string text)
    {
        Match whole = ITerm2Sequence().Match(text);
        Assert.True(whole.Success, "There is no inline image.");
        return (Convert.FromBase64String(whole.Groups["data"].Value),
            whole.Groups["keys"].Value.Split(';').Select(key => key.Split('=')).ToDictionary(key => key[0], key => key[1]));
    }

    /// <summary>What tmux passes on to the terminal outside.</summary>
    public static string ThroughTmux(string text) =>
        string.Concat(TmuxSequence().Matches(text).Select(part => part.Groups["inner"].Value))
            .Replace("\e\e", "\e", StringComparison.Ordinal);

    private static void SetColors(string codes, ref int? foreground, ref int? background)
    {
        int[] numbers = [.. codes.Split(';').Select(int.Parse)];
        switch (numbers)
        {
            case [0]:
                (foreground, background) = (null, null);
                break;
            case [39]:
                foreground = null;
                break;
            case [49]:
                background = null;
                break;
            case [38, 2, int red, int green, int blue]:
                foreground = red << 16 | green << 8 | blue;
                break;
            case [48, 2, int red, int green, int blue]:
                background = red << 16 | green << 8 | blue;
                break;
            default:
                throw new FormatException($"A block picture has no codes {codes}.");
        }
    }

    [GeneratedRegex(@"\e\[[0-9;]*m")]
    private static partial Regex Sequence();

    [GeneratedRegex(@"\e\[(?<codes>[0-9;]*)m|.")]
    private static partial Regex Part();

    [GeneratedRegex("^\ePq|^\eP0;1;0q\"1;1;(?<width>[0-9]+);(?<height>[0-9]+)(?<data>.*)\e\\\\$")]
    private static partial Regex SixelSequence();

    [GeneratedRegex(@"#[0-9;]+|![0-9]+[?-~]|[?-~]|[$]|-|.")]
    private static partial Regex SixelPart();

    [GeneratedRegex(@"\e_G(?<keys>[^;]*);(?<data>[A-Za-z0-9+/=]*)\e\\")]
    private static partial Regex KittySequence();

    [GeneratedRegex(@"^\e\]1337;File=(?<keys>[^:]*):(?<data>[A-Za-z0-9+/=]*)\a$")]
    private static partial Regex ITerm2Sequence();

    [GeneratedRegex(@"\ePtmux;(?<inner>(?:[^\e]|\e\e)*)\e\\")]
    private static partial Regex TmuxSequence();
}
