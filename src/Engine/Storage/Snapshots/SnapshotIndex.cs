namespace MonaLisa.Engine.Storage;

/// <summary>A file of snapshots as far as it is read at once: all but the numbers of the frames.</summary>
/// <param name="Description">What it tells of its run.</param>
/// <param name="Layout">Where everything is.</param>
/// <param name="Fixed">The network's numbers that are not trained, one array each tensor.</param>
/// <param name="Snapshots">The whole frames' moments, steps rising.</param>
internal sealed record SnapshotIndex(
    SnapshotDescription Description, SnapshotLayout Layout, IReadOnlyList<float[]> Fixed, IReadOnlyList<TrainingSnapshot> Snapshots);
