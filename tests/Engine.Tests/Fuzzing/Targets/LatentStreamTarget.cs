using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Tests;

/// <summary>Networks with latents, without the checksum of their file, which would refuse nearly all damage.</summary>
internal sealed class LatentStreamTarget : FuzzTarget
{
    /// <inheritdoc/>
    public override string Name => "latents";

    /// <inheritdoc/>
    public override int UsualCount => 2000;

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Samples { get; } =
        [LatentSamples.Stream(40, 24, 3), LatentSamples.Stream(9, 5, 1), LatentSamples.Stream(17, 16, 4), LatentSamples.Stream(12, 10, 3, LatentSamples.Start)];

    /// <inheritdoc/>
    public override long Read(byte[] input)
    {
        Mlp network = LatentBitstream.Read(input, TrainingDefaults.LatentDesign(3), LatentSamples.FindStart, TestContext.Current.CancellationToken);
        network.Design.Validate();
        Assert.True(network.IsFinite);
        var encoding = (LatentEncoding)network.Design.Encoding;
        // Latents, planes that are decoded, details, and the network's tensors.
        return 20L * encoding.Width * encoding.Height * encoding.Channels;
    }

    /// <inheritdoc/>
    public override bool IsRefusal(Exception exception) => exception is InvalidDataException;
}
