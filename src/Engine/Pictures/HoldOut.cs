using System.ComponentModel;

namespace MonaLisa.Engine;

/// <summary>Which pixels a network does not learn.</summary>
public enum HoldOutPattern
{
    /// <summary>Independent pixels, chosen by a hash of the seed and their number. Their number is the share, rounded.</summary>
    [Description("single pixels at random; the default")]
    Random,

    /// <summary>
    /// All but a regular lattice of training pixels, 1 / sqrt(1 - share) apart along both sides: a share of 0.75 keeps the pixels of
    /// even column and even row, 8 / 9 one in each 3 x 3. Where that distance is not a whole number, the two nearest alternate so that
    /// its mean is kept. The seed has no effect.
    /// </summary>
    [Description("all pixels but a regular lattice")]
    Grid,

    /// <summary>One rectangle of the picture's shape. The seed chooses its place, in the middle half of the room that it has to move.</summary>
    [Description("one rectangle near the middle")]
    Block,
}

/// <summary>A share of a picture's pixels that a network does not learn, to measure how well it paints them.</summary>
internal sealed record HoldOut
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
            throw new ArgumentException(FormattableString.Invariant(
                $"The share of held-out pixels must be above 0 and below 1, not {Fraction}."));
        if (!Enum.IsDefined(Pattern))
            throw new ArgumentException(
                $"The pattern of held-out pixels is one of {string.Join(", ", Enum.GetNames<HoldOutPattern>())}, not {Pattern}.");
    }
}
