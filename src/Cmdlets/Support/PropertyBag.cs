using System.Collections;
using System.Management.Automation;
using MonaLisa.Engine;
using MonaLisa.Engine.Platform;

namespace MonaLisa.PowerShell;

/// <summary>
/// The properties of an object of this module that came from another session, where they may have been changed.
/// Every value is taken only if it is of the very type that is expected; nothing in the bag decides which object is made.
/// </summary>
/// <param name="bag">The object as it came.</param>
/// <param name="type">What it was and is to be again.</param>
internal sealed class PropertyBag(PSObject bag, Type type)
{
    private const int MaxTextLength = 260, MaxLongTextLength = 10_000;

    private static readonly HashSet<Type> PlainTypes =
        [typeof(string), typeof(bool), typeof(int), typeof(long), typeof(double), typeof(TimeSpan), typeof(IReadOnlyList<EpochRecord>)];

    /// <summary>Whether values of a type are carried from session to session.</summary>
    public static bool Carries(Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain.IsEnum || PlainTypes.Contains(plain) || Rehydration.Knows(plain);
    }

    /// <summary>The error for a bag that is not what such an object gives.</summary>
    /// <param name="what">What is wrong, a clause without a full stop.</param>
    /// <param name="cause">What was caught, or null.</param>
    public PSInvalidCastException Invalid(string what, Exception? cause = null) => new(
        $"The {type.Name} from another session cannot be used: {what}. " +
        "Send it again, with the same version of MonaLisa.PS loaded in both sessions.", cause);

    /// <summary>The bytes of a property.</summary>
    public byte[] Bytes(string name) => Value(name) as byte[] ?? throw Invalid($"its '{name}' is not an array of bytes");

    /// <summary>The number of a property.</summary>
    public int Int32(string name) => (int)Read(name, typeof(int))!;

    /// <summary>The text of a property.</summary>
    public string Text(string name) => (string)Read(name, typeof(string))!;

    /// <summary>The text of a property that may be longer than a name.</summary>
    public string LongText(string name) =>
        Value(name) is object value ? PlainTextOf(name, Argument.Unwrap(value), MaxLongTextLength) : throw Invalid($"its '{name}' is missing");

    /// <summary>The object of a property, or null where it has none.</summary>
    public object? Find(string name, Type wanted) => Value(name) is null ? null : Read(name, wanted);

    /// <summary>The value of a property as a type.</summary>
    /// <param name="name">The property.</param>
    /// <param name="wanted">A type that is carried.</param>
    public object? Read(string name, Type wanted)
    {
        object? value = Value(name);
        if (Nullable.GetUnderlyingType(wanted) is Type underlying)
            return value is null ? null : Known(name, value, underlying);
        return value is null ? throw Invalid($"its '{name}' is missing") : Known(name, value, wanted);
    }

    private object Known(string name, object value, Type wanted)
    {
        object plain = Argument.Unwrap(value)!;
        if (wanted == typeof(string))
            return PlainTextOf(name, plain, MaxTextLength);
        if (wanted.IsEnum)
            // Numbers may mean something else in the other version, so the name counts.
            return Enum.IsDefined(wanted, value.ToString() ?? "")
                ? Enum.Parse(wanted, value.ToString()!)
                : throw Invalid($"its '{name}' is none of {string.Join(", ", Enum.GetNames(wanted))}");
        if (wanted == typeof(IReadOnlyList<EpochRecord>))
            return List<EpochRecord>(name, plain);
        if (Rehydration.Knows(wanted))
            return Rehydration.Find(value, wanted) ?? throw Invalid($"its '{name}' is no {wanted.Name}");
        return plain.GetType() == wanted ? plain : throw Invalid($"its '{name}' is no {wanted.Name}");
    }

    private string PlainTextOf(string name, object? value, int maxLength) => value is string text && text.Length <= maxLength && PlainText.IsPlain(text)
        ? text : throw Invalid($"its '{name}' is not a short and plain text");

    private List<T> List<T>(string name, object value) where T : class
    {
        if (value is not IList items)
            throw Invalid($"its '{name}' is not a list");
        var list = new List<T>(items.Count);
        foreach (object? item in items)
            list.Add(Rehydration.Find(item, typeof(T)) as T
                ?? throw Invalid($"its '{name}' has something in it that is no {typeof(T).Name}"));
        return list;
    }

    // A property that runs a script or code to find its value has not come from another session.
    private object? Value(string name)
    {
        PSPropertyInfo? property = bag.Properties[name];
        return property?.MemberType is PSMemberTypes.Property or PSMemberTypes.NoteProperty
            ? property.Value : throw Invalid($"it has no '{name}'");
    }
}
