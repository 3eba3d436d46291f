namespace MonaLisa.Engine;

/// <summary>
/// A decoded picture to learn: red, green and blue of every pixel in sRGB, row by row, in the picture's own 8 or 16 bits.
/// Coordinates are computed when they are needed, so it takes no more memory than the picture.
/// </summary>
public sealed class PixelDataset
{
    /// <summary>Samples a pixel: red, green and blue.</summary>
    public const int Channels = 3;

    private readonly byte[]? _samples8;
    private readonly ushort[]? _samples16;

    /// <summary>Makes a dataset of 8-bit samples; the array is used as it is, not copied.</summary>
    /// <param name="name">A short name for messages and file names; usually the file's name without its extension.</param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="samples"><c>[height, width, 3]</c>, row-major.</param>
    /// <param name="path">The picture's file, or null.</param>
    /// <exception cref="ArgumentException">The array's length is not width * height * 3.</exception>
    public PixelDataset(string name, int width, int height, byte[] samples, string? path = null)
        : this(name, width, height, samples.Length, path) => _samples8 = samples;

    /// <summary>Makes a dataset of 16-bit samples; the array is used as it is, not copied.</summary>
    /// <inheritdoc cref="PixelDataset(string, int, int, byte[], string?)"/>
    public PixelDataset(string name, int width, int height, ushort[] samples, string? path = null)
        : this(name, width, height, samples.Length, path) => _samples16 = samples;

    private PixelDataset(string name, int width, int height, int sampleCount, string? path)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (sampleCount != (long)width * height * Channels)
            throw new ArgumentException($"A {width} x {height} picture has {(long)width * height * Channels} samples; {sampleCount} were given.");
        Name = name;
        Width = width;
        Height = height;
        Path = path;
    }

    /// <summary>A short name; usually the file's name without its extension.</summary>
    public string Name { get; }

    /// <summary>The picture's file with its full path, or null where it came from elsewhere.</summary>
    public string? Path { get; }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Number of pixels, at most a third of <see cref="Array.MaxLength"/>.</summary>
    public int PixelCount => Width * Height;

    /// <summary>Bits a sample: 8 or 16.</summary>
    public int BitDepth => _samples8 is null ? 16 : 8;

    /// <summary>The samples, <c>[Height, Width, 3]</c>, of an 8-bit picture; empty for a 16-bit one.</summary>
    public ReadOnlySpan<byte> Samples8 => _samples8;

    /// <summary>The samples, <c>[Height, Width, 3]</c>, of a 16-bit picture; empty for an 8-bit one.</summary>
    public ReadOnlySpan<ushort> Samples16 => _samples16;

    /// <summary>Writes rows as colours in [0, 1].</summary>
    /// <param name="firstRow">The first row, from 0.</param>
    /// <param name="rowCount">Number of rows.</param>
    /// <param name="colors">Receives <c>[rowCount, Width, 3]</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rows are not all in the picture, or the destination is too short.</exception>
    public void CopyRows(int firstRow, int rowCount, Span<float> colors)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        ArgumentOutOfRangeException.ThrowIfNegative(rowCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)firstRow + rowCount, Height, nameof(rowCount));
        int start = firstRow * Width * Channels, count = rowCount * Width * Channels;
        ArgumentOutOfRangeException.ThrowIfLessThan(colors.Length, count, nameof(colors));
        if (_samples8 is not null)
            for (int i = 0; i < count; i++)
                colors[i] = _samples8[start + i] * (1f / byte.MaxValue);
        else
            for (int i = 0; i < count; i++)
                colors[i] = _samples16![start + i] * (1f / ushort.MaxValue);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}, {Width} x {Height}, {BitDepth} bit";
}
