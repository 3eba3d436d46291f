using MonaLisa.Engine.Models;
using MonaLisa.Engine.Tests.Models;

namespace MonaLisa.Engine.Tests.Fuzzing;

/// <summary>Compressed model files, which the reader of model files tells by their first bytes.</summary>
internal sealed class CompressedTarget : FuzzTarget
{
    private static readonly ModelFaults Faults = new("file");

    /// <inheritdoc/>
    public override string Name => "compressed";

    /// <inheritdoc/>
    public override (double Refused, double Read) LeastShares => (0.25, 0.01);

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Samples { get; } =
        [SampleNetworks.CompressedFile(SampleNetworks.LearnedGrid().WithTraining(SampleNetworks.Facts))];

    /// <inheritdoc/>
    public override byte[] Mutate(byte[] whole, Random random) => ModelMutator.Mutate(whole, random);

    /// <inheritdoc/>
    public override long Read(byte[] input)
    {
        Mlp network = ModelReader.Read(new MemoryStream(input), Faults).Network;
        network.Design.Validate();
        Assert.True(network.IsFinite);
        return network.ParameterCount * sizeof(float);
    }

    /// <inheritdoc/>
    public override bool IsRefusal(Exception exception) => exception is ModelFileException;
}
