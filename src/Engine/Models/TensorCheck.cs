namespace MonaLisa.Engine.Models;

/// <summary>Finds the tensors of a network in a file's header, and makes sure that they are all, and fill the file exactly.</summary>
internal static class TensorCheck
{
    /// <summary>The tensors of the encoding and of each layer, every name, type, shape and place checked; nothing has been allocated for them.</summary>
    /// <exception cref="ModelFileException">The tensors are not those of the network.</exception>
    public static NetworkPlan Plan(MlpDesign design, SafetensorsContent content, ModelFaults faults)
    {
        RequireModestSize(design, faults);
        var unclaimed = new Dictionary<string, StoredTensor>(content.Tensors);
        StoredTensor Claim(string name, TensorType[] types, params long[] shape)
        {
            if (!unclaimed.Remove(name, out StoredTensor? tensor))
                throw faults.Of(ModelFileProblem.MissingTensor, $"its tensor '{name}' is missing");
            RequireFit(tensor, types, shape, faults);
            return tensor;
        }

        StoredTensor[] encoding = [.. design.Encoding.TensorShapes.Select(
            shape => Claim(TensorNames.Encoding(shape), [TensorType.F32, TensorType.F16], shape.Rows, shape.Columns))];
        int[] widths = [design.Encoding.FeatureCount, .. design.HiddenLayers, design.OutputCount];
        var plans = new TensorPlan[widths.Length - 1];
        for (int i = 0; i < plans.Length; i++)
        {
            StoredTensor weight = Claim(TensorNames.Weight(i), [TensorType.F32, TensorType.F16, TensorType.I8], widths[i + 1], widths[i]);
            StoredTensor? scale = weight.Type == TensorType.I8 ? Claim(TensorNames.Scale(i), [TensorType.F32], widths[i + 1]) : null;
            plans[i] = new TensorPlan(weight, scale, Claim(TensorNames.Bias(i), [TensorType.F32, TensorType.F16], widths[i + 1]));
        }
        if (unclaimed.Count > 0)
            throw faults.Of(ModelFileProblem.UnknownTensor,
                $"its tensor {ModelFaults.Quoted(unclaimed.Keys.First())} belongs to no layer of a network {string.Join('-', widths)}");
        RequireFullFile(content, faults);
        return new NetworkPlan(encoding, plans);
    }

    /// <summary>Throws where the network has more numbers than any that is loaded.</summary>
    public static void RequireModestSize(MlpDesign design, ModelFaults faults)
    {
        long parameters = ParameterBudget.CountParameters(design);
        if (parameters > ModelLimits.MaxParameters)
            throw faults.Of(ModelFileProblem.TooLarge,
                $"its network has {parameters} weights and biases, and the most that is loaded is {ModelLimits.MaxParameters}");
    }

    private static void RequireFit(StoredTensor tensor, TensorType[] types, long[] shape, ModelFaults faults)
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

    private static void RequireFullFile(SafetensorsContent content, ModelFaults faults)
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
