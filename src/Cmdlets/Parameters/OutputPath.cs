using System.Collections.ObjectModel;
using System.Management.Automation;

namespace MonaLisa.PowerShell;

/// <summary>A path to write to: a text, or a script that gives one for each object, in which <c>$_</c> is the object.</summary>
/// <remarks>
/// PowerShell's own binding of script blocks is for parameters that take pipeline input. A path that did would be missing until the first
/// object came, and would take the Path of whatever object has one.
/// </remarks>
public sealed class OutputPath
{
    private const string Remedy = "Let it give one text, such as { $_.Dataset.Name + '.png' }.";

    private readonly string? _text;

    /// <summary>A path for all objects.</summary>
    public OutputPath(string text) => _text = text;

    /// <summary>A path for each object.</summary>
    public OutputPath(ScriptBlock script) => Script = script;

    /// <summary>The script; null where the path is a text.</summary>
    public ScriptBlock? Script { get; }

    /// <summary>The path, or the script's text.</summary>
    public override string ToString() => _text ?? Script!.ToString();

    /// <summary>The path of an object.</summary>
    /// <exception cref="CommandException">The script fails, or does not give exactly one path.</exception>
    internal string For(object value) => Script is null ? _text! : PathFrom(Script, value);

    private static string PathFrom(ScriptBlock script, object value)
    {
        Collection<PSObject> results;
        try
        {
            // A statement that fails ends the script, so that there is one error and not a part of a path.
            results = script.InvokeWithContext(
                functionsToDefine: null, [new PSVariable("_", value), new PSVariable("ErrorActionPreference", ActionPreference.Stop)]);
        }
        catch (RuntimeException exception) when (exception is not PipelineStoppedException)
        {
            throw Failed($"fails for '{value}': {exception.Message}", exception);
        }
        string[] paths = [.. results.Where(result => result is not null).Select(LanguagePrimitives.ConvertTo<string>)];
        return paths switch
        {
            [string path] when path.Length > 0 => path,
            [] or [_] => throw Failed($"gives no path for '{value}'. {Remedy}"),
            _ => throw Failed($"gives {paths.Length} values for '{value}'. {Remedy}"),
        };

        CommandException Failed(string what, Exception? cause = null) => new(CommandErrors.Of(
            ErrorIds.PathScriptFailed, ErrorCategory.InvalidResult, value,
            $"The -Path script {{{script}}} {what}", cause));
    }
}

/// <summary>Lets an <see cref="OutputPath"/> be given as a script block, or as anything that PowerShell takes for a text.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class OutputPathAttribute : ArgumentTransformationAttribute
{
    /// <summary>The path; null for null, which the parameter refuses.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">It is empty, or no text.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        switch (Argument.Unwrap(inputData))
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
