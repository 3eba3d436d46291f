using System.Collections;
using System.Reflection;

namespace MonaLisa.PowerShell;

/// <summary>Every combination of the values in one table of settings, or in several.</summary>
internal sealed class ExperimentGrid
{
    // Beyond this someone has mistaken an argument.
    private const int MaxSettings = 100_000;

    private readonly HashSet<string> _varying;

    private ExperimentGrid(IReadOnlyList<ExperimentSetting> settings)
    {
        Settings = settings;
        string[] names = [.. settings.SelectMany(setting => setting.Simple.Keys).Distinct()];
        // A setting that only some have differs too.
        _varying = [.. names.Where(name => settings.Select(setting => setting.Simple.GetValueOrDefault(name)).Distinct().Skip(1).Any())];
    }

    /// <summary>
    /// The combinations, each once; in an ordered table the first name changes last, in another the first in the alphabet.
    /// </summary>
    public IReadOnlyList<ExperimentSetting> Settings { get; }

    /// <summary>What distinguishes a combination from the others, in one text; all of it if there are no others.</summary>
    public string TextOf(ExperimentSetting setting)
    {
        string text = setting.Text(_varying.Contains);
        return text.Length > 0 ? text : setting.Simple.Count > 0 ? setting.Text(_ => true) : "defaults";
    }

    /// <summary>The grid of some tables.</summary>
    /// <exception cref="ArgumentException">A name is unknown or comes twice, or a value does not fit; the message names it.</exception>
    public static ExperimentGrid Of(IReadOnlyList<IDictionary> tables)
    {
        List<ExperimentSetting> settings = [];
        HashSet<string> used = [];
        foreach (IDictionary table in tables)
            foreach (ExperimentSetting setting in Combinations(table))
                if (used.Add(string.Join('\n', setting.Simple.OrderBy(value => value.Key, StringComparer.Ordinal))))
                    settings.Add(setting);
        return new ExperimentGrid(settings);
    }

    private static IEnumerable<ExperimentSetting> Combinations(IDictionary table)
    {
        List<IReadOnlyList<SettingValue>> combinations = [[]];
        IEnumerable<DictionaryEntry> entries = table.Cast<DictionaryEntry>();
        if (table is Hashtable)
            entries = entries.OrderBy(entry => entry.Key.ToString(), StringComparer.OrdinalIgnoreCase);
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in entries)
        {
            string name = entry.Key.ToString() ?? "";
            if (!names.Add(name))
                throw new ArgumentException($"The setting {name} comes twice in a table.");
            IReadOnlyList<SettingValue> values = SettingValue.Of(ParameterOf(name), entry.Value);
            if ((long)combinations.Count * values.Count > MaxSettings)
                throw new ArgumentException(
                    $"The table of settings has more than {MaxSettings} combinations at {name}. Give fewer values.");
            combinations = [.. combinations.SelectMany(
                combination => values.Select(IReadOnlyList<SettingValue> (value) => [.. combination, value]))];
        }
        RequireOneNetwork(names);
        return combinations.Select(combination => new ExperimentSetting(combination));
    }

    // A network that New-MlpNetwork makes would take the place of the other, and the row would name what had no effect.
    private static void RequireOneNetwork(IEnumerable<string> names)
    {
        if (names.FirstOrDefault(SettingCatalog.NeedsNetwork) is string made && names.FirstOrDefault(SettingCatalog.ChoosesOtherNetwork) is string other)
            throw new ArgumentException(
                $"The setting {made} is for a network of New-MlpNetwork, and {other} for one that Invoke-MlpTraining makes. Leave out {made} or {other}.");
    }

    private static PropertyInfo ParameterOf(string name)
    {
        if (name.Equals("Seed", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException("Seed is no setting: give the first seed with -Seed, and how many with -Repeat.");
        if (SettingCatalog.IsReserved(name))
            throw new ArgumentException($"{name} is no setting: the experiment sets it. Leave it out.");
        return SettingCatalog.Find(name) ?? throw new ArgumentException(
            $"There is no setting {name}. The settings are parameters of Invoke-MlpTraining and New-MlpNetwork: " +
            $"{string.Join(", ", SettingCatalog.Names)}.");
    }
}
