using MonaLisa.Engine.Platform;
using MonaLisa.Engine.Storage;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine;

/// <summary>The state of a run that a snapshot is of.</summary>
/// <param name="Epoch">The epoch under way or just completed, from 1; 0 before the first step.</param>
/// <param name="Step">Steps done.</param>
/// <param name="Elapsed">Training time so far.</param>
/// <param name="Psnr">PSNR in dB as known then: of the latest step's pixels, of the epoch or of the run; null where it was not.</param>
/// <param name="IsScheduled">Whether the schedule has it: one at the end of a run that was stopped is only kept until the run goes on.</param>
internal readonly record struct TrainingSnapshot(int Epoch, long Step, TimeSpan Elapsed, double? Psnr, bool IsScheduled = true)
{
    /// <summary>The snapshot's state.</summary>
    internal static TrainingSnapshot Of(TrainingState state) => new(
        state.Epoch, state.Step, state.Elapsed, state.Psnr is double psnr && double.IsFinite(psnr) ? psnr : null);
}

/// <summary>
/// Snapshots of a run's network, kept in a file by a <see cref="SnapshotRecorder"/>; docs/snapshots.md has its layout. The run may be
/// going on, or may have been killed. Nothing in a file can name a path, a type or code, and a file from a stranger does no worse than
/// fail to load.
/// </summary>
internal sealed class TrainingSnapshots
{
    /// <summary>The extension of these files, with its dot, where their names are made here.</summary>
    public const string Extension = ".snapshots";

    private readonly SnapshotIndex _index;

    private TrainingSnapshots(string path, SnapshotIndex index) => (Path, _index) = (path, index);

    /// <summary>The file's full path.</summary>
    public string Path { get; }

    /// <summary>The network's design.</summary>
    public MlpDesign Design => _index.Description.Design;

    /// <summary>The picture's short name.</summary>
    public string PictureName => Picture.Name;

    /// <summary>Pixels in a row of the picture.</summary>
    public int PictureWidth => Picture.Width;

    /// <summary>The picture's rows.</summary>
    public int PictureHeight => Picture.Height;

    /// <summary>The states that the snapshots are of, at least one, in the order of their steps.</summary>
    public IReadOnlyList<TrainingSnapshot> Snapshots => _index.Snapshots;

    private PictureIdentity Picture => _index.Description.Picture;

    /// <summary>Reads which states the snapshots are of; the networks are left in the file.</summary>
    /// <param name="path">The file; taken literally, whatever characters it has.</param>
    /// <exception cref="ModelFileException">The file is not there, or is no file of snapshots that can be loaded.</exception>
    public static TrainingSnapshots Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        path = System.IO.Path.GetFullPath(path);
        ModelFaults faults = FaultsOf(path);
        using FileStream stream = OpenFile(path, faults);
        return new TrainingSnapshots(path, SnapshotReader.ReadIndex(stream, faults));
    }

    /// <summary>The picture of the run that a file has snapshots of; null where it cannot be read as one.</summary>
    /// <param name="path">The file; taken literally, whatever characters it has.</param>
    internal static PictureIdentity? PictureOf(string path)
    {
        try
        {
            return Open(path).Picture;
        }
        catch (ModelFileException)
        {
            return null;
        }
    }

    /// <summary>Loads the network of a snapshot, its weights rounded to 16 bits.</summary>
    /// <param name="snapshot">Its place among <see cref="Snapshots"/>, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such snapshot.</exception>
    /// <exception cref="ModelFileException">The file has changed since it was opened, or is damaged there.</exception>
    public Mlp Load(int snapshot)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(snapshot);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(snapshot, Snapshots.Count);
        ModelFaults faults = FaultsOf(Path);
        using FileStream stream = OpenFile(Path, faults);
        return SnapshotReader.ReadNetwork(stream, _index, snapshot, faults);
    }

    /// <summary>Throws where the run learned another picture.</summary>
    /// <exception cref="ModelFileException">The picture's size, pixels or held-out pixels are others.</exception>
    public void RequirePicture(PixelDataset picture) => RequirePicture(PictureIdentity.Of(picture));

    /// <inheritdoc cref="RequirePicture(PixelDataset)"/>
    internal void RequirePicture(PictureIdentity picture)
    {
        if (Picture.DifferenceOf(picture) is string difference)
            throw FaultsOf(Path).Of(ModelFileProblem.OtherPicture, difference);
    }

    /// <summary>Where everything is in the file.</summary>
    internal SnapshotLayout Layout => _index.Layout;

    /// <inheritdoc/>
    public override string ToString() => $"{PictureName}: {Counted.Text(Snapshots.Count, "snapshot")}, {Counted.Text(Snapshots[^1].Step, "step")}";

    private static ModelFaults FaultsOf(string path) => new(path, ModelFileKind.Snapshots);

    // The run that writes it may be going on.
    private static FileStream OpenFile(string path, ModelFaults faults) =>
        StoredFile.Open(path, faults, FileShare.ReadWrite | FileShare.Delete);
}
