using System.Buffers.Binary;
using MonaLisa.Engine.Storage;

namespace MonaLisa.Engine.Tests;

/// <summary>Files of snapshots. Most of their checksums are made good after the damage, or no reader would look further.</summary>
internal sealed class SnapshotsTarget : FuzzTarget
{
    private static readonly ModelFaults Faults = new("file", ModelFileKind.Snapshots);

    /// <inheritdoc/>
    public override string Name => "snapshots";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Samples { get; } =
    [
        Sample(TestNetworks.Create(Activation.Tanh, [7])),
        Sample(TestNetworks.Create(new FourierEncoding { Count = 6, Sigma = 3 }, Activation.ReLU, [5])),
        Sample(TestNetworks.Create(GridEncoding.For(13, 11, 2, 4, 8, 50), Activation.ReLU, [4])),
    ];

    /// <inheritdoc/>
    public override byte[] Mutate(byte[] whole, Random random)
    {
        // The JSON is a tenth of the file at most, and has most to be damaged.
        int end = SnapshotLayout.Head.Size + DescriptionLength(whole);
        byte[] damaged = random.Next(2) == 0
            ? ByteMutator.Mutate(whole, random) : [.. ByteMutator.Mutate(whole[..end], random), .. whole[end..]];
        if (random.Next(8) != 0)
            Seal(damaged);
        return damaged;
    }

    /// <inheritdoc/>
    public override long Read(byte[] input)
    {
        var stream = new MemoryStream(input);
        SnapshotIndex index = SnapshotReader.ReadIndex(stream, Faults);
        Assert.NotEmpty(index.Snapshots);
        Assert.True(SnapshotReader.ReadNetwork(stream, index, index.Snapshots.Count - 1, Faults).IsFinite);
        return 0;
    }

    /// <inheritdoc/>
    public override bool IsRefusal(Exception exception) => exception is ModelFileException;

    private static int DescriptionLength(byte[] file) =>
        BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(FileHead.LengthsAt));

    private static void Seal(byte[] file)
    {
        if (file.Length < SnapshotLayout.Head.Size)
            return;
        try
        {
            int length = DescriptionLength(file);
            MlpDesign design = SnapshotDescription.Parse(file.AsSpan(SnapshotLayout.Head.Size, length), Faults).Design;
            var layout = new SnapshotLayout(design, length);
            SnapshotLayout.Seal(file.AsSpan(0, (int)layout.FramesAt));
            for (int frame = 0; layout.FrameAt(frame + 1) <= file.Length; frame++)
                SnapshotLayout.Seal(file.AsSpan((int)layout.FrameAt(frame), (int)layout.FrameSize));
        }
        catch (Exception exception) when (exception is ModelFileException or ArgumentOutOfRangeException)
        {
            // A description that is refused has no frames.
        }
    }

    private static byte[] Sample(Mlp network)
    {
        using var folder = new TemporaryFolder();
        RecordedRun.Train(folder.File("run"), SnapshotSchedule.EveryEpochs(1), network);
        return File.ReadAllBytes(folder.File("run"));
    }
}
