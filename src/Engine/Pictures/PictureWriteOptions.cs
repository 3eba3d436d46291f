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

    /// <summary>Whether a file that is there already may be replaced.</summary>
    public bool Overwrite { get; init; }
}
