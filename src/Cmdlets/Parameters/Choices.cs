using System.ComponentModel;
using System.Reflection;

namespace MonaLisa.PowerShell;

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
