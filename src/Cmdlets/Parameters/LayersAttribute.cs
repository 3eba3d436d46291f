using System.Collections;
using System.Management.Automation;
using System.Text.RegularExpressions;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Lets hidden layers be given as 3x256, three layers of 256 neurons, alone or among plain numbers.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed partial class LayersAttribute : ArgumentTransformationAttribute
{
    /// <summary>The layers one by one; arguments without such a text are left as they are.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">A text does not name layers; the message names the forms.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object?[] parts = Argument.Unwrap(inputData) is IList list ? [.. list.Cast<object?>()] : [inputData];
        if (!parts.Any(part => Argument.Unwrap(part) is string))
            return inputData;
        return parts.SelectMany(LayersOf).ToArray();
    }

    private static IEnumerable<object?> LayersOf(object? part)
    {
        if (Argument.Unwrap(part) is not string text)
            return [part];
        // '2x256, 64' in quotes is one text; '1,024' has always been a number.
        string[] entries = text.Contains('x', StringComparison.OrdinalIgnoreCase) || text.Contains('×') ? text.Split(',') : [text];
        return entries.SelectMany(entry => Repeated().Match(entry) is { Success: true, Groups: [_, Group count, Group width] }
            ? Enumerable.Repeat<object?>(Neurons(width.Value, text), Depth(count.Value, text))
            : [Neurons(entry, text)]);
    }

    private static int Neurons(string entry, string text) =>
        LanguagePrimitives.TryConvertTo(entry.Trim(), out int neurons) && entry.Trim().Length > 0 ? neurons : throw Refused(text);

    private static int Depth(string count, string text) =>
        int.TryParse(count, out int depth) && depth <= MlpDesign.MaxDepth ? depth : throw Refused(text);

    private static ArgumentTransformationMetadataException Refused(string text) => new(
        $"'{text}' names no hidden layers. Give the neurons of each layer, such as 300, 300, 300, or 3x300 for three equal layers, " +
        $"or both, such as 2x256, 64; at most {MlpDesign.MaxDepth} layers.");

    // A number that begins with 0x is hexadecimal.
    [GeneratedRegex(@"^\s*([1-9]\d*)\s*[x×]\s*(\d+)\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Repeated();
}
