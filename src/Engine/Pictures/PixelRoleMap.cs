using System.Collections;

namespace MonaLisa.Engine.Pictures;

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
