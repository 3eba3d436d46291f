using System.Buffers.Binary;
using System.Text.Json;
using MonaLisa.Engine.Platform;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Storage;

/// <summary>What a file of snapshots says of its run besides the frames, in JSON.</summary>
/// <param name="Writer">The program that wrote the file.</param>
/// <param name="Network">The network's design.</param>
/// <param name="Picture">The picture that is learned.</param>
internal sealed record SnapshotDescription(string Writer, NetworkDescription Network, PictureIdentity Picture)
{
    /// <summary>The network's design.</summary>
    internal MlpDesign Design { get; } = Network.ToDesign();

    /// <summary>The description in JSON, UTF-8.</summary>
    public static byte[] ToJson(MlpDesign design, PictureIdentity picture) => JsonSerializer.SerializeToUtf8Bytes(
        new SnapshotDescription(ModelDescription.ThisWriter, NetworkDescription.Of(design), picture), StrictJson.Description);

    /// <summary>Reads the description.</summary>
    /// <param name="json">The JSON in UTF-8.</param>
    /// <param name="faults">Makes the errors.</param>
    /// <exception cref="ModelFileException">It is wrong.</exception>
    public static SnapshotDescription Parse(ReadOnlySpan<byte> json, ModelFaults faults)
    {
        var reader = new StrictJson(faults);
        SnapshotDescription description = reader.Read<SnapshotDescription>(json);
        reader.Require("network", description.Design.Validate);
        reader.RequirePicture(description.Picture);
        if (description.Picture.Channels != description.Design.OutputCount)
            throw reader.Invalid(
                $"is of a network of {Counted.Text(description.Design.OutputCount, "output")} and a picture of {Counted.Text(description.Picture.Channels, "channel")}");
        return description;
    }
}

/// <summary>A file of snapshots as far as it is read at once: all but the numbers of the frames.</summary>
/// <param name="Description">What it says of its run.</param>
/// <param name="Layout">Where everything is.</param>
/// <param name="Fixed">The network's numbers that are not trained, one array each tensor.</param>
/// <param name="Snapshots">The states that the whole frames are of, in the order of their steps.</param>
internal sealed record SnapshotIndex(
    SnapshotDescription Description, SnapshotLayout Layout, IReadOnlyList<float[]> Fixed, IReadOnlyList<TrainingSnapshot> Snapshots);

/// <summary>
/// Reads files of snapshots, in which anything may be: each length is checked against the file's before memory is taken. The run that
/// wrote one may have been killed, or may still be writing it: what comes after its last whole frame is not counted.
/// </summary>
internal static class SnapshotReader
{
    /// <summary>Reads all but the numbers of the frames.</summary>
    /// <param name="stream">The file, at its start; it can seek.</param>
    /// <param name="faults">Makes the errors.</param>
    /// <exception cref="ModelFileException">It is no file of snapshots that can be loaded, or has none that is whole.</exception>
    public static SnapshotIndex ReadIndex(Stream stream, ModelFaults faults) => faults.Reading(() =>
    {
        // What a run appends from now on is not read.
        long fileLength = stream.Length;
        byte[] json = ReadDescription(stream, fileLength, faults);
        SnapshotDescription description = SnapshotDescription.Parse(json, faults);
        ModelLimits.RequireModestSize(description.Design, faults);
        var layout = new SnapshotLayout(description.Design, json.Length);
        // Nothing is allocated for a network that the file does not hold once.
        if (fileLength < layout.FrameAt(1))
            throw faults.Of(ModelFileProblem.Truncated, "it ends before its first snapshot is complete");
        float[][] numbers = ReadFixed(stream, description, layout, faults);
        List<TrainingSnapshot> snapshots = ReadStates(stream, layout, (fileLength - layout.FramesAt) / layout.FrameSize);
        byte[] frame = new byte[layout.FrameSize];
        while (snapshots.Count > 0 && !IsWhole(stream, layout, snapshots.Count - 1, frame))
            snapshots.RemoveAt(snapshots.Count - 1);
        return snapshots.Count > 0
            ? new SnapshotIndex(description, layout, numbers, snapshots)
            : throw faults.Of(ModelFileProblem.ChecksumMismatch, "none of its snapshots is whole");
    });

    /// <summary>Reads the network of a frame.</summary>
    /// <param name="stream">The file that the index is of.</param>
    /// <param name="index">The index.</param>
    /// <param name="snapshot">The frame, from 0.</param>
    /// <param name="faults">Makes the errors.</param>
    /// <exception cref="ModelFileException">The frame is not as it was written.</exception>
    public static Mlp ReadNetwork(Stream stream, SnapshotIndex index, int snapshot, ModelFaults faults) => faults.Reading(() =>
    {
        byte[] frame = new byte[index.Layout.FrameSize];
        if (!IsWhole(stream, index.Layout, snapshot, frame) || SnapshotLayout.ReadHead(frame) != index.Snapshots[snapshot])
            throw faults.Of(ModelFileProblem.ChecksumMismatch,
                $"the checksum of its snapshot {snapshot + 1} does not fit: a part of it was lost or changed since it was written");
        Mlp network = Mlp.Zeros(index.Description.Design);
        foreach ((float[] stored, float[] values) in index.Fixed.Zip(SnapshotLayout.Fixed(network)))
            stored.CopyTo(values, 0);
        return SnapshotLayout.TryRead(frame.AsSpan(SnapshotLayout.FrameHeadSize..^SnapshotLayout.ChecksumSize), network)
            ? network
            : throw faults.Of(ModelFileProblem.NotFinite, $"its snapshot {snapshot + 1} has a number that is infinite or not a number");
    });

    private static byte[] ReadDescription(Stream stream, long fileLength, ModelFaults faults)
    {
        Span<byte> head = stackalloc byte[SnapshotLayout.Head.Size];
        head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        if (!SnapshotLayout.Head.Fits(head))
            throw faults.Of(ModelFileProblem.NotSnapshots, "it is a file of another kind");
        uint length = SnapshotLayout.Head.Read(head, faults)[0];
        if (length > fileLength - head.Length)
            throw faults.Of(ModelFileProblem.Truncated, "it ends within its description");
        byte[] json = new byte[length];
        stream.ReadExactly(json);
        return json;
    }

    private static float[][] ReadFixed(Stream stream, SnapshotDescription description, SnapshotLayout layout, ModelFaults faults)
    {
        byte[] head = new byte[layout.FramesAt];
        stream.Position = 0;
        stream.ReadExactly(head);
        if (!SnapshotLayout.IsSealed(head))
            throw faults.Of(ModelFileProblem.ChecksumMismatch,
                "the checksum of its description does not fit: a part of it was lost or changed since it was written");
        if (layout.FixedCount == 0)
            return [];
        ReadOnlySpan<byte> source = head.AsSpan((int)layout.FixedAt);
        var arrays = new List<float[]>();
        foreach (EncodingTensorShape shape in description.Design.Encoding.TensorShapes)
        {
            float[] values = new float[shape.Length];
            foreach (ref float value in values.AsSpan())
            {
                value = BinaryPrimitives.ReadSingleLittleEndian(source);
                source = source[sizeof(float)..];
                if (!float.IsFinite(value))
                    throw faults.Of(ModelFileProblem.NotFinite, $"tensor '{shape.Name}' has a number that is infinite or not a number");
            }
            arrays.Add(values);
        }
        return [.. arrays];
    }

    /// <summary>The states of the frames before the first that cannot follow the one before it.</summary>
    private static List<TrainingSnapshot> ReadStates(Stream stream, SnapshotLayout layout, long frameCount)
    {
        var snapshots = new List<TrainingSnapshot>();
        Span<byte> head = stackalloc byte[SnapshotLayout.FrameHeadSize];
        for (long frame = 0; frame < frameCount; frame++)
        {
            stream.Position = layout.FrameAt(frame);
            stream.ReadExactly(head);
            if (SnapshotLayout.ReadHead(head) is not TrainingSnapshot snapshot)
                break;
            if (snapshots.Count > 0 && (snapshot.Step <= snapshots[^1].Step || snapshot.Elapsed < snapshots[^1].Elapsed))
                break;
            snapshots.Add(snapshot);
        }
        return snapshots;
    }

    private static bool IsWhole(Stream stream, SnapshotLayout layout, int frame, Span<byte> bytes)
    {
        stream.Position = layout.FrameAt(frame);
        stream.ReadExactly(bytes);
        return SnapshotLayout.IsSealed(bytes);
    }
}
