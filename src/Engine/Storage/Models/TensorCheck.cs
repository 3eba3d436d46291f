namespace MonaLisa.Engine.Storage;

/// <summary>Finds the tensors of a network in a file's header, and makes sure that they are all, and fill the file exactly.</summary>
internal static class TensorCheck
{
    /// <summary>The tensors of the encoding and of each layer, every name, type, shape and place checked; nothing has been allocated for them.</summary>
    /// <exception cref="ModelFileException">The tensors are not those of the network.</exception>
    public static NetworkPlan Plan(MlpDesign design, SafetensorsContent content, ModelFaults faults)
    {
        RequireModestSize(design, faults);
        var claims = new TensorClaims(content, faults);
        StoredTensor[] encoding = [.. design.Encoding.TensorShapes.Select(
            shape => claims.Take(TensorNames.Encoding(shape), [TensorType.F32, TensorType.F16], shape.Rows, shape.Columns))];
        int[] widths = [design.Encoding.FeatureCount, .. design.HiddenLayers, design.OutputCount];
        var plans = new TensorPlan[widths.Length - 1];
        for (int i = 0; i < plans.Length; i++)
        {
            StoredTensor weight = claims.Take(
                TensorNames.Weight(i), [TensorType.F32, TensorType.F16, TensorType.I8], widths[i + 1], widths[i]);
            StoredTensor? scale = weight.Type == TensorType.I8 ? claims.Take(TensorNames.Scale(i), [TensorType.F32], widths[i + 1]) : null;
            plans[i] = new TensorPlan(weight, scale, claims.Take(TensorNames.Bias(i), [TensorType.F32, TensorType.F16], widths[i + 1]));
        }
        claims.RequireAllTaken(design);
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
}
