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

    private readonly SourceValue _source;

    private PictureSource(object value) => _source = new SourceValue(value);

    /// <summary>A path as text, a <see cref="FileSystemInfo"/>, a <see cref="PixelDataset"/> or a <see cref="TrainingRun"/>.</summary>
    internal object Value => _source.Value;

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
        PixelDataset dataset => dataset.Name,
        TrainingRun run => run.Dataset.Name,
        _ => _source.Path!,
    };

    /// <inheritdoc/>
    public bool Equals(PictureSource? other) => other is not null && _source.Equals(other._source);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PictureSource other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _source.GetHashCode();
}

/// <summary>Takes everything that names a picture for a <see cref="PictureSource"/>.</summary>
internal sealed class PictureSourceConverter() : SourceConverter<PictureSource>("picture", PictureSource.Forms)
{
    /// <inheritdoc/>
    protected override PictureSource? From(object value) => value switch
    {
        string path => path,
        FileSystemInfo file => file,
        PixelDataset dataset => dataset,
        TrainingRun run => run,
        Mlp => throw Refused("A network is"),
        _ => null,
    };
}
