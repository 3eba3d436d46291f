using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace MonaLisa.PowerShell;

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
