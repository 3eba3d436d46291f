using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Training;

/// <summary>
/// What a network learns from that fills gaps: known pixels, hidden as the gaps hide others. What that is depends on the gaps. Where known pixels
/// are a lattice, these alone are a smaller picture, of which a lattice is shown. Where hidden pixels are scattered, a few others are hidden.
/// Else the gaps are laid over the picture in other places.
/// </summary>
internal static class FillingPairs
{
    /// <summary>Views of each pixel.</summary>
    private const int Views = 4;

    /// <summary>Hidden pixels are scattered where the share of their neighbours that are hidden is that of all pixels, to this.</summary>
    private const double Tolerance = 0.1;

    /// <summary>Of scattered known pixels one in so many is hidden in each of so many copies.</summary>
    private const int ThinnedShare = 8, ThinnedCopies = 4;

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
        bool[] isKnown = Array.ConvertAll(
            NeighborhoodPicture.RolesOf(picture, picture.Partition.ToMap(picture.PixelCount), ((picture.Width - width) / 2, (picture.Height - height) / 2, width, height)),
            role => role == PixelRole.Training);
        double known = (double)picture.TrainingPixelCount / picture.PixelCount;
        return Views * known * (
            LatticeOf(isKnown, width) is { Step: var step } ? 1 - 1.0 / (step * step)
            : IsScattered(isKnown, width) ? (double)ThinnedCopies / ThinnedShare
            : Moves.Length * (1 - known));
    }

    /// <summary>The pairs of a picture with gaps.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="places">Where to take parts of it.</param>
    /// <param name="cancellationToken">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public static IReadOnlyList<NeighborhoodPair> Of(
        PixelDataset picture, IEnumerable<(int X, int Y, int Width, int Height)> places, CancellationToken cancellationToken)
    {
        PixelRoleMap roles = picture.Partition!.ToMap(picture.PixelCount);
        FloatPicture[] parts = [.. places.Select(place => NeighborhoodPicture.WithGaps(picture, roles, place, cancellationToken))];
        // Gaps may be too few, or too large, to be laid over known pixels, and of those there may be too few.
        return Learnable(parts.SelectMany(part => Of(part, cancellationToken))) ??
            Learnable(parts.SelectMany(part => OfThinned(part, cancellationToken))) ?? [.. parts.Select(OfKnown)];
    }

    /// <summary>The pair of a picture and the same with some pixels hidden.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="isHidden">Which are hidden, row by row.</param>
    /// <param name="isLearned">Which of these are learned.</param>
    /// <param name="scale">The picture's size as a share of the learned picture's.</param>
    /// <param name="cancellationToken">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public static NeighborhoodPair Of(
        FloatPicture picture, bool[] isHidden, bool[] isLearned, double scale = 1, CancellationToken cancellationToken = default) =>
        new(picture.Doubled(), NeighborhoodPicture.Hide(picture, isHidden, cancellationToken), Scale: 2 * scale) { Learned = isLearned };

    private static NeighborhoodPair[]? Learnable(IEnumerable<NeighborhoodPair> pairs) =>
        pairs.Where(pair => pair.Learned!.Contains(true)).ToArray() is { Length: > 0 } learnable ? learnable : null;

    private static IEnumerable<NeighborhoodPair> Of(FloatPicture seen, CancellationToken cancellationToken)
    {
        bool[] isKnown = KnownOf(seen);
        return LatticeOf(isKnown, seen.Width) is { } lattice ? [OfLattice(seen, lattice, cancellationToken)]
            : IsScattered(isKnown, seen.Width) ? OfThinned(seen, cancellationToken)
            : Moves.Select(move => OfMoved(
                seen, isKnown, (int)(move.Across * seen.Width), (int)(move.Down * seen.Height), cancellationToken));
    }

    private static NeighborhoodPair OfKnown(FloatPicture seen) => new(seen.Doubled(), seen, Scale: 2) { Learned = KnownOf(seen) };

    private static IEnumerable<NeighborhoodPair> OfThinned(FloatPicture seen, CancellationToken cancellationToken)
    {
        bool[] isKnown = KnownOf(seen);
        for (ulong copy = 0; copy < ThinnedCopies; copy++)
        {
            bool[] isLearned = [.. isKnown.Select((known, pixel) => known && RandomSource.Mix((ulong)pixel) % ThinnedShare == copy)];
            bool[] isHidden = [.. isKnown.Zip(isLearned, (known, learned) => !known || learned)];
            yield return Of(seen, isHidden, isLearned, cancellationToken: cancellationToken);
        }
    }

    private static NeighborhoodPair OfLattice(FloatPicture seen, PixelLattice lattice, CancellationToken cancellationToken)
    {
        (int step, int left, int top) = lattice;
        var known = new FloatPicture((seen.Width - left + step - 1) / step, (seen.Height - top + step - 1) / step, seen.Channels);
        for (int y = 0; y < known.Height; y++)
            for (int x = 0; x < known.Width; x++)
                seen.Pixel(left + x * step, top + y * step).CopyTo(known.Pixel(x, y));
        bool[] isHidden = [.. Enumerable.Range(0, known.Width * known.Height).Select(pixel => pixel % known.Width % step != 0 || pixel / known.Width % step != 0)];
        return Of(known, isHidden, isHidden, 1.0 / step, cancellationToken);
    }

    private static NeighborhoodPair OfMoved(FloatPicture seen, bool[] isKnown, int across, int down, CancellationToken cancellationToken)
    {
        var isHidden = new bool[seen.Width * seen.Height];
        var isLearned = new bool[isHidden.Length];
        for (int pixel = 0; pixel < isHidden.Length; pixel++)
        {
            int x = (pixel % seen.Width + across) % seen.Width, y = (pixel / seen.Width + down) % seen.Height;
            bool isMoved = !isKnown[y * seen.Width + x];
            (isHidden[pixel], isLearned[pixel]) = (isMoved || !isKnown[pixel], isMoved && isKnown[pixel]);
        }
        return Of(seen, isHidden, isLearned, cancellationToken: cancellationToken);
    }

    private static bool[] KnownOf(FloatPicture seen) =>
        [.. Enumerable.Range(0, seen.Width * seen.Height).Select(pixel => !FillingView.IsHidden(seen.Values[pixel * seen.Channels]))];

    private static PixelLattice? LatticeOf(bool[] isKnown, int width) => PixelLattice.Of(pixel => isKnown[pixel], width, isKnown.Length);

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
