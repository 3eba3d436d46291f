namespace MonaLisa.Engine;

/// <summary>What a model file holds.</summary>
internal sealed record ModelDocument
{
    /// <summary>The network, its weights as 32-bit numbers again.</summary>
    public required Mlp Network { get; init; }

    /// <summary>
    /// How the file keeps the weights, the narrowest where the layers differ; null for a compressed file, which keeps each matrix in steps
    /// of its own.
    /// </summary>
    public required ModelPrecision? Precision { get; init; }

    /// <summary>The file's length in bytes.</summary>
    public long Length => Network.StoredLength ?? 0;

    /// <summary>The program that wrote the file, with its version.</summary>
    public required string Writer { get; init; }

    /// <summary>The dB of PSNR over the training pixels that the file's weights have; null where it is not known.</summary>
    public double? Psnr => Training?.Psnr - Training?.PsnrLost;

    /// <summary>8 times the file's bytes by the pixels of the learned picture; null where its size is not known.</summary>
    public double? BitsPerPixel =>
        Training is TrainingFacts facts ? 8.0 * Length / ((double)facts.PictureWidth * facts.PictureHeight) : null;

    /// <summary>The training behind the network, or null if it is not known.</summary>
    public TrainingFacts? Training => Network.Training;
}
