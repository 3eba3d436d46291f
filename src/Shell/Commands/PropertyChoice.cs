using System.Collections;
using System.Management.Automation;

namespace MonaLisa.Shell.Commands;

/// <summary>
/// One entry of a -Property parameter: a name, perhaps with wildcards; a script block; or a table with Name (or Label) and
/// Expression.
/// </summary>
internal sealed class PropertyChoice
{
    private readonly string? _pattern;
    private readonly string _name;
    private readonly ScriptBlock? _expression;

    /// <exception cref="PSArgumentException">The entry is none of these.</exception>
    public PropertyChoice(object entry)
    {
        switch (entry is PSObject wrapped ? wrapped.BaseObject : entry)
        {
            case ScriptBlock expression:
                _expression = expression;
                _name = expression.ToString();
                break;
            case IDictionary table:
                object? value = Value(table, "Expression");
                _expression = value as ScriptBlock;
                _pattern = _expression is null ? value?.ToString() : null;
                if (_expression is null && _pattern is null)
                {
                    throw new PSArgumentException(
                        "A property given as a table needs an Expression: @{ Name = 'Size'; Expression = { $_.Length } }.");
                }

                _name = (Value(table, "Name") ?? Value(table, "Label"))?.ToString() ?? _pattern ?? _expression!.ToString();
                Descending = LanguagePrimitives.IsTrue(Value(table, "Descending"));
                break;
            case { } other:
                _name = _pattern = other.ToString()!;
                break;
            default:
                throw new PSArgumentException("A property is $null. Give a name, a script block or a table with Name and Expression.");
        }
    }

    /// <summary>A table of Sort-Object asked for the reverse order.</summary>
    public bool Descending { get; }

    /// <summary>The values this entry takes from an object, by name; a name that the object lacks gives null.</summary>
    public IEnumerable<(string Name, object? Value)> Of(PSObject input)
    {
        if (_expression is not null)
        {
            object? result = Unwrap(_expression.InvokeWithContext(null, [new PSVariable("_", input)]));
            return [(_name, result)];
        }

        if (!WildcardPattern.ContainsWildcardCharacters(_pattern))
            return [(_name, input.Properties[_pattern]?.Value)];
        return input.Properties.Match(_pattern).Select(property => (property.Name, (object?)property.Value));
    }

    private static object? Unwrap(ICollection<PSObject> results) =>
        results.Count switch { 0 => null, 1 => results.First(), _ => results.ToArray() };

    // Keys may be shortened, as everywhere in PowerShell: @{ N = ...; E = ... }.
    private static object? Value(IDictionary table, string key) =>
        table.Keys.OfType<string>().Where(k => k.Length > 0 && key.StartsWith(k, StringComparison.OrdinalIgnoreCase))
            .Select(k => table[k]).FirstOrDefault();
}
