using System.Text;
using System.Text.RegularExpressions;

namespace MonaLisa.Engine.Tests;

/// <summary>Damages model files: bits, lengths, numbers and names in the header, and whole tensors.</summary>
internal static partial class ModelMutator
{
    private static readonly string[] Words =
    [
        "F32", "F16", "I8", "F64", "BOOL", "ReLU", "Sine", "Identity", "__metadata__", "layers.0.weight", "layers.1.weight.scale", "",
        "\\ud800", "\\u0000", "../x",
    ];

    /// <summary>A damaged copy; the same random numbers give the same damage.</summary>
    public static byte[] Mutate(byte[] file, Random random)
    {
        for (int rounds = random.Next(1, 4); rounds > 0; rounds--)
            file = random.Next(9) switch
            {
                0 => FlipBits(file, random, 0, Math.Min(file.Length, 16)),
                1 => FlipBits(file, random, 0, file.Length),
                2 => Cut(file, random),
                3 => Splice(file, random),
                4 => Edit(file, header => JsonMutator.SetNumber(header, random)),
                5 => Edit(file, header => JsonMutator.SetWord(header, Words, random)),
                6 => Edit(file, header => JsonMutator.SetSmallNumber(header, random)),
                7 => Edit(file, header => RepeatTensor(header, random)),
                _ => FlipBits(file, random, file.Length - file.Length / 8, file.Length),
            };
        return file;
    }

    /// <summary>A copy in which a number of the header after a text is another one.</summary>
    public static byte[] SetNumberAfter(string text, byte[] file, Random random) => Edit(file, header =>
    {
        int start = Math.Max(0, header.IndexOf(text, StringComparison.Ordinal));
        string rest = header[start..];
        return header[..start] + (random.Next(3) == 0 ? JsonMutator.SetSmallNumber(rest, random) : JsonMutator.SetNumber(rest, random));
    });

    [GeneratedRegex(@"""layers\.[^{]*\{[^}]*\}")]
    private static partial Regex TensorPattern();

    private static byte[] FlipBits(byte[] file, Random random, int start, int end)
    {
        byte[] copy = [.. file];
        for (int count = random.Next(1, 5); count > 0 && end > start; count--)
            copy[random.Next(start, end)] ^= (byte)(1 << random.Next(8));
        return copy;
    }

    private static byte[] Cut(byte[] file, Random random) => file[..random.Next(file.Length + 1)];

    private static byte[] Splice(byte[] file, Random random)
    {
        int from = random.Next(file.Length + 1), to = random.Next(file.Length + 1), length = random.Next(1, 200);
        return [.. file[..to], .. file[from..Math.Min(file.Length, from + length)], .. file[to..]];
    }

    // The header's length is kept right, or the edit would never be reached.
    private static byte[] Edit(byte[] file, Func<string, string> edit)
    {
        if (CompressedBytes.Is(file))
            return EditDescription(file, edit);
        if (file.Length < 8 || BitConverter.ToUInt64(file) > (ulong)(file.Length - 8))
            return file;
        int length = (int)BitConverter.ToUInt64(file);
        byte[] header = Encoding.UTF8.GetBytes(edit(Encoding.UTF8.GetString(file, 8, length)));
        return SafetensorsBytes.Compose(header, file[(8 + length)..]);
    }

    private static byte[] EditDescription(byte[] file, Func<string, string> edit)
    {
        try
        {
            CompressedBytes parts = CompressedBytes.Of(file);
            return (parts with { Description = edit(parts.Description) }).ToFile();
        }
        catch (Exception exception) when (
            exception is InvalidOperationException or InvalidDataException or ArgumentException or IOException or Xunit.Sdk.XunitException)
        {
            // An earlier round has damaged it too much to be taken apart.
            return file;
        }
    }

    private static string RepeatTensor(string header, Random random)
    {
        MatchCollection matches = TensorPattern().Matches(header);
        if (matches.Count == 0)
            return header;
        Match match = matches[random.Next(matches.Count)];
        string name = $"\"layers.{random.Next(4)}.bias\"";
        string copy = random.Next(2) == 0 ? match.Value : name + ":" + match.Value[match.Value.IndexOf('{')..];
        return header.Insert(match.Index, copy + ",");
    }
}
