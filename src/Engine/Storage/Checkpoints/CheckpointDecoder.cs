using System.Security.Cryptography;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Storage;

/// <summary>Reads checkpoints, in which anything may be: header and checksum are checked before the network is allocated.</summary>
internal static class CheckpointDecoder
{
    /// <summary>Reads a run.</summary>
    /// <param name="stream">The file, at its start; it can seek.</param>
    /// <param name="faults">Makes the errors.</param>
    /// <exception cref="ModelFileException">It is no checkpoint that can be loaded.</exception>
    public static RunState Read(Stream stream, ModelFaults faults) => faults.Reading(() =>
    {
        SafetensorsContent content = SafetensorsHeader.Read(stream, faults, CheckpointTensor.MaxCount);
        CheckpointDescription.RequireVersion(content.Metadata, faults);
        RequireChecksum(stream, faults);
        CheckpointDescription description = CheckpointDescription.Parse(content.Metadata, faults);
        return ReadTensors(stream, content, description, faults);
    });

    private static void RequireChecksum(Stream stream, ModelFaults faults)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[1 << 16], stored = new byte[SHA256.HashSizeInBytes];
        stream.Position = 0;
        long left = stream.Length - stored.Length;
        for (int count; left > 0; left -= count)
        {
            count = (int)Math.Min(left, buffer.Length);
            stream.ReadExactly(buffer, 0, count);
            hash.AppendData(buffer, 0, count);
        }
        stream.ReadExactly(stored);
        if (!hash.GetHashAndReset().AsSpan().SequenceEqual(stored))
            throw faults.Of(ModelFileProblem.ChecksumMismatch,
                "its checksum does not fit its content: a part of it was lost or changed since it was written");
    }

    private static RunState ReadTensors(Stream stream, SafetensorsContent content, CheckpointDescription description, ModelFaults faults)
    {
        (MlpDesign design, TrainingOptions options) = (description.Design, description.Options);
        TensorCheck.RequireModestSize(design, faults);
        int epochs = description.Position.Epoch - 1, pixels = description.Picture.TrainingPixels;
        long historyLength = (long)epochs * HistoryTable.Columns;
        long length = historyLength * sizeof(double) + LearnerSnapshot.CountBytes(design, options, pixels) + SHA256.HashSizeInBytes;
        // Nothing is allocated for a run that the file does not hold.
        if (content.DataLength != length)
            throw faults.Of(content.DataLength < length ? ModelFileProblem.Truncated : ModelFileProblem.InvalidLayout,
                $"it has {content.DataLength} bytes of data, and its run has {length}");
        if (historyLength > Array.MaxLength)
            throw faults.Of(ModelFileProblem.TooLarge, $"its history of {epochs} epochs is too long");
        var claims = new TensorClaims(content, faults);
        StoredTensor history = claims.Take(CheckpointTensor.History, [TensorType.F64], epochs, HistoryTable.Columns);
        LearnerSnapshot snapshot = LearnerSnapshot.For(design, options, pixels);
        (CheckpointTensor Tensor, StoredTensor Stored)[] tensors = [.. CheckpointTensor.Of(snapshot)
            .Select(tensor => (tensor, claims.Take(tensor.Name, [TensorType.F32], tensor.Shape)))];
        (CheckpointBytes Tensor, StoredTensor Stored)[] bytes = [.. CheckpointBytes.Of(snapshot)
            .Select(tensor => (tensor, claims.Take(tensor.Name, [TensorType.U8], tensor.Values.Length)))];
        StoredTensor checksum = claims.Take(CheckpointTensor.Checksum, [TensorType.U8], SHA256.HashSizeInBytes);
        claims.RequireAllTaken(design);
        if (checksum.End != content.DataLength)
            throw faults.Of(ModelFileProblem.InvalidLayout, "its checksum is not at its end");

        var reader = new TensorReader(stream, stream.Length - content.DataLength, faults);
        double[] table = new double[historyLength];
        reader.Read(history, table);
        foreach ((CheckpointTensor tensor, StoredTensor stored) in tensors)
            reader.ReadAny(stored, tensor.Values);
        foreach ((CheckpointBytes tensor, StoredTensor stored) in bytes)
            reader.Read(stored, tensor.Values);
        // What an optimizer remembers may overflow without harm; weights may not.
        if (!snapshot.Network.IsFinite)
            throw faults.Of(ModelFileProblem.NotFinite, "it has weights that are infinite or not a number");
        return new RunState(
            options, description.Picture, description.Provider, description.Position,
            HistoryTable.ToHistory(table) ?? throw faults.Of(ModelFileProblem.InvalidDescription, "its history has a time that cannot be"),
            snapshot);
    }
}
