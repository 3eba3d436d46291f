namespace MonaLisa.Engine.Pictures;

/// <summary>A lattice of known pixels: every so many of every so many rows, and no other.</summary>
/// <param name="Step">Columns, and rows, from one to the next.</param>
/// <param name="Left">The first column.</param>
/// <param name="Top">The first row.</param>
internal sealed record PixelLattice(int Step, int Left, int Top)
{
    /// <summary>The widest lattice that is one.</summary>
    private const int MostStep = 4;

    /// <summary>The lattice that a picture's known pixels are, or null.</summary>
    public static PixelLattice? Of(PixelDataset picture)
    {
        if (picture.Partition is null)
            return null;
        PixelRoleMap roles = picture.Partition.ToMap(picture.PixelCount);
        return Of(pixel => roles[pixel] == PixelRole.Training, picture.Width, picture.PixelCount);
    }

    /// <summary>The lattice that some pixels are, or null.</summary>
    /// <param name="isKnown">Whether a pixel is one of them; they are counted row by row.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="count">How many there are.</param>
    public static PixelLattice? Of(Func<int, bool> isKnown, int width, int count)
    {
        int first = 0;
        while (first < count && !isKnown(first))
            first++;
        (int left, int top) = (first % width, first / width);
        for (int step = 2; step <= MostStep && first < count; step++)
        {
            var lattice = new PixelLattice(step, left, top);
            if (left < step && top < step && lattice.Is(isKnown, width, count))
                return lattice;
        }
        return null;
    }

    private bool Is(Func<int, bool> isKnown, int width, int count)
    {
        for (int pixel = 0; pixel < count; pixel++)
            if (isKnown(pixel) != (pixel % width % Step == Left && pixel / width % Step == Top))
                return false;
        return true;
    }
}
