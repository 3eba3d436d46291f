namespace MonaLisa.Engine.Pictures;

/// <summary>Tells the roles of pixels that are asked for in ascending order, some of them left out or not.</summary>
internal struct PixelRoleCursor(PixelPartition partition)
{
    private int _training;
    private int _heldOut = partition.TrainingCount;

    /// <summary>The role of a pixel, which is not before the last one asked for.</summary>
    public PixelRole RoleOf(int pixel) =>
        Reaches(ref _training, partition.TrainingCount, pixel) ? PixelRole.Training
        : Reaches(ref _heldOut, partition.Pixels.Length, pixel) ? PixelRole.HeldOut
        : PixelRole.Ignored;

    private readonly bool Reaches(ref int place, int end, int pixel)
    {
        while (place < end && partition.Pixels[place] < (uint)pixel)
            place++;
        return place < end && partition.Pixels[place] == (uint)pixel;
    }
}
