namespace MonaLisa.Engine;

/// <summary>What a model file holds.</summary>
public sealed record ModelDocument
{
    /// <summary>The network, its weights as 32-bit numbers again.</summary>
    public required Mlp Network { get; init; }

    /// <summary>How the file keeps the weights; the narrowest where the layers differ.</summary>
    public required ModelPrecision Precision { get; init; }

    /// <summary>The program that wrote the file, with its version.</summary>
    public required string Writer { get; init; }

    /// <summary>The training behind the network, or null where the file does not tell.</summary>
    public TrainingFacts? Training => Network.Training;
}
