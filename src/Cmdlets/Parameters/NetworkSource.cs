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

    private readonly SourceValue _source;

    private NetworkSource(object value) => _source = new SourceValue(value);

    /// <summary>A path as text, a <see cref="FileSystemInfo"/>, an <see cref="Mlp"/> or a <see cref="TrainingRun"/>.</summary>
    internal object Value => _source.Value;

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
    public override string ToString() => _source.Path ?? Value.ToString()!;

    /// <inheritdoc/>
    public bool Equals(NetworkSource? other) => other is not null && _source.Equals(other._source);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is NetworkSource other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _source.GetHashCode();
}

/// <summary>Takes everything that names a network for a <see cref="NetworkSource"/>.</summary>
internal sealed class NetworkSourceConverter() : SourceConverter<NetworkSource>("network", NetworkSource.Forms)
{
    /// <inheritdoc/>
    protected override NetworkSource? From(object value) => value switch
    {
        string path => path,
        FileSystemInfo file => file,
        Mlp network => network,
        TrainingRun run => run,
        PixelDataset => throw Refused("A picture is"),
        _ => null,
    };
}
