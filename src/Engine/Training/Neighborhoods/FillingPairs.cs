using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Training;

/// <summary>
/// What a network learns from that fills gaps: known pixels, hidden as the gaps hide others. What that is depends on the gaps. Where known pixels
/// are a lattice, these alone are a smaller picture, of which a lattice is shown. Where hidden pixels are scattered, a known one looks as they
/// do, because a network never sees the middle pixel. Else the gaps are laid over the picture in other places.
/// </summary>
internal static class FillingPairs
{
    /// <summary>The widest lattice that is one.</summary>
    private const int MostStep = 4;

    /// <summary>Views of each pixel.</summary>
    private const int Views = 4;

    /// <summary>Hidden pixels are scattered where the share of their neighbours that are hidden is that of all pixels, to this.</summary>
    private const double Tolerance = 0.1;

    /// <summary>How far the gaps are moved, as shares of the picture's sides.</summary>
    private static readonly (double Across, double Down)[] Moves = [(0.37, 0.11), (0.11, 0.61), (0.71, 0.29), (0.53, 0.83)];

    /// <summary>
    /// Pixels to learn for each of the picture's at most, as to the memory that they take: where gaps are moved, only those that are hidden are
    /// learned, a small share.
    /// </summary>
    public const double MostPixelsOfOne = Views;

    /// <summary>Pixels to learn for each of the picture's, about.</summary>
    public static double PixelsOfOne(PixelDataset picture)
    {
        if (picture.Partition is null)
            return Views;
        const int Side = 512;
        int width = Math.Min(Side, picture.Width), height = Math.Min(Side, picture.Height);
        FloatPicture middle = NeighborhoodPicture.WithGaps(picture, picture.Partition.ToMap(picture.PixelCount),
            ((picture.Width - width) / 2, (picture.Height - height) / 2, width, height));
        bool[] isKnown = KnownOf(middle);
        double known = (double)picture.TrainingPixelCount / picture.PixelCount;
        return Views * known * (
            LatticeOf(isKnown, width) is (int step, _, _) ? step * step - 1
            : IsScattered(isKnown, width) ? 1
            : Moves.Length * (1 - known));
    }

    /// <summary>The pairs of a picture with gaps.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="places">Where to take parts of it.</param>
    public static IReadOnlyList<NeighborhoodPair> Of(PixelDataset picture, IEnumerable<(int X, int Y, int Width, int Height)> places)
    {
        PixelRoleMap roles = picture.Partition!.ToMap(picture.PixelCount);
        FloatPicture[] parts = [.. places.Select(place => NeighborhoodPicture.WithGaps(picture, roles, place))];
        NeighborhoodPair[] pairs = [.. parts.SelectMany(Of).Where(pair => pair.Learned!.Contains(true))];
        // Gaps may be too few, or too large, to be laid over known pixels.
        return pairs.Length > 0 ? pairs : [.. parts.Select(seen => OfKnown(seen, KnownOf(seen)))];
    }

    private static IEnumerable<NeighborhoodPair> Of(FloatPicture seen)
    {
        bool[] isKnown = KnownOf(seen);
        return LatticeOf(isKnown, seen.Width) is (int step, int left, int top) ? OfLattice(seen, step, left, top)
            : IsScattered(isKnown, seen.Width) ? [OfScattered(seen, isKnown)]
            : Moves.Select(move => OfMoved(seen, isKnown, (int)(move.Across * seen.Width), (int)(move.Down * seen.Height)));
    }

    // Of a known pixel with none around there is no smooth colour to begin with.
    private static NeighborhoodPair OfScattered(FloatPicture seen, bool[] isKnown)
    {
        return OfKnown(seen, [.. Enumerable.Range(0, isKnown.Length).Select(pixel => isKnown[pixel] && HasNeighbor(pixel % seen.Width, pixel / seen.Width))]);

        bool HasNeighbor(int x, int y)
        {
            const int Radius = FillingView.Radius;
            for (int row = Math.Max(0, y - Radius); row <= Math.Min(seen.Height - 1, y + Radius); row++)
                for (int column = Math.Max(0, x - Radius); column <= Math.Min(seen.Width - 1, x + Radius); column++)
                    if ((column, row) != (x, y) && isKnown[row * seen.Width + column])
                        return true;
            return false;
        }
    }

    private static NeighborhoodPair OfKnown(FloatPicture seen, bool[] isLearned) => new(seen.Doubled(), seen, Scale: 2) { Learned = isLearned };

    private static IEnumerable<NeighborhoodPair> OfLattice(FloatPicture seen, int step, int left, int top)
    {
        var known = new FloatPicture((seen.Width - left + step - 1) / step, (seen.Height - top + step - 1) / step, seen.Channels);
        for (int y = 0; y < known.Height; y++)
            for (int x = 0; x < known.Width; x++)
                seen.Pixel(left + x * step, top + y * step).CopyTo(known.Pixel(x, y));
        for (int phase = 0; phase < step * step; phase++)
        {
            (int across, int down) = (phase % step, phase / step);
            bool[] isHidden = [.. Enumerable.Range(0, known.Width * known.Height).Select(pixel =>
                pixel % known.Width % step != across || pixel / known.Width % step != down)];
            yield return new NeighborhoodPair(known.Doubled(), NeighborhoodPicture.Hide(known, isHidden), Scale: 2.0 / step) { Learned = isHidden };
        }
    }

    private static NeighborhoodPair OfMoved(FloatPicture seen, bool[] isKnown, int across, int down)
    {
        var isHidden = new bool[seen.Width * seen.Height];
        var isLearned = new bool[isHidden.Length];
        for (int pixel = 0; pixel < isHidden.Length; pixel++)
        {
            int x = (pixel % seen.Width + across) % seen.Width, y = (pixel / seen.Width + down) % seen.Height;
            bool isMoved = !isKnown[y * seen.Width + x];
            (isHidden[pixel], isLearned[pixel]) = (isMoved || !isKnown[pixel], isMoved && isKnown[pixel]);
        }
        return new NeighborhoodPair(seen.Doubled(), NeighborhoodPicture.Hide(seen, isHidden), Scale: 2) { Learned = isLearned };
    }

    private static bool[] KnownOf(FloatPicture seen) =>
        [.. Enumerable.Range(0, seen.Width * seen.Height).Select(pixel => !FillingView.IsHidden(seen.Values[pixel * seen.Channels]))];

    /// <summary>The lattice that the known pixels are, by its step and its first pixel; null where they are none.</summary>
    private static (int Step, int Left, int Top)? LatticeOf(bool[] isKnown, int width)
    {
        int first = Array.IndexOf(isKnown, true);
        if (first < 0)
            return null;
        (int left, int top) = (first % width, first / width);
        for (int step = 2; step <= MostStep; step++)
            if (left < step && top < step && Enumerable.Range(0, isKnown.Length).All(pixel =>
                isKnown[pixel] == (pixel % width % step == left && pixel / width % step == top)))
                return (step, left, top);
        return null;
    }

    private static bool IsScattered(bool[] isKnown, int width)
    {
        long hidden = 0, pairs = 0;
        for (int pixel = 0; pixel + 1 < isKnown.Length; pixel++)
            if (!isKnown[pixel] && (pixel + 1) % width != 0)
            {
                pairs++;
                hidden += isKnown[pixel + 1] ? 0 : 1;
            }
        double share = (double)isKnown.Count(each => !each) / isKnown.Length;
        return pairs > 0 && Math.Abs((double)hidden / pairs - share) < Tolerance;
    }
}
