namespace MonaLisa.Engine.Pictures;

/// <summary>Marks held-out pixels in a map of roles.</summary>
internal static class HoldOutSelection
{
    /// <summary>How far rounding, as of 8 / 9 in decimals, may take the distance of a lattice from a whole number.</summary>
    private const double DistanceTolerance = 1e-4;

    /// <summary>Holds out pixels that were training pixels; the others keep their roles.</summary>
    public static void Mark(HoldOut holdOut, int width, PixelRoleMap roles)
    {
        switch (holdOut.Pattern)
        {
            case HoldOutPattern.Random:
                MarkRandom(holdOut, roles);
                break;
            case HoldOutPattern.Grid:
                MarkGrid(holdOut.Fraction, width, roles);
                break;
            default:
                MarkBlock(holdOut, width, roles.PixelCount / width, roles);
                break;
        }
    }

    /// <summary>The share is of the pixels that are left to train on.</summary>
    private static void MarkRandom(HoldOut holdOut, PixelRoleMap roles)
    {
        ulong seed = RandomSource.Mix((ulong)(uint)holdOut.Seed);
        ulong Hash(int pixel) => RandomSource.Mix(seed + (ulong)(uint)pixel);
        int count = (int)Math.Round(holdOut.Fraction * roles.Count(PixelRole.Training), MidpointRounding.AwayFromZero);
        if (count == 0)
            return;
        ulong last = SmallestHashes.Last(roles.PixelCount, pixel => roles[pixel] == PixelRole.Training ? Hash(pixel) : null, count);
        for (int pixel = 0; pixel < roles.PixelCount; pixel++)
            if (Hash(pixel) <= last)
                roles.HoldOut(pixel);
    }

    private static void MarkGrid(double fraction, int width, PixelRoleMap roles)
    {
        double distance = 1 / Math.Sqrt(1 - fraction);
        if (Math.Abs(distance - Math.Round(distance)) < DistanceTolerance)
            distance = Math.Round(distance);
        for (int pixel = 0; pixel < roles.PixelCount; pixel++)
            if (!IsOnLattice(pixel % width, distance) || !IsOnLattice(pixel / width, distance))
                roles.HoldOut(pixel);
    }

    /// <summary>Whether a multiple of the distance, rounded up, is this column or row.</summary>
    private static bool IsOnLattice(int place, double distance) => Math.Ceiling(Math.Floor(place / distance) * distance) == place;

    private static void MarkBlock(HoldOut holdOut, int width, int height, PixelRoleMap roles)
    {
        int rows = Math.Clamp((int)Math.Round(height * Math.Sqrt(holdOut.Fraction)), 1, height);
        int columns = (int)Math.Clamp(Math.Round(holdOut.Fraction * width * height / rows), 1, width);
        var random = new RandomSource(RandomSource.Mix((ulong)(uint)holdOut.Seed));
        int left = NearMiddle(width - columns, ref random), top = NearMiddle(height - rows, ref random);
        for (int y = top; y < top + rows; y++)
            for (int x = left; x < left + columns; x++)
                roles.HoldOut(y * width + x);
    }

    /// <summary>A place in the middle half of the room to move.</summary>
    private static int NearMiddle(int room, ref RandomSource random) => (int)Math.Round(room * (0.25 + 0.5 * random.NextUnit()));
}

/// <summary>Finds the smallest of many hashes without storing them: they are computed again for each 16 bits of the answer.</summary>
internal static class SmallestHashes
{
    private const int DigitBits = 16;

    /// <summary>The largest of the <paramref name="count"/> smallest hashes.</summary>
    /// <param name="itemCount">Number of items.</param>
    /// <param name="hashOf">An item's hash, different for each; null for an item that is left out.</param>
    /// <param name="count">At least 1 and at most the items that are not left out.</param>
    public static ulong Last(int itemCount, Func<int, ulong?> hashOf, int count)
    {
        ulong found = 0;
        var counts = new int[1 << DigitBits];
        for (int shift = 64 - DigitBits; shift >= 0; shift -= DigitBits)
        {
            Array.Clear(counts);
            for (int item = 0; item < itemCount; item++)
                // A shift by all 64 bits would be none at all.
                if (hashOf(item) is ulong hash && hash >> shift >> DigitBits == found)
                    counts[(hash >> shift) & (ulong)(counts.Length - 1)]++;
            int digit = 0;
            for (; counts[digit] < count; digit++)
                count -= counts[digit];
            found = (found << DigitBits) | (uint)digit;
        }
        return found;
    }
}
