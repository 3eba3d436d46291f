using MonaLisa.Engine.Storage;

namespace MonaLisa.Engine.Tests;

/// <summary>Model files.</summary>
internal class ModelTarget : FuzzTarget
{
    private static readonly ModelFaults Faults = new("file");

    /// <inheritdoc/>
    public override string Name => "model";

    /// <inheritdoc/>
    public override int UsualCount => 15_000;

    /// <inheritdoc/>
    public override (double Refused, double Read) LeastShares => (0.25, 0.01);

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Samples { get; } =
    [
        SampleNetworks.File(SampleNetworks.Small().WithTraining(SampleNetworks.Facts)),
        SampleNetworks.File(SampleNetworks.Small(9, 3, 7), ModelPrecision.Half),
        SampleNetworks.File(SampleNetworks.Small(9, 3, 7), ModelPrecision.Int8),
        SampleNetworks.File(SampleNetworks.Grid()),
        SampleNetworks.File(SampleNetworks.Small([.. Enumerable.Repeat(2, 40)])),
    ];

    /// <inheritdoc/>
    public override byte[] Mutate(byte[] whole, Random random) => ModelMutator.Mutate(whole, random);

    /// <inheritdoc/>
    public override long Read(byte[] input)
    {
        ReadNetwork(input);
        return 0;
    }

    /// <inheritdoc/>
    public override bool IsRefusal(Exception exception) => exception is ModelFileException;

    /// <summary>Reads a network, and checks it.</summary>
    protected static Mlp ReadNetwork(byte[] input)
    {
        Mlp network = ModelFile.Read(new MemoryStream(input), Faults).Network;
        network.Design.Validate();
        Assert.True(network.IsFinite);
        return network;
    }
}
