using System.Management.Automation;
using System.Runtime.CompilerServices;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>
/// What a parameter was given that takes a file or an object. Two are equal if they are the same path, whatever its case, or the same object.
/// </summary>
/// <param name="Value">A path as text, a <see cref="FileSystemInfo"/>, or an object.</param>
internal readonly record struct SourceValue(object Value)
{
    /// <summary>The path; null where it is an object.</summary>
    public string? Path => Value is FileSystemInfo file ? file.FullName : Value as string;

    /// <inheritdoc/>
    public bool Equals(SourceValue other) =>
        Path is string path ? path.Equals(other.Path, StringComparison.OrdinalIgnoreCase) : ReferenceEquals(Value, other.Value);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        Path is string path ? StringComparer.OrdinalIgnoreCase.GetHashCode(path) : RuntimeHelpers.GetHashCode(Value);
}

/// <summary>Takes everything that names a picture or a network, also from other sessions and from the rows of an experiment.</summary>
/// <typeparam name="T">The type of the parameter.</typeparam>
/// <param name="kind">What it names.</param>
/// <param name="forms">What can be given.</param>
internal abstract class SourceConverter<T>(string kind, string forms) : ArgumentConverter<T>
    where T : class
{
    /// <summary>The parameter's value of a path, a file, a run or an object of this module; null for another object.</summary>
    protected abstract T? From(object value);

    /// <summary>The error of what is nothing of the kind.</summary>
    protected PSInvalidCastException Refused(string what) => new($"{what} no {kind}. {forms}");

    /// <inheritdoc/>
    protected sealed override T Convert(PSObject argument) => Rehydration.Live(argument) switch
    {
        ExperimentRow { TrainingRun: TrainingRun run } => From(run)!,
        ExperimentRow row => throw new PSInvalidCastException(row.RunMissing),
        Array values => throw Refused($"{values.Length} values are"),
        object other => From(other) ??
            throw Rehydration.Problem(argument) ?? Refused($"An object of type {other.GetType().FullName} is"),
        null => throw Refused("Nothing is"),
    };
}
