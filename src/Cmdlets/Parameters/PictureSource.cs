using System.ComponentModel;
using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>
/// A picture as a parameter takes it: a path, a file, a dataset, or a training run (or an experiment's row with its run) for the picture
/// that it learned; datasets and runs from other sessions too. Where a file is needed, the command reads it.
/// </summary>
/// <remarks>Two are equal if they are the same dataset or run, or the same path, whatever its case.</remarks>
[TypeConverter(typeof(PictureSourceConverter))]
public sealed class PictureSource : IEquatable<PictureSource>
{
    internal const string Forms = "Give a picture's path, a dataset (New-PixelDataset) or a training run.";

    private PictureSource(object value) => Value = value;

    /// <summary>A path as text, a <see cref="FileSystemInfo"/>, a <see cref="PixelDataset"/> or a <see cref="TrainingRun"/>.</summary>
    internal object Value { get; }

    /// <summary>The picture at a path.</summary>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public static PictureSource Parse(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.Length > 0 ? new PictureSource(path) : throw new ArgumentException($"An empty text is no picture. {Forms}");
    }

    /// <summary>The picture at a path.</summary>
    public static implicit operator PictureSource(string path) => Parse(path);

    /// <summary>The picture of a file.</summary>
    public static implicit operator PictureSource(FileSystemInfo file) => new(file);

    /// <summary>The picture itself.</summary>
    public static implicit operator PictureSource(PixelDataset dataset) => new(dataset);

    /// <summary>The picture that a run learned.</summary>
    public static implicit operator PictureSource(TrainingRun run) => new(run);

    /// <summary>The path, or the picture's name.</summary>
    public override string ToString() => Value switch
    {
        FileSystemInfo file => file.FullName,
        PixelDataset dataset => dataset.Name,
        TrainingRun run => run.Dataset.Name,
        _ => (string)Value,
    };

    /// <inheritdoc/>
    public bool Equals(PictureSource? other) => other is not null &&
        (IsPath && other.IsPath ? string.Equals(ToString(), other.ToString(), StringComparison.OrdinalIgnoreCase) : ReferenceEquals(Value, other.Value));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PictureSource other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(ToString());

    private bool IsPath => Value is string or FileSystemInfo;
}

/// <summary>Takes everything that names a picture for a <see cref="PictureSource"/>.</summary>
internal sealed class PictureSourceConverter : ArgumentConverter<PictureSource>
{
    /// <inheritdoc/>
    protected override PictureSource Convert(PSObject argument) => Rehydration.Live(argument) switch
    {
        string { Length: 0 } => throw Refused("An empty text is"),
        string path => path,
        FileSystemInfo file => file,
        PixelDataset dataset => dataset,
        TrainingRun run => run,
        ExperimentRow { TrainingRun: TrainingRun run } => run,
        ExperimentRow row => throw new PSInvalidCastException(row.RunMissing),
        Mlp => throw Refused("A network is"),
        Array values => throw Refused($"{values.Length} values are"),
        object other => throw Rehydration.Problem(argument) ?? Refused($"An object of type {other.GetType().FullName} is"),
        null => throw Refused("Nothing is"),
    };

    private static PSInvalidCastException Refused(string what) => new($"{what} no picture. {PictureSource.Forms}");
}
