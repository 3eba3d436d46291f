namespace MonaLisa.Engine.Storage;

/// <summary>What the header of a safetensors file tells.</summary>
internal sealed class SafetensorsContent
{
    /// <summary>The tensors by their names.</summary>
    public Dictionary<string, StoredTensor> Tensors { get; } = new(StringComparer.Ordinal);

    /// <summary>The map of texts.</summary>
    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the map was there.</summary>
    public bool HasMetadata { get; set; }

    /// <summary>Bytes after the header.</summary>
    public required long DataLength { get; init; }
}
