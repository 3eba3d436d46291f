using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;

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
        List<object?> values = Separate(Argument.Unwrap(given), takesList: type.IsArray);
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
        List<object?> elements = [.. ((IEnumerable)given).Cast<object?>().Select(Argument.Unwrap)];
        bool areValues = !takesList || elements.Exists(element => element is IEnumerable and not string) ||
            elements.TrueForAll(element => element is string);
        return areValues ? elements : elements.Count == 0 ? [] : [given];
    }

    private static object SimpleOf(object value) => value switch
    {
        SwitchParameter given => given.IsPresent,
        bool or string => value,
        NetworkSource => value.ToString()!,
        _ when IsChoice(value.GetType()) => value.ToString()!,
        Duration time => time.TotalSeconds,
        Count count => (long)count.Value,
        // By way of text, because 0.1f is not 0.1.
        float number => double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        double => value,
        Array list => TextOf(list),
        _ => Convert.ToInt64(value, CultureInfo.InvariantCulture),
    };

    private static bool IsChoice(Type type) => type.BaseType is { IsGenericType: true } basis && basis.GetGenericTypeDefinition() == typeof(Choice<,>);

    private static string TextOf(object? value) => value is IEnumerable list and not string
        ? string.Join(',', list.Cast<object?>().Select(TextOf))
        : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}

/// <summary>The settings that an experiment may vary: parameters of Invoke-MlpTraining and New-MlpNetwork.</summary>
internal static class SettingCatalog
{
    // The experiment's own: the picture, the seeds, the network that it makes, where things are kept, and one run after the other.
    private static readonly string[] Reserved =
    [
        nameof(InvokeMlpTrainingCommand.InputObject), nameof(InvokeMlpTrainingCommand.Seed), nameof(InvokeMlpTrainingCommand.Network),
        nameof(InvokeMlpTrainingCommand.Resume), nameof(InvokeMlpTrainingCommand.CheckpointPath),
        nameof(InvokeMlpTrainingCommand.CheckpointEvery), nameof(InvokeMlpTrainingCommand.Continue), nameof(InvokeMlpTrainingCommand.Force),
        nameof(InvokeMlpTrainingCommand.SnapshotEvery), nameof(InvokeMlpTrainingCommand.SnapshotPath), nameof(InvokeMlpTrainingCommand.Live),
        nameof(InvokeMlpTrainingCommand.ThrottleLimit), nameof(InvokeMlpTrainingCommand.AsJob), nameof(InvokeMlpTrainingCommand.JobName),
        nameof(NewMlpNetworkCommand.OutputCount),
    ];

    private static readonly string[] OfOtherNetworks =
    [
        nameof(InvokeMlpTrainingCommand.Preset), nameof(InvokeMlpTrainingCommand.Start), nameof(InvokeMlpTrainingCommand.Kernel),
        nameof(InvokeMlpTrainingCommand.Denoise),
    ];

    private static readonly Dictionary<string, PropertyInfo> Training = ParametersOf(typeof(InvokeMlpTrainingCommand));
    private static readonly Dictionary<string, PropertyInfo> Network = ParametersOf(typeof(NewMlpNetworkCommand));

    /// <summary>Every name, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Training.Keys.Union(Network.Keys, StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];

    /// <summary>The parameter of a name, or null where there is none.</summary>
    public static PropertyInfo? Find(string name) => Training.GetValueOrDefault(name) ?? Network.GetValueOrDefault(name);

    /// <summary>Whether the experiment sets this parameter.</summary>
    public static bool IsReserved(string name) => Reserved.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether only New-MlpNetwork knows this name, so that it must make the network.</summary>
    public static bool NeedsNetwork(string name) => !Training.ContainsKey(name);

    /// <summary>Whether this name chooses a network that Invoke-MlpTraining must make.</summary>
    public static bool ChoosesOtherNetwork(string name) => OfOtherNetworks.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether New-MlpNetwork gets this setting where it makes the network.</summary>
    public static bool IsOfNetwork(string name) => Network.ContainsKey(name);

    private static Dictionary<string, PropertyInfo> ParametersOf(Type command) => command.GetProperties()
        .Where(property => property.IsDefined(typeof(ParameterAttribute)) && !IsReserved(property.Name))
        .ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
}
