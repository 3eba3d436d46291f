namespace MonaLisa.Engine;

/// <summary>The two coordinates as they are.</summary>
public sealed record IdentityEncoding : InputEncoding
{
    /// <inheritdoc/>
    public override EncodingKind Kind => EncodingKind.None;

    /// <inheritdoc/>
    public override int FeatureCount => Mlp.InputCount;

    /// <inheritdoc/>
    public override string ToString() => "coordinates";

    internal override void Validate()
    {
    }
}
