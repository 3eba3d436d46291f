namespace MonaLisa.Engine.Pictures;

/// <summary>
/// Which pixels of a picture are learned from, and which are held out; every other is ignored. Four bytes a pixel or fewer.
/// </summary>
internal sealed class PixelPartition
{
    private PixelPartition(uint[] pixels, int trainingCount) => (Pixels, TrainingCount) = (pixels, trainingCount);

    /// <summary>The numbers of the training pixels in row order, then those of the held-out pixels in row order.</summary>
    public uint[] Pixels { get; }

    /// <summary>Number of training pixels.</summary>
    public int TrainingCount { get; }

    /// <summary>Number of held-out pixels.</summary>
    public int HeldOutCount => Pixels.Length - TrainingCount;

    /// <summary>The partition that a map describes.</summary>
    public static PixelPartition Of(PixelRoleMap roles)
    {
        int trainingCount = roles.Count(PixelRole.Training), nextTraining = 0, nextHeldOut = trainingCount;
        var pixels = new uint[trainingCount + roles.Count(PixelRole.HeldOut)];
        for (int pixel = 0; pixel < roles.PixelCount; pixel++)
            switch (roles[pixel])
            {
                case PixelRole.Training:
                    pixels[nextTraining++] = (uint)pixel;
                    break;
                case PixelRole.HeldOut:
                    pixels[nextHeldOut++] = (uint)pixel;
                    break;
            }
        return new PixelPartition(pixels, trainingCount);
    }

    /// <summary>The map that this partition was made from.</summary>
    public PixelRoleMap ToMap(int pixelCount)
    {
        var roles = new PixelRoleMap(pixelCount);
        var cursor = new PixelRoleCursor(this);
        for (int pixel = 0; pixel < pixelCount; pixel++)
            roles[pixel] = cursor.RoleOf(pixel);
        return roles;
    }
}
