using System.Security.Cryptography;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Storage;

/// <summary>
/// Checkpoints: safetensors files whose last tensor is the SHA-256 of all bytes before it. docs/checkpoints.md has the format.
/// </summary>
internal static class CheckpointFile
{
    private const string History = "history", TableMeanSquares = "table-mean-squares", Checksum = "checksum";

    // The network's tensors, and as many for each thing that an optimizer remembers.
    private const int MaxTensors = 6 * ModelLimits.MaxTensors;

    /// <summary>Writes a run.</summary>
    public static void Write(Stream stream, RunState state)
    {
        using var hash = SHA256.Create();
        using var hashed = new CryptoStream(stream, hash, CryptoStreamMode.Write, leaveOpen: true);
        double[] history = HistoryTable.Of(state.History, HistoryTable.ColumnsOf(state.Learner.Network.Design));
        SafetensorsWriter.Write(hashed, CheckpointDescription.Of(state).ToMetadata(),
        [
            new(History, TensorType.F64, [state.History.Count, HistoryTable.ColumnsOf(state.Learner.Network.Design)], writer => writer.Write(history)),
            .. NumbersOf(state.Learner).Select(tensor =>
                new TensorToWrite(tensor.Name, TensorType.F32, tensor.Shape, writer => writer.Write(tensor.Values))),
            .. BytesOf(state.Learner).Select(tensor =>
                new TensorToWrite(tensor.Name, TensorType.U8, [tensor.Values.Length], writer => writer.Write(tensor.Values))),
            new(Checksum, TensorType.U8, [SHA256.HashSizeInBytes], _ =>
            {
                hashed.FlushFinalBlock();
                stream.Write(hash.Hash);
            }),
        ]);
    }

    /// <summary>Reads a run. Anything may be in the file: header and checksum are checked before the network is allocated.</summary>
    /// <param name="stream">The file, at its start; it can seek.</param>
    /// <param name="faults">Makes the errors.</param>
    /// <exception cref="ModelFileException">It is no checkpoint that can be loaded.</exception>
    public static RunState Read(Stream stream, ModelFaults faults) => faults.Reading(() =>
    {
        var reader = new SafetensorsReader(stream, faults, MaxTensors);
        CheckpointDescription.RequireVersion(reader.Metadata, faults);
        RequireChecksum(stream, faults);
        return ReadTensors(reader, CheckpointDescription.Parse(reader.Metadata, faults), faults);
    });

    /// <summary>Reads from a checkpoint's header whose run it is; the rest of the file is not looked at.</summary>
    /// <inheritdoc cref="Read"/>
    public static PictureIdentity ReadPicture(Stream stream, ModelFaults faults) => faults.Reading(() =>
    {
        IReadOnlyDictionary<string, string> metadata = new SafetensorsReader(stream, faults, MaxTensors).Metadata;
        CheckpointDescription.RequireVersion(metadata, faults);
        return CheckpointDescription.Parse(metadata, faults).Picture;
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

    private static RunState ReadTensors(SafetensorsReader reader, CheckpointDescription description, ModelFaults faults)
    {
        (MlpDesign design, TrainingOptions options) = (description.Design, description.Options);
        ModelLimits.RequireModestSize(design, faults);
        RunPosition position = description.Position.ToPosition();
        int epochs = position.Epoch - 1, pixels = description.Picture.TrainingPixels, columns = HistoryTable.ColumnsOf(design);
        long historyLength = (long)epochs * columns;
        long length = historyLength * sizeof(double) + LearnerSnapshot.CountBytes(design, options, pixels) + SHA256.HashSizeInBytes;
        // Nothing is allocated for a run that the file does not hold.
        if (reader.DataLength != length)
            throw faults.Of(reader.DataLength < length ? ModelFileProblem.Truncated : ModelFileProblem.InvalidLayout,
                $"it has {reader.DataLength} bytes of data, and its run has {length}");
        if (historyLength > Array.MaxLength)
            throw faults.Of(ModelFileProblem.TooLarge, $"its history of {epochs} epochs is too long");
        StoredTensor history = reader.Take(History, [TensorType.F64], epochs, columns);
        LearnerSnapshot snapshot = LearnerSnapshot.For(design, options, pixels);
        (float[] Values, StoredTensor Stored)[] numbers = [.. NumbersOf(snapshot)
            .Select(tensor => (tensor.Values, reader.Take(tensor.Name, [TensorType.F32], tensor.Shape)))];
        (byte[] Values, StoredTensor Stored)[] bytes = [.. BytesOf(snapshot)
            .Select(tensor => (tensor.Values, reader.Take(tensor.Name, [TensorType.U8], tensor.Values.Length)))];
        StoredTensor checksum = reader.Take(Checksum, [TensorType.U8], SHA256.HashSizeInBytes);
        reader.RequireAllTaken(design);
        if (checksum.End != reader.DataLength)
            throw faults.Of(ModelFileProblem.InvalidLayout, "its checksum is not at its end");

        double[] table = new double[historyLength];
        reader.Read(history, table);
        foreach ((float[] values, StoredTensor stored) in numbers)
            reader.Read(stored, values);
        foreach ((byte[] values, StoredTensor stored) in bytes)
            reader.Read(stored, values);
        // What an optimizer remembers may overflow without harm; weights may not.
        if (!snapshot.Network.IsFinite)
            throw faults.Of(ModelFileProblem.NotFinite, "it has weights that are infinite or not a number");
        if (snapshot.Latents is { IsPossible: false })
            throw faults.Of(ModelFileProblem.InvalidDescription, "it has numbers of its latents' training that cannot be");
        return HistoryTable.ToHistory(table, columns) is EpochRecord[] epochRecords && !(epochRecords.LastOrDefault()?.Elapsed > position.Elapsed)
            ? new RunState(options, description.Picture, description.Provider, position, epochRecords, snapshot)
            : throw faults.Of(ModelFileProblem.InvalidDescription, "its history has a time that cannot be");
    }

    // The network's tensors, then those of each thing that is remembered, in the same order under its name.
    private static IEnumerable<(string Name, long[] Shape, float[] Values)> NumbersOf(LearnerSnapshot snapshot)
    {
        IReadOnlyList<NetworkTensor> tensors = NetworkTensor.Of(snapshot.Network.Design);
        foreach ((NetworkTensor tensor, float[] values) in tensors.Zip(NetworkTensor.ValuesOf(snapshot.Network)))
            yield return (tensor.Name, tensor.Shape, values);
        foreach (ParameterValues state in snapshot.States)
        {
            IEnumerable<NetworkTensor> own = tensors.Where(tensor =>
                (tensor.Role == TensorRole.Encoding ? state.Tables.Count : state.Layers.Count) > 0);
            foreach ((NetworkTensor tensor, float[] values) in own.Zip(NetworkTensor.ValuesOf(state.Tables, state.Layers)))
                yield return ($"{state.Name}.{tensor.Name}", tensor.Shape, values);
        }
        if (snapshot.TableMeanSquares is { Length: > 0 } meanSquares)
            yield return (TableMeanSquares, [meanSquares.Length], meanSquares);
        if (snapshot.Latents is LatentState latents)
        {
            yield return ("latents.targets", [latents.Targets.Length], latents.Targets);
            yield return ("latents.entropy-moments", [latents.EntropyMoments.Length], latents.EntropyMoments);
            yield return ("latents.layer-moments", [latents.SynthesisMoments.Length], latents.SynthesisMoments);
        }
    }

    // After those of numbers.
    private static IEnumerable<(string Name, byte[] Values)> BytesOf(LearnerSnapshot snapshot) =>
        snapshot.Latents is LatentState latents ? [("latents.numbers", latents.Numbers)]
        : snapshot.Errors is ErrorCodes errors ? [("errors.noted", errors.Noted), ("errors.drawn", errors.DrawnBy)] : [];
}

/// <summary>A run's history as a table of numbers: a row is an epoch, in order from 1.</summary>
internal static class HistoryTable
{
    private const int Columns = 8;

    /// <summary>Numbers of an epoch; with latents the last is the bits a pixel.</summary>
    public static int ColumnsOf(MlpDesign design) => design.Encoding.Kind == EncodingKind.Latent ? Columns + 1 : Columns;

    /// <summary>The table, <c>[epochs, columns]</c>; what was not measured is not a number.</summary>
    public static double[] Of(IReadOnlyList<EpochRecord> history, int columns)
    {
        var table = new double[history.Count * columns];
        for (int row = 0; row < history.Count; row++)
        {
            EpochRecord epoch = history[row];
            double[] values =
            [
                epoch.Loss, epoch.Psnr, epoch.Mae, epoch.LearningRate, epoch.PixelsPerSecond, epoch.Elapsed.Ticks,
                epoch.HeldOutPsnr ?? double.NaN, epoch.HeldOutMae ?? double.NaN, epoch.BitsPerPixel ?? double.NaN,
            ];
            values.AsSpan(0, columns).CopyTo(table.AsSpan(row * columns));
        }
        return table;
    }

    /// <summary>The history that a table was made from; null where no history makes such a table.</summary>
    public static EpochRecord[]? ToHistory(ReadOnlySpan<double> table, int columns)
    {
        var history = new EpochRecord[table.Length / columns];
        for (int row = 0; row < history.Length; row++)
        {
            ReadOnlySpan<double> values = table.Slice(row * columns, columns);
            if (!(values[5] >= (row == 0 ? 0 : table[(row - 1) * columns + 5]) && values[5] <= TrainingOptions.LongestElapsed.Ticks))
                return null;
            history[row] = new EpochRecord
            {
                Epoch = row + 1,
                Loss = values[0],
                Psnr = values[1],
                Mae = values[2],
                LearningRate = values[3],
                PixelsPerSecond = values[4],
                Elapsed = TimeSpan.FromTicks((long)values[5]),
                HeldOutPsnr = double.IsNaN(values[6]) ? null : values[6],
                HeldOutMae = double.IsNaN(values[7]) ? null : values[7],
                BitsPerPixel = columns == Columns || double.IsNaN(values[Columns]) ? null : values[Columns],
            };
        }
        return history;
    }
}
