namespace MonaLisa.Engine.Tests;

/// <summary>Compressed model files, which the reader of model files tells by their first bytes.</summary>
internal sealed class CompressedTarget : ModelTarget
{
    /// <inheritdoc/>
    public override string Name => "compressed";

    /// <inheritdoc/>
    public override int UsualCount => 3000;

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Samples { get; } =
        [SampleNetworks.CompressedFile(SampleNetworks.LearnedGrid().WithTraining(SampleNetworks.Facts))];

    /// <inheritdoc/>
    public override long Read(byte[] input) => ReadNetwork(input).ParameterCount * sizeof(float);
}
