using System.ComponentModel;

namespace MonaLisa.Engine;

/// <summary>Which pixels a network is not shown.</summary>
public enum HoldOutPattern
{
    /// <summary>Every pixel by itself, by a hash of the seed and its number; exactly as many as come nearest to the share.</summary>
    [Description("single pixels at random; the default")]
    Random,

    /// <summary>
    /// All but a regular lattice of training pixels, 1 / sqrt(1 - share) apart along both sides: a share of 0.75 keeps the pixels of
    /// even column and even row, 8 / 9 one in each 3 x 3. Where that distance is not a whole number, the two nearest alternate so that
    /// its mean is kept. The seed means nothing to it.
    /// </summary>
    [Description("all pixels but a regular lattice")]
    Grid,

    /// <summary>
    /// One rectangle of the picture's shape, in a place by the seed: in the middle half of the room it has to move.
    /// </summary>
    [Description("one rectangle near the middle")]
    Block,
}
