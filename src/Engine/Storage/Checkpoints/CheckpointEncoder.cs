using System.Security.Cryptography;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Storage;

/// <summary>
/// Writes checkpoints: a safetensors file whose last tensor is the SHA-256 of all bytes before it. docs/checkpoints.md has the format.
/// </summary>
internal static class CheckpointEncoder
{
    /// <summary>Writes a run.</summary>
    public static void Write(Stream stream, RunState state)
    {
        using var hash = SHA256.Create();
        using (var hashed = new CryptoStream(stream, hash, CryptoStreamMode.Write, leaveOpen: true))
        {
            CheckpointTensor[] tensors = [.. CheckpointTensor.Of(state.Learner)];
            CheckpointBytes[] bytes = [.. CheckpointBytes.Of(state.Learner)];
            double[] history = HistoryTable.Of(state.History);
            hashed.Write(SafetensorsHeader.Compose(CheckpointDescription.Of(state).ToMetadata(), Layout(tensors, bytes, history.Length)));
            var writer = new TensorWriter(hashed);
            writer.Write(history);
            foreach (CheckpointTensor tensor in tensors)
                writer.Write(tensor.Values);
            foreach (CheckpointBytes tensor in bytes)
                hashed.Write(tensor.Values);
        }
        stream.Write(hash.Hash);
    }

    private static IEnumerable<StoredTensor> Layout(
        IEnumerable<CheckpointTensor> tensors, IEnumerable<CheckpointBytes> bytes, long historyLength)
    {
        long start = historyLength * sizeof(double);
        yield return new(CheckpointTensor.History, TensorType.F64, [historyLength / HistoryTable.Columns, HistoryTable.Columns], 0, start);
        foreach (CheckpointTensor tensor in tensors)
        {
            long end = start + tensor.Values.LongLength * sizeof(float);
            yield return new(tensor.Name, TensorType.F32, tensor.Shape, start, end);
            start = end;
        }
        foreach (CheckpointBytes tensor in bytes)
        {
            long end = start + tensor.Values.Length;
            yield return new(tensor.Name, TensorType.U8, [tensor.Values.Length], start, end);
            start = end;
        }
        yield return new(CheckpointTensor.Checksum, TensorType.U8, [SHA256.HashSizeInBytes], start, start + SHA256.HashSizeInBytes);
    }
}
