using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace MonaLisa.PowerShell;

/// <summary>
/// One of an enumeration's values, as a parameter takes it. PowerShell completes parameters of an enumeration with bare names and adds up
/// the values of <c>A,B</c>; a parameter of this type is completed by <see cref="ChoiceCompleter{TEnum}"/>, which says what each name
/// means, and takes one name. The type converts by itself, so mocks and proxies, which keep a parameter's type alone, take the same texts.
/// </summary>
/// <typeparam name="TSelf">The type of the choice.</typeparam>
/// <typeparam name="TEnum">The enumeration; what can be chosen of it has a description.</typeparam>
/// <param name="Value">The value.</param>
public abstract record Choice<TSelf, TEnum>(TEnum Value)
    where TSelf : Choice<TSelf, TEnum>
    where TEnum : struct, Enum
{
    /// <summary>The value.</summary>
    public static implicit operator TEnum(Choice<TSelf, TEnum> choice) => choice.Value;

    /// <summary>The value; null for null.</summary>
    public static implicit operator TEnum?(Choice<TSelf, TEnum>? choice) => choice?.Value;

    /// <summary>The choice that a name, or its beginning where no other begins so, stands for; upper and lower case are the same.</summary>
    /// <exception cref="FormatException">It stands for none, or for several; the message lists the names.</exception>
    public static TSelf Parse(string text)
    {
        string name = text.Trim();
        if (name.Contains(','))
            throw Several(name);
        TEnum[] chosen = ChoiceList<TEnum>.Named(name);
        return chosen is [TEnum value]
            ? (TSelf)Activator.CreateInstance(typeof(TSelf), value)!
            : throw new FormatException($"'{text}' cannot be chosen. Use one of {ChoiceList<TEnum>.Names}.");
    }

    /// <summary>The value's name.</summary>
    public sealed override string ToString() => Value.ToString();

    private static FormatException Several(string names) => new(
        $"'{names}' are several values, and this takes one of {ChoiceList<TEnum>.Names}." +
        (typeof(ISetting).IsAssignableFrom(typeof(TSelf))
            ? " To compare several, give them to Invoke-MlpExperiment: Invoke-MlpExperiment @{ " + typeof(TSelf).Name + " = " +
              string.Join(", ", names.Split(',').Select(name => $"'{name.Trim()}'")) + " }."
            : ""));
}

/// <summary>A choice that Invoke-MlpExperiment varies.</summary>
public interface ISetting;

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
        return from choice in ChoiceList<TEnum>.All
               let name = choice.Value.ToString()
               where name.StartsWith(word, StringComparison.OrdinalIgnoreCase)
               select new CompletionResult(name, name, CompletionResultType.ParameterValue, choice.Description);
    }
}
