namespace MonaLisa.Engine.Storage;

/// <summary>A tensor as a safetensors header tells of it.</summary>
/// <param name="Name">Its name, one of <see cref="TensorNames"/>.</param>
/// <param name="Type">Its number type.</param>
/// <param name="Shape">Its sides, outermost first.</param>
/// <param name="Start">Its first byte, counted from the end of the header.</param>
/// <param name="End">The byte after its last.</param>
internal sealed record StoredTensor(string Name, TensorType Type, IReadOnlyList<long> Shape, long Start, long End)
{
    /// <summary>The shape as in <c>[256, 2]</c>.</summary>
    public string ShapeText => $"[{string.Join(", ", Shape)}]";
}
