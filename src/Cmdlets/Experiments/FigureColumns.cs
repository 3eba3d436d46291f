using System.Globalization;
using System.Management.Automation;

namespace MonaLisa.PowerShell;

/// <summary>Tells the figures in an experiment's row from its settings; the row may come from a CSV or a JSON file.</summary>
internal static class FigureColumns
{
    // All the properties of a row but those of its settings.
    private static readonly HashSet<string> Fixed =
        new(typeof(ExperimentRow).GetProperties().Select(property => property.Name), StringComparer.OrdinalIgnoreCase);

    /// <summary>The settings in a row, in its order, as texts: a file knows no types.</summary>
    public static IEnumerable<KeyValuePair<string, object>> SettingsOf(PSObject row) => row.Properties
        .Where(property => property is { MemberType: PSMemberTypes.NoteProperty, Value: not null } && !Fixed.Contains(property.Name))
        .Select(property => KeyValuePair.Create(property.Name, property.Value));

    /// <summary>A figure, or null where the row has none.</summary>
    /// <exception cref="FormatException">It is no number.</exception>
    public static double? Number(PSObject row, string name) => row.Properties[name]?.Value switch
    {
        null or "" => null,
        string text => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
        object value => Convert.ToDouble(value, CultureInfo.InvariantCulture),
    };

    /// <summary>A text, or null where the row has none.</summary>
    public static string? Text(PSObject row, string name) => Convert.ToString(row.Properties[name]?.Value, CultureInfo.InvariantCulture);
}
