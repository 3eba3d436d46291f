namespace MonaLisa.Engine;

/// <summary>A share of a picture's pixels that a network is not shown, so that one can see what it makes of them.</summary>
public sealed record HoldOut
{
    /// <summary>The share of the pixels, above 0 and below 1.</summary>
    public required double Fraction { get; init; }

    /// <summary>Which pixels.</summary>
    public HoldOutPattern Pattern { get; init; } = HoldOutPattern.Random;

    /// <summary>Seed of the choice: the same seed chooses the same pixels.</summary>
    public int Seed { get; init; } = MlpDesign.DefaultSeed;

    /// <summary>Throws unless every value is in its range.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message names it and gives the range.</exception>
    public void Validate()
    {
        if (!(Fraction > 0 && Fraction < 1))
            throw new ArgumentException($"The share of held-out pixels must be above 0 and below 1, not {Fraction}.");
        if (!Enum.IsDefined(Pattern))
            throw new ArgumentException(
                $"The pattern of held-out pixels is one of {string.Join(", ", Enum.GetNames<HoldOutPattern>())}, not {Pattern}.");
    }
}
