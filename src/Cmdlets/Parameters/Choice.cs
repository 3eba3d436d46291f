using System.Collections;
using System.ComponentModel;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;

namespace MonaLisa.PowerShell;

/// <summary>
/// One of an enumeration's values, as a parameter takes it. PowerShell completes parameters of an enumeration with bare names;
/// a parameter of this type is completed by <see cref="ChoiceCompleter{TEnum}"/>, which says what each name means.
/// </summary>
/// <typeparam name="TEnum">The enumeration; what can be chosen of it has a description.</typeparam>
/// <param name="Value">The value.</param>
public readonly record struct Choice<TEnum>(TEnum Value)
    where TEnum : struct, Enum
{
    /// <summary>The value.</summary>
    public static implicit operator TEnum(Choice<TEnum> choice) => choice.Value;

    /// <summary>The choice of a value.</summary>
    public static implicit operator Choice<TEnum>(TEnum value) => new(value);

    /// <summary>The value's name.</summary>
    public override string ToString() => Value.ToString();
}

/// <summary>What can be chosen of an enumeration: the values that have a <see cref="DescriptionAttribute"/>.</summary>
/// <typeparam name="TEnum">The enumeration.</typeparam>
internal static class Choices<TEnum>
    where TEnum : struct, Enum
{
    /// <summary>Each value with what is said of it, in the enumeration's order.</summary>
    public static IReadOnlyList<(TEnum Value, string Description)> All { get; } =
    [
        .. from value in Enum.GetValues<TEnum>()
           let text = typeof(TEnum).GetField(value.ToString())?.GetCustomAttribute<DescriptionAttribute>()
           where text is not null
           select (value, text.Description),
    ];

    /// <summary>Their names.</summary>
    public static string Names { get; } = string.Join(", ", All.Select(choice => choice.Value));

    /// <summary>Whether a value can be chosen.</summary>
    public static bool Contains(TEnum value) => All.Any(choice => choice.Value.Equals(value));
}

/// <summary>Lets a <see cref="Choice{TEnum}"/>, or an array of them, be given as PowerShell lets an enumeration be given.</summary>
/// <typeparam name="TEnum">The enumeration.</typeparam>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ChoiceAttribute<TEnum> : ArgumentTransformationAttribute
    where TEnum : struct, Enum
{
    /// <summary>The choice; null for null, which the parameter may take or not.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">The value cannot be chosen; the message lists what can.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => Argument.Unwrap(inputData) switch
    {
        null => null,
        Choice<TEnum> choice => choice,
        IList list => list.Cast<object?>().Select(Choose).ToArray(),
        _ => Choose(inputData),
    };

    private static Choice<TEnum> Choose(object? value)
    {
        if (Argument.Unwrap(value) is Choice<TEnum> choice)
            return choice;
        return LanguagePrimitives.TryConvertTo(value, out TEnum chosen) && Choices<TEnum>.Contains(chosen)
            ? new Choice<TEnum>(chosen)
            : throw new ArgumentTransformationMetadataException($"'{value}' cannot be chosen. Use one of {Choices<TEnum>.Names}.");
    }
}

/// <summary>Completes the names of an enumeration's values, and says what each means.</summary>
/// <typeparam name="TEnum">The enumeration.</typeparam>
public sealed class ChoiceCompleter<TEnum> : IArgumentCompleter
    where TEnum : struct, Enum
{
    /// <summary>The names that begin as the word does, in the enumeration's order.</summary>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string? wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = (wordToComplete ?? "").Trim('\'', '"');
        return from choice in Choices<TEnum>.All
               let name = choice.Value.ToString()
               where name.StartsWith(word, StringComparison.OrdinalIgnoreCase)
               select new CompletionResult(name, name, CompletionResultType.ParameterValue, choice.Description);
    }
}
