using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Pictures;

/// <summary>
/// Pixels of a picture that its latents need not show: held out, hidden or transparent. They are filled in smoothly at first, for smooth
/// latents take few bits, and their errors do not count.
/// </summary>
internal sealed class LatentGaps
{
    private readonly bool[] _isKnown;
    private readonly int _width, _height;

    private LatentGaps(bool[] isKnown, int width, int height) => (_isKnown, _width, _height) = (isKnown, width, height);

    /// <summary>The gaps of a picture; null where it has none.</summary>
    public static LatentGaps? Of(PixelDataset picture)
    {
        if (picture.Partition is not PixelPartition partition || partition.TrainingCount == picture.PixelCount)
            return null;
        bool[] isKnown = new bool[picture.PixelCount];
        foreach (uint pixel in partition.Pixels.AsSpan(0, partition.TrainingCount))
            isKnown[pixel] = true;
        return new LatentGaps(isKnown, picture.Width, picture.Height);
    }

    /// <summary>For each of some pixels whether it counts.</summary>
    /// <param name="first">The first, in row order.</param>
    /// <param name="count">How many.</param>
    public ReadOnlySpan<bool> Known(int first, int count) => _isKnown.AsSpan(first, count);

    /// <summary>Fills gaps of a plane.</summary>
    /// <param name="plane"><c>[height, width]</c>.</param>
    public void Fill(float[] plane) => TableFill.Fill(plane, _isKnown, _height, _width, features: 1);
}
