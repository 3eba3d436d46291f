namespace MonaLisa.Engine;

/// <summary>
/// Sines and cosines of the coordinates: with frequencies f, the features are <c>sin(2 pi f · p)</c> for each f, then
/// <c>cos(2 pi f · p)</c> for each f.
/// </summary>
public abstract record SinusoidalEncoding : InputEncoding
{
    private protected SinusoidalEncoding()
    {
    }

    /// <summary>Number of frequencies; each gives two features.</summary>
    public abstract int FrequencyCount { get; }

    /// <inheritdoc/>
    public override int FeatureCount => 2 * FrequencyCount;

    /// <summary>The frequencies in periods per unit of the coordinates, <c>[FrequencyCount, 2]</c>.</summary>
    /// <param name="tensors">The network's numbers.</param>
    internal abstract float[] Frequencies(IReadOnlyList<EncodingTensor> tensors);
}
