using System.ComponentModel;
using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>
/// A network as a parameter takes it: a network, a training run (or an experiment's row with its run) for the network that it trained, also
/// from other sessions, or the path of a model file, which the command loads.
/// </summary>
/// <remarks>Two are equal if they are the same network or run, or the same path, whatever its case.</remarks>
[TypeConverter(typeof(NetworkSourceConverter))]
public sealed class NetworkSource : IEquatable<NetworkSource>
{
    internal const string Forms = "Give a network (New-MlpNetwork, Import-MlpModel), a training run, or the path of a model file.";

    private NetworkSource(object value) => Value = value;

    /// <summary>A path as text, a <see cref="FileSystemInfo"/>, an <see cref="Mlp"/> or a <see cref="TrainingRun"/>.</summary>
    internal object Value { get; }

    /// <summary>The network of a model file.</summary>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public static NetworkSource Parse(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.Length > 0 ? new NetworkSource(path) : throw new ArgumentException($"An empty text is no network. {Forms}");
    }

    /// <summary>The network of a model file.</summary>
    public static implicit operator NetworkSource(string path) => Parse(path);

    /// <summary>The network of a model file.</summary>
    public static implicit operator NetworkSource(FileSystemInfo file) => new(file);

    /// <summary>The network itself.</summary>
    public static implicit operator NetworkSource(Mlp network) => new(network);

    /// <summary>The network that a run trained.</summary>
    public static implicit operator NetworkSource(TrainingRun run) => new(run);

    /// <summary>The network; a model file is loaded as Import-MlpModel does.</summary>
    /// <param name="command">The command that has the parameter.</param>
    /// <param name="parameter">The parameter's name, for messages.</param>
    /// <exception cref="CommandException">There is no such file.</exception>
    /// <exception cref="ModelFileException">The file cannot be loaded.</exception>
    internal Mlp Load(StoppableCommand command, string parameter) => Value switch
    {
        Mlp network => network,
        TrainingRun run => run.Network,
        _ => command.LoadNetwork(FileResolver.Single(command, Value, parameter)),
    };

    /// <summary>The path, or the network's or the run's text.</summary>
    public override string ToString() => Value switch
    {
        FileSystemInfo file => file.FullName,
        _ => Value.ToString()!,
    };

    /// <inheritdoc/>
    public bool Equals(NetworkSource? other) => other is not null &&
        (IsPath && other.IsPath ? string.Equals(ToString(), other.ToString(), StringComparison.OrdinalIgnoreCase) : ReferenceEquals(Value, other.Value));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is NetworkSource other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(ToString());

    private bool IsPath => Value is string or FileSystemInfo;
}

/// <summary>Takes everything that names a network for a <see cref="NetworkSource"/>.</summary>
internal sealed class NetworkSourceConverter : ArgumentConverter<NetworkSource>
{
    /// <inheritdoc/>
    protected override NetworkSource Convert(PSObject argument) => Rehydration.Live(argument) switch
    {
        string { Length: 0 } => throw Refused("An empty text is"),
        string path => path,
        FileSystemInfo file => file,
        Mlp network => network,
        TrainingRun run => run,
        ExperimentRow { TrainingRun: TrainingRun run } => run,
        ExperimentRow row => throw new PSInvalidCastException(row.RunMissing),
        PixelDataset => throw Refused("A picture is"),
        Array values => throw Refused($"{values.Length} values are"),
        object other => throw Rehydration.Problem(argument) ?? Refused($"An object of type {other.GetType().FullName} is"),
        null => throw Refused("Nothing is"),
    };

    private static PSInvalidCastException Refused(string what) => new($"{what} no network. {NetworkSource.Forms}");
}
