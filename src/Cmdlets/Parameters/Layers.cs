using System.Globalization;
using System.Text.RegularExpressions;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Hidden layers: the neurons of one, or 3x256 for three equal ones, or several of these in a text.</summary>
public sealed partial class Layers : IEquatable<Layers>
{
    private readonly int[] _neurons;

    private Layers(int[] neurons) => _neurons = neurons;

    /// <summary>The neurons of each layer.</summary>
    public IReadOnlyList<int> Neurons => _neurons;

    /// <summary>The neurons of each layer; null for null.</summary>
    public static IReadOnlyList<int>? Of(Layers[]? layers) => layers is null ? null : [.. layers.SelectMany(part => part._neurons)];

    /// <summary>Takes the neurons of a layer such as 256 or 1k, or layers such as 3x256, or 2x256, 64.</summary>
    /// <exception cref="FormatException">The text does not name layers; the message names the forms.</exception>
    public static Layers Parse(string text)
    {
        // '2x256, 64' in quotes is one text; '1,024' has always been a number.
        string[] entries = text.Contains('x', StringComparison.OrdinalIgnoreCase) || text.Contains('×') ? text.Split(',') : [text];
        return new Layers([.. entries.SelectMany(entry => Repeated().Match(entry) is { Success: true, Groups: [_, Group count, Group width] }
            ? Enumerable.Repeat(Width(width.Value, text), Depth(count.Value, text))
            : [Width(entry, text)])]);
    }

    /// <summary>Whether another has the same layers, however they were written.</summary>
    public bool Equals(Layers? other) => other is not null && _neurons.AsSpan().SequenceEqual(other._neurons);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Layers);

    /// <inheritdoc/>
    public override int GetHashCode() => _neurons.Aggregate(0, HashCode.Combine);

    /// <summary>The neurons of the layers, such as 256, or 256,256,64.</summary>
    public override string ToString() => string.Join(',', _neurons.Select(width => width.ToString(CultureInfo.InvariantCulture)));

    private static int Width(string entry, string text) => Count.TryParse(entry.Trim(), out int neurons) ? neurons : throw Refused(text);

    private static int Depth(string count, string text) =>
        int.TryParse(count, out int depth) && depth <= MlpDesign.MaxDepth ? depth : throw Refused(text);

    private static FormatException Refused(string text) => new(
        $"'{text}' names no hidden layers. Give the neurons of each layer, such as 300, 300, 300, or 3x300 for three equal layers, " +
        $"or both, such as 2x256, 64; at most {MlpDesign.MaxDepth} layers.");

    // A number that begins with 0x is hexadecimal.
    [GeneratedRegex(@"^\s*([1-9]\d*)\s*[x×]\s*(\d+(?:\.\d+)?\s*k|\d+)\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Repeated();
}
