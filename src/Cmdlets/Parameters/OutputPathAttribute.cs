using System.Management.Automation;

namespace MonaLisa.PowerShell;

/// <summary>Lets an <see cref="OutputPath"/> be given as a script block, or as anything that PowerShell takes for a text.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class OutputPathAttribute : ArgumentTransformationAttribute
{
    /// <summary>The path; null for null, which the parameter refuses.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">It is empty, or no text.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        switch (Painter.Unwrap(inputData))
        {
            case null:
                return null;
            case OutputPath path:
                return path;
            case ScriptBlock script:
                return new OutputPath(script);
            case Array values:
                throw Refused($"{values.Length} values are");
        }
        string text = LanguagePrimitives.ConvertTo<string>(inputData);
        return text.Length > 0 ? new OutputPath(text) : throw Refused("An empty text is");
    }

    private static ArgumentTransformationMetadataException Refused(string what) => new(
        $"{what} no path. Give one path, or a script that gives one for each object, such as {{ $_.Dataset.Name + '.png' }}.");
}
