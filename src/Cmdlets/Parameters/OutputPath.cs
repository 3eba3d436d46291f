using System.Collections.ObjectModel;
using System.ComponentModel;
using System.Management.Automation;

namespace MonaLisa.PowerShell;

/// <summary>A path to write to: a text, or a script that gives one for each object, in which <c>$_</c> is the object.</summary>
/// <remarks>
/// PowerShell's own binding of script blocks is for parameters that take pipeline input. A path that did would be missing until the first
/// object came, and would take the Path of whatever object has one. Two paths are equal if their texts are, as PowerShell compares texts:
/// whatever their case.
/// </remarks>
[TypeConverter(typeof(OutputPathConverter))]
public sealed class OutputPath : IEquatable<OutputPath>
{
    internal const string Forms = "Give one path, or a script that gives one for each object, such as { $_.Dataset.Name + '.png' }.";
    private const string Remedy = "Let it give one text, such as { $_.Dataset.Name + '.png' }.";

    private readonly string? _text;

    /// <summary>A path for all objects.</summary>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public OutputPath(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _text = text.Length > 0 ? text : throw new ArgumentException($"An empty text is no path. {Forms}");
    }

    /// <summary>A path for each object.</summary>
    public OutputPath(ScriptBlock script)
    {
        ArgumentNullException.ThrowIfNull(script);
        Script = script;
    }

    /// <summary>The script; null where the path is a text.</summary>
    public ScriptBlock? Script { get; }

    /// <summary>The path of a text.</summary>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public static OutputPath Parse(string text) => new(text);

    /// <summary>The path of a text.</summary>
    public static implicit operator OutputPath(string text) => new(text);

    /// <summary>The path of a script.</summary>
    public static implicit operator OutputPath(ScriptBlock script) => new(script);

    /// <summary>The path, or the script's text.</summary>
    public override string ToString() => _text ?? Script!.ToString();

    /// <inheritdoc/>
    public bool Equals(OutputPath? other) => other is not null && (Script is null) == (other.Script is null) &&
        string.Equals(ToString(), other.ToString(), StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is OutputPath other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(ToString());

    /// <summary>The path of an object.</summary>
    /// <param name="value">The object.</param>
    /// <param name="parameter">The parameter's name, for messages.</param>
    /// <exception cref="CommandException">The script fails, or does not give exactly one path.</exception>
    internal string For(object value, string parameter) => Script is null ? _text! : PathFrom(Script, value, parameter);

    private static string PathFrom(ScriptBlock script, object value, string parameter)
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
            throw Failed(FormattableString.Invariant($"fails for '{value}': {exception.Message}"), exception);
        }
        string[] paths = [.. results.Where(result => result is not null).Select(LanguagePrimitives.ConvertTo<string>)];
        return paths switch
        {
            [string path] when path.Length > 0 => path,
            [] or [_] => throw Failed(FormattableString.Invariant($"gives no path for '{value}'. {Remedy}")),
            _ => throw Failed(FormattableString.Invariant($"gives {paths.Length} values for '{value}'. {Remedy}")),
        };

        CommandException Failed(string what, Exception? cause = null) => new(CommandErrors.Of(
            ErrorIds.PathScriptFailed, ErrorCategory.InvalidResult, value,
            $"The -{parameter} script {{{script}}} {what}", cause));
    }
}

/// <summary>Takes a script block for an <see cref="OutputPath"/>, or anything that PowerShell takes for a text, such as a file.</summary>
internal sealed class OutputPathConverter : ArgumentConverter<OutputPath>
{
    /// <inheritdoc/>
    protected override OutputPath Convert(PSObject argument)
    {
        if (argument.BaseObject is ScriptBlock script)
            return new OutputPath(script);
        if (argument.BaseObject is Array values)
            throw new PSInvalidCastException($"{values.Length} values are no path. {OutputPath.Forms}");
        return new OutputPath(LanguagePrimitives.ConvertTo<string>(argument));
    }
}
