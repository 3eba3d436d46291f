using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;

namespace MonaLisa.PowerShell;

/// <summary>One value of a setting.</summary>
/// <param name="Name">The parameter that it is for.</param>
/// <param name="Value">The value as the parameter takes it.</param>
/// <param name="Simple">The same as a text, a truth value, a long or a double, however it was written.</param>
internal sealed record SettingValue(string Name, object Value, object Simple)
{
    /// <summary>The values that a user gave for a parameter, one or several.</summary>
    /// <exception cref="ArgumentException">There is none, or one does not fit; the message names the setting and the value.</exception>
    public static IReadOnlyList<SettingValue> Of(PropertyInfo parameter, object? given)
    {
        Type type = Nullable.GetUnderlyingType(parameter.PropertyType) ?? parameter.PropertyType;
        List<object?> values = Separate(Painter.Unwrap(given), takesList: type.IsArray);
        if (values.Count == 0)
            throw new ArgumentException($"The setting {parameter.Name} has no value. Give at least one, or leave it out.");
        return [.. values.Select(value => Of(parameter, type, value))];
    }

    private static SettingValue Of(PropertyInfo parameter, Type type, object? given)
    {
        if (given is null)
            throw new ArgumentException($"The setting {parameter.Name} has the value null. Give another, or leave it out.");
        try
        {
            foreach (ArgumentTransformationAttribute transformation in parameter.GetCustomAttributes<ArgumentTransformationAttribute>())
                given = transformation.Transform(null!, given);
            object value = LanguagePrimitives.ConvertTo(given, type, CultureInfo.InvariantCulture);
            return new SettingValue(parameter.Name, value, SimpleOf(value));
        }
        catch (Exception exception) when (exception is PSInvalidCastException or RuntimeException or ArgumentException)
        {
            throw new ArgumentException($"The setting {parameter.Name} cannot be '{TextOf(given)}'. {exception.Message}", exception);
        }
    }

    // For a parameter that takes a list, a list of numbers is one value; several are a list of lists, or of texts such as 3x256.
    private static List<object?> Separate(object? given, bool takesList)
    {
        if (given is not IEnumerable or string or IDictionary)
            return [given];
        List<object?> elements = [.. ((IEnumerable)given).Cast<object?>().Select(Painter.Unwrap)];
        bool areValues = !takesList || elements.Exists(element => element is IEnumerable and not string) ||
            elements.TrueForAll(element => element is string);
        return areValues ? elements : elements.Count == 0 ? [] : [given];
    }

    private static object SimpleOf(object value) => value switch
    {
        SwitchParameter given => given.IsPresent,
        bool or string => value,
        _ when IsChoice(value.GetType()) => value.ToString()!,
        TimeSpan time => time.TotalSeconds,
        // By way of text, for 0.1f is not 0.1.
        float number => double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        double => value,
        Array list => TextOf(list),
        _ => Convert.ToInt64(value, CultureInfo.InvariantCulture),
    };

    private static bool IsChoice(Type type) => type.IsEnum || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Choice<>));

    private static string TextOf(object? value) => value is IEnumerable list and not string
        ? string.Join(',', list.Cast<object?>().Select(TextOf))
        : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
