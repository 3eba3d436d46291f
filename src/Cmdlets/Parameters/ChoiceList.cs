using System.ComponentModel;
using System.Management.Automation;
using System.Reflection;

namespace MonaLisa.PowerShell;

/// <summary>What can be chosen of an enumeration: the values that have a <see cref="DescriptionAttribute"/>.</summary>
/// <typeparam name="TEnum">The enumeration.</typeparam>
internal static class ChoiceList<TEnum>
    where TEnum : struct, Enum
{
    private static readonly FieldInfo[] Fields =
        [.. typeof(TEnum).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsDefined(typeof(DescriptionAttribute)))];

    /// <summary>Each value with what is said of it, in the enumeration's order.</summary>
    public static IReadOnlyList<(TEnum Value, string Description)> All { get; } =
        [.. Fields.Select(field => (ValueOf(field), field.GetCustomAttribute<DescriptionAttribute>()!.Description))];

    /// <summary>Their names.</summary>
    public static string Names { get; } = string.Join(", ", All.Select(choice => choice.Value));

    /// <summary>The values whose name or alias is a text, in any case; where there is none, those whose name begins with it.</summary>
    public static TEnum[] Named(string text)
    {
        if (text.Length == 0)
            return [];
        TEnum[] exact = Matching(name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        return exact.Length > 0 ? exact : Matching(name => name.StartsWith(text, StringComparison.OrdinalIgnoreCase));
    }

    private static TEnum[] Matching(Func<string, bool> isMatch) =>
        [.. from field in Fields
            let aliases = field.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? []
            where isMatch(field.Name) || aliases.Any(isMatch)
            select ValueOf(field)];

    private static TEnum ValueOf(FieldInfo field) => (TEnum)field.GetValue(null)!;
}
