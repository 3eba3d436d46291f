using System.Collections;

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

/// <summary>Consecutive places in a dataset's order: its training pixels come first, then its held-out ones.</summary>
internal readonly record struct PixelRange(int First, int Count);

/// <summary>The role of every pixel while a dataset is made, in two bits a pixel; all are training pixels at first.</summary>
internal sealed class PixelRoleMap(int pixelCount)
{
    private readonly BitArray _isHeldOut = new(pixelCount), _isIgnored = new(pixelCount);

    /// <summary>Number of pixels.</summary>
    public int PixelCount => _isHeldOut.Length;

    /// <summary>The role of a pixel by its number in row order; a pixel once ignored stays so.</summary>
    public PixelRole this[int pixel]
    {
        get => _isIgnored[pixel] ? PixelRole.Ignored : _isHeldOut[pixel] ? PixelRole.HeldOut : PixelRole.Training;
        set
        {
            _isIgnored[pixel] |= value == PixelRole.Ignored;
            _isHeldOut[pixel] = value == PixelRole.HeldOut;
        }
    }

    /// <summary>Holds a pixel out if it is a training pixel.</summary>
    public void HoldOut(int pixel)
    {
        if (this[pixel] == PixelRole.Training)
            this[pixel] = PixelRole.HeldOut;
    }

    /// <summary>The number of pixels with a role.</summary>
    public int Count(PixelRole role)
    {
        int count = 0;
        for (int pixel = 0; pixel < PixelCount; pixel++)
            if (this[pixel] == role)
                count++;
        return count;
    }
}

/// <summary>The roles of pixels, asked for in ascending order.</summary>
internal struct PixelRoleCursor(PixelPartition partition)
{
    private int _training;
    private int _heldOut = partition.TrainingCount;

    /// <summary>The role of a pixel, which must not be before the last one asked for.</summary>
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
