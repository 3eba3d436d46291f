using System.Security.Cryptography;
using MonaLisa.Engine.Storage;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Tests;

/// <summary>Checkpoints. The checksum is made good after the damage, or no reader would look further.</summary>
internal class CheckpointTarget : FuzzTarget
{
    /// <summary>The picture of the samples' runs.</summary>
    protected static readonly PixelDataset Picture = TestPictures.Create(13, 11);

    private static readonly TrainingOptions Options = new()
    {
        Epochs = 3, BatchSize = 50, ThreadCount = 1, LearningRate = 1e-3, Sampling = PixelSampling.ErrorWeighted,
    };

    private static readonly ModelFaults Faults = new("file");

    /// <inheritdoc/>
    public override string Name => "checkpoint";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Samples { get; } =
    [
        Sample(TestNetworks.Create(Activation.Tanh, [12, 7]), Options with { AverageDecay = 0.9, Optimizer = Optimizer.Muon }),
        Sample(TestNetworks.Create(GridEncoding.For(13, 11, 2, 4, 8, 50), Activation.ReLU, [9]), Options),
    ];

    /// <inheritdoc/>
    public override byte[] Mutate(byte[] whole, Random random) => Seal(ModelMutator.Mutate(whole, random));

    /// <summary>Makes a checksum good.</summary>
    protected static byte[] Seal(byte[] damaged)
    {
        if (damaged.Length > SHA256.HashSizeInBytes)
            SHA256.HashData(damaged.AsSpan(..^SHA256.HashSizeInBytes)).CopyTo(damaged, damaged.Length - SHA256.HashSizeInBytes);
        return damaged;
    }

    /// <inheritdoc/>
    public override long Read(byte[] input)
    {
        RunState state = CheckpointFile.Read(new MemoryStream(input), Faults);
        state.Options.Validate();
        Assert.True(state.Learner.Network.IsFinite);
        return 0;
    }

    /// <inheritdoc/>
    public override bool IsRefusal(Exception exception) => exception is ModelFileException;

    private static byte[] Sample(Mlp network, TrainingOptions options)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("run.checkpoint");
        StoppedRuns.Stop(Picture, network, options, path, calls: 5);
        return File.ReadAllBytes(path);
    }
}
