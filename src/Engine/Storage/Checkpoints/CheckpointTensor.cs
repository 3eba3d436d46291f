using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Storage;

/// <summary>A tensor of 32-bit numbers in a checkpoint.</summary>
/// <param name="Name">Its name: a model file's, after what it is where it is not the weights.</param>
/// <param name="Shape">Its sides, outermost first.</param>
/// <param name="Values">Its numbers, row-major.</param>
internal readonly record struct CheckpointTensor(string Name, long[] Shape, float[] Values)
{
    /// <summary>The name of the history's tensor.</summary>
    public const string History = "history";

    /// <summary>The name of the checksum, the file's last bytes.</summary>
    public const string Checksum = "checksum";

    /// <summary>The most tensors: the network's, and as much for each thing that an optimizer remembers.</summary>
    public const int MaxCount = 6 * ModelLimits.MaxTensors;

    /// <summary>The tensors of a run, in the order of the file.</summary>
    public static IEnumerable<CheckpointTensor> Of(LearnerSnapshot snapshot) =>
        Of("", snapshot.Network.Layers, snapshot.Network.EncodingTensors)
            .Concat(snapshot.States.SelectMany(state => Of(state.Name + ".", state.Layers, state.Tables)));

    private static IEnumerable<CheckpointTensor> Of(string prefix, IReadOnlyList<DenseLayer> layers, IReadOnlyList<EncodingTensor> tables)
    {
        foreach (EncodingTensor table in tables)
            yield return new(prefix + TensorNames.Encoding(table.Shape), [table.Shape.Rows, table.Shape.Columns], table.Values);
        for (int i = 0; i < layers.Count; i++)
        {
            yield return new(prefix + TensorNames.Weight(i), [layers[i].OutputCount, layers[i].InputCount], layers[i].Weights);
            yield return new(prefix + TensorNames.Bias(i), [layers[i].OutputCount], layers[i].Biases);
        }
    }
}
