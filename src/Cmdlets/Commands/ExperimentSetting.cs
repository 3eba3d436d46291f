using System.Globalization;

namespace MonaLisa.PowerShell;

/// <summary>The settings of one run, or of its repeats with other seeds.</summary>
/// <param name="values">One value of each setting, in the table's order.</param>
internal sealed class ExperimentSetting(IReadOnlyList<SettingValue> values)
{
    /// <summary>One value of each setting.</summary>
    public IReadOnlyList<SettingValue> Values => values;

    /// <summary>The same as simple values by their names.</summary>
    public OrderedDictionary<string, object> Simple { get; } = new(values.Select(value => KeyValuePair.Create(value.Name, value.Simple)));

    /// <summary>Whether New-MlpNetwork must make the network.</summary>
    public bool NeedsNetwork => values.Any(value => SettingCatalog.NeedsNetwork(value.Name));

    /// <summary>What New-MlpNetwork gets.</summary>
    public Dictionary<string, object> NetworkParameters(int seed) => Parameters(SettingCatalog.IsOfNetwork, seed);

    /// <summary>What Invoke-MlpTraining gets.</summary>
    public Dictionary<string, object> TrainingParameters(int seed) =>
        Parameters(name => !NeedsNetwork || !SettingCatalog.IsOfNetwork(name), seed);

    /// <summary>The settings in one text.</summary>
    /// <param name="isShown">Whether a name is shown.</param>
    public string Text(Func<string, bool> isShown) => TextOf(Simple.Where(setting => isShown(setting.Key)));

    /// <summary>Settings in one text.</summary>
    public static string TextOf(IEnumerable<KeyValuePair<string, object>> settings) => string.Join("; ",
        settings.Select(setting => string.Create(CultureInfo.InvariantCulture, $"{setting.Key} {setting.Value}")));

    private Dictionary<string, object> Parameters(Func<string, bool> isWanted, int seed)
    {
        Dictionary<string, object> parameters =
            values.Where(value => isWanted(value.Name)).ToDictionary(value => value.Name, value => value.Value);
        parameters["Seed"] = seed;
        return parameters;
    }
}
