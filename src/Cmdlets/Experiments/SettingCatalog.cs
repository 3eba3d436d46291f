using System.Management.Automation;
using System.Reflection;

namespace MonaLisa.PowerShell;

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

    private static readonly Dictionary<string, PropertyInfo> Training = ParametersOf(typeof(InvokeMlpTrainingCommand));
    private static readonly Dictionary<string, PropertyInfo> Network = ParametersOf(typeof(NewMlpNetworkCommand));

    /// <summary>Every name, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Training.Keys.Union(Network.Keys, StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];

    /// <summary>The parameter of a name, or null where there is none.</summary>
    public static PropertyInfo? Find(string name) => Training.GetValueOrDefault(name) ?? Network.GetValueOrDefault(name);

    /// <summary>Whether the experiment gives this parameter itself.</summary>
    public static bool IsReserved(string name) => Reserved.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether only New-MlpNetwork knows this name, so that it must make the network.</summary>
    public static bool NeedsNetwork(string name) => !Training.ContainsKey(name);

    /// <summary>Whether New-MlpNetwork gets this setting where it makes the network; a preset is then that of the training.</summary>
    public static bool IsOfNetwork(string name) =>
        Network.ContainsKey(name) && !name.Equals(nameof(NewMlpNetworkCommand.Preset), StringComparison.OrdinalIgnoreCase);

    private static Dictionary<string, PropertyInfo> ParametersOf(Type command) => command.GetProperties()
        .Where(property => property.IsDefined(typeof(ParameterAttribute)) && !IsReserved(property.Name))
        .ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
}
