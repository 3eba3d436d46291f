namespace MonaLisa.Engine.Storage;

/// <summary>Takes the tensors that a file must have out of its header, one by one; in the end none may be left.</summary>
/// <param name="content">The header.</param>
/// <param name="faults">Makes the errors.</param>
internal sealed class TensorClaims(SafetensorsContent content, ModelFaults faults)
{
    private readonly Dictionary<string, StoredTensor> _unclaimed = new(content.Tensors);

    /// <summary>Takes a tensor, its type, shape and length checked.</summary>
    /// <exception cref="ModelFileException">It is not there, or does not fit.</exception>
    public StoredTensor Take(string name, TensorType[] types, params long[] shape)
    {
        if (!_unclaimed.Remove(name, out StoredTensor? tensor))
            throw faults.Of(ModelFileProblem.MissingTensor, $"its tensor '{name}' is missing");
        RequireFit(tensor, types, shape);
        return tensor;
    }

    /// <summary>Throws unless every tensor has been taken, and they fill the file from the header to its end.</summary>
    /// <param name="design">The network that they are of.</param>
    /// <exception cref="ModelFileException">A tensor is left, tensors overlap, or bytes belong to none.</exception>
    public void RequireAllTaken(MlpDesign design)
    {
        if (_unclaimed.Count > 0)
            throw faults.Of(ModelFileProblem.UnknownTensor,
                $"its tensor {ModelFaults.Quoted(_unclaimed.Keys.First())} belongs to no layer of a network " +
                string.Join('-', [design.Encoding.FeatureCount, .. design.HiddenLayers, design.OutputCount]));
        RequireFullFile();
    }

    private void RequireFit(StoredTensor tensor, TensorType[] types, long[] shape)
    {
        if (!types.Contains(tensor.Type))
            throw faults.Of(ModelFileProblem.InvalidTensor,
                $"tensor '{tensor.Name}' has numbers of type {tensor.Type}, not {string.Join(" or ", types)}");
        if (!tensor.Shape.SequenceEqual(shape))
            throw faults.Of(ModelFileProblem.InvalidTensor,
                $"tensor '{tensor.Name}' has the shape {tensor.ShapeText}, and the network needs [{string.Join(", ", shape)}]");
        // The shape is the design's by now, and small enough for the product.
        long size = shape.Aggregate((long)tensor.Type.Size(), (product, side) => product * side);
        if (tensor.Start > tensor.End || tensor.End - tensor.Start != size)
            throw faults.Of(ModelFileProblem.InvalidTensor,
                $"tensor '{tensor.Name}' lies from byte {tensor.Start} to {tensor.End} and takes {size} bytes");
    }

    private void RequireFullFile()
    {
        long position = 0;
        foreach (StoredTensor tensor in content.Tensors.Values.OrderBy(tensor => tensor.Start))
        {
            if (tensor.End > content.DataLength)
                throw faults.Of(ModelFileProblem.Truncated,
                    $"tensor '{tensor.Name}' ends at byte {tensor.End} of the data, and there are {content.DataLength}");
            if (tensor.Start != position)
                throw faults.Of(ModelFileProblem.InvalidLayout, tensor.Start < position
                    ? $"tensor '{tensor.Name}' overlaps the one before it"
                    : $"there are {tensor.Start - position} bytes before tensor '{tensor.Name}' that belong to none");
            position = tensor.End;
        }
        if (position < content.DataLength)
            throw faults.Of(ModelFileProblem.InvalidLayout, $"there are {content.DataLength - position} bytes after its last tensor");
    }
}
