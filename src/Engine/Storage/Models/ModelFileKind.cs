namespace MonaLisa.Engine.Storage;

/// <summary>What a file of this program holds; what to do about one that cannot be loaded goes by it.</summary>
internal enum ModelFileKind
{
    /// <summary>A network.</summary>
    Model,

    /// <summary>The state of a run.</summary>
    Checkpoint,

    /// <summary>Snapshots of a run's network.</summary>
    Snapshots,
}
