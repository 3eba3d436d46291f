namespace MonaLisa.Engine;

/// <summary>How a picture is written.</summary>
public sealed record PictureWriteOptions
{
    /// <summary>
    /// Quality of the lossy formats, 1 to 100; null for the format's default: 92 for JPEG, 90 for WebP, 75 for AVIF.
    /// PNG and TIFF are lossless and take no notice of it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not in 1 to 100.</exception>
    public int? Quality
    {
        get;
        init
        {
            if (value is < 1 or > 100)
                throw new ArgumentOutOfRangeException(nameof(value), value, $"The quality is {value}; it must be from 1 to 100.");
            field = value;
        }
    }

    /// <summary>Bits a sample: 8, or 16 for PNG and TIFF.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is neither 8 nor 16.</exception>
    public int BitDepth
    {
        get;
        init
        {
            if (value is not (8 or 16))
                throw new ArgumentOutOfRangeException(nameof(value), value, $"The bit depth is {value}; it must be 8 or 16.");
            field = value;
        }
    } = 8;

    /// <summary>
    /// Samples a pixel: 1 (grey), 3 (red, green and blue), or 4 (those and alpha, straight). JPEG has no alpha: there the picture is
    /// laid on white. WebP and AVIF may store grey as three equal colours.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of these.</exception>
    public int Channels
    {
        get;
        init
        {
            if (value is not (1 or 3 or 4))
                throw new ArgumentOutOfRangeException(nameof(value), value, $"There are {value} channels; there must be 1, 3 or 4.");
            field = value;
        }
    } = 3;

    /// <summary>Whether a file that is there already may be replaced.</summary>
    public bool Overwrite { get; init; }
}
