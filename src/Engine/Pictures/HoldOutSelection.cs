namespace MonaLisa.Engine.Pictures;

/// <summary>Marks held-out pixels in a map of roles.</summary>
internal static class HoldOutSelection
{
    /// <summary>How far from a whole number the distance of a lattice may be by rounding, such as of 8 / 9 in decimals.</summary>
    private const double DistanceTolerance = 1e-4;

    /// <summary>Holds pixels out that were training pixels before; the others keep their roles.</summary>
    /// <param name="holdOut">Which, in its ranges.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="roles">The roles of the picture's pixels.</param>
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
                HoldOutTraining(roles, pixel);
    }

    private static void MarkGrid(double fraction, int width, PixelRoleMap roles)
    {
        double distance = 1 / Math.Sqrt(1 - fraction);
        if (Math.Abs(distance - Math.Round(distance)) < DistanceTolerance)
            distance = Math.Round(distance);
        for (int pixel = 0; pixel < roles.PixelCount; pixel++)
            if (!IsOnLattice(pixel % width, distance) || !IsOnLattice(pixel / width, distance))
                HoldOutTraining(roles, pixel);
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
                HoldOutTraining(roles, y * width + x);
    }

    /// <summary>A place in the middle half of the room to move.</summary>
    private static int NearMiddle(int room, ref RandomSource random) => (int)Math.Round(room * (0.25 + 0.5 * random.NextUnit()));

    private static void HoldOutTraining(PixelRoleMap roles, int pixel)
    {
        if (roles[pixel] == PixelRole.Training)
            roles[pixel] = PixelRole.HeldOut;
    }
}
