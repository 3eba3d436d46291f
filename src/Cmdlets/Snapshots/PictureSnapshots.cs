using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Where and when a picture's run keeps snapshots of its network.</summary>
/// <param name="options">Where and when.</param>
internal sealed class PictureSnapshots(SnapshotOptions options)
{
    /// <summary>The file's full path.</summary>
    public string Path => options.Path;

    /// <summary>Keeps the snapshots of the run.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="goesOn">Whether the run goes on from a checkpoint; it then goes on in its file too.</param>
    /// <param name="warn">Told of a snapshot that could not be written.</param>
    /// <param name="stopping">The run's token.</param>
    /// <exception cref="ModelFileException">The file cannot be written.</exception>
    public SnapshotRecorder Begin(PixelDataset picture, bool goesOn, Action<string> warn, CancellationToken stopping) => new(
        options with { Continue = goesOn, Overwrite = options.Overwrite && !goesOn, Warning = warn }, picture, stopping);
}
