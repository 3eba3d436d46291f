using System.Management.Automation;
using System.Text.RegularExpressions;

namespace MonaLisa.PowerShell;

/// <summary>Lets a number of pixels be given as 2k or 1.5k, where k is 1024.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed partial class PixelsAttribute : ArgumentTransformationAttribute
{
    private const int Kilo = 1024;

    /// <summary>The number of pixels, to the nearest; what is no text is left as it is.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">The text is no number of pixels; the message names the forms.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if (Argument.Unwrap(inputData) is not string text)
            return inputData;
        if (Kilos().Match(text) is { Success: true, Groups: [_, Group kilos] })
        {
            double pixels = Math.Round(Kilo * Argument.Number(kilos), MidpointRounding.AwayFromZero);
            if (pixels <= int.MaxValue)
                return (int)pixels;
        }
        else if (LanguagePrimitives.TryConvertTo(text, out int _))
            return inputData;
        throw new ArgumentTransformationMetadataException(
            $"'{text}' is no number of pixels. Give a number such as 2048, or thousands such as 2k or 1.5k, where k is {Kilo}.");
    }

    [GeneratedRegex(@"^\s*(\d+(?:\.\d+)?)\s*k\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Kilos();
}
