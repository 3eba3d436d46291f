namespace MonaLisa.Engine;

/// <summary>How a model file is written.</summary>
public sealed record ModelSaveOptions
{
    /// <summary>How the weights are kept.</summary>
    public ModelPrecision Precision { get; init; } = ModelPrecision.Single;

    /// <summary>Whether a file that is there already is replaced.</summary>
    public bool Overwrite { get; init; }
}
