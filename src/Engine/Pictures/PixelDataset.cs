using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine;

/// <summary>What a pixel of a picture is for.</summary>
internal enum PixelRole
{
    /// <summary>The network learns from it.</summary>
    Training,

    /// <summary>The network never sees it; how well it is painted is measured.</summary>
    HeldOut,

    /// <summary>The network never sees it and no figure counts it: its colour has no meaning, as under full transparency.</summary>
    Ignored,
}

/// <summary>
/// A decoded picture to learn: the samples of every pixel in sRGB, row by row, in the picture's own 8 or 16 bits. Coordinates are
/// computed when they are needed, so it takes no more memory than the picture; where not every pixel is a training pixel, it takes
/// at most four bytes a pixel more.
/// </summary>
public sealed class PixelDataset
{
    /// <summary>The most pixels, 2^30.</summary>
    public const int MaxPixelCount = 1 << 30;

    private readonly byte[]? _samples8;
    private readonly ushort[]? _samples16;

    /// <summary>Makes a dataset of 8-bit samples, every pixel a training pixel; the array is used as it is, not copied.</summary>
    /// <param name="name">A short name for messages and file names; usually the file's name without its extension. Characters that
    /// control a terminal or turn the direction of text become underscores.</param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="samples"><c>[height, width, channels]</c>, row-major.</param>
    /// <param name="path">The picture's file, or null.</param>
    /// <param name="channels">Samples a pixel: 1 (grey), 3 (red, green and blue) or 4 (those and alpha, straight).</param>
    /// <exception cref="ArgumentException">
    /// The array's length is not width * height * channels, or there are no such channels or too many pixels.
    /// </exception>
    public PixelDataset(string name, int width, int height, byte[] samples, string? path = null, int channels = 3)
        : this(name, width, height, samples.Length, path, channels) => _samples8 = samples;

    /// <summary>Makes a dataset of 16-bit samples, every pixel a training pixel; the array is used as it is, not copied.</summary>
    /// <inheritdoc cref="PixelDataset(string, int, int, byte[], string?, int)"/>
    public PixelDataset(string name, int width, int height, ushort[] samples, string? path = null, int channels = 3)
        : this(name, width, height, samples.Length, path, channels) => _samples16 = samples;

    private PixelDataset(string name, int width, int height, int sampleCount, string? path, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (channels is not (1 or 3 or 4))
            throw new ArgumentException($"A pixel has 1 (grey), 3 (RGB) or 4 (RGBA) channels, not {channels}.");
        long pixels = (long)width * height;
        if (pixels > MaxPixelCount)
            throw new ArgumentException($"A picture has at most {MaxPixelCount} pixels; {width} x {height} are {pixels}.");
        if (sampleCount != pixels * channels)
            throw new ArgumentException(
                $"A picture of {width} x {height} pixels and {Counted.Text(channels, "channel")} has {Counted.Text(pixels * channels, "sample")}; {sampleCount} were given.");
        Name = PlainText.Of(name);
        Width = width;
        Height = height;
        Path = path;
        Channels = channels;
    }

    private PixelDataset(PixelDataset picture, PixelPartition? partition)
        : this(picture.Name, picture.Width, picture.Height, picture.SampleCount, picture.Path, picture.Channels)
    {
        (_samples8, _samples16, Partition, PixelsPerInch) = (picture._samples8, picture._samples16, partition, picture.PixelsPerInch);
    }

    /// <summary>A short name of plain text; usually the file's name without its extension.</summary>
    public string Name { get; }

    /// <summary>The picture's file with its full path, or null where it came from elsewhere.</summary>
    public string? Path { get; }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Samples a pixel: 1 (grey), 3 (red, green and blue) or 4 (those and alpha, straight: not multiplied into them).</summary>
    public int Channels { get; }

    /// <summary>Number of pixels, at most <see cref="MaxPixelCount"/>.</summary>
    public int PixelCount => Width * Height;

    /// <summary>Number of pixels that a network learns from, at least 1; all of them in an ordinary picture.</summary>
    public int TrainingPixelCount => Partition?.TrainingCount ?? PixelCount;

    /// <summary>Number of pixels that a network does not learn, with separate figures.</summary>
    public int HeldOutPixelCount => Partition?.HeldOutCount ?? 0;

    /// <summary>Number of pixels that a network does not learn and that no figure counts.</summary>
    public int IgnoredPixelCount => PixelCount - TrainingPixelCount - HeldOutPixelCount;

    /// <summary>The share of the pixels that is held out, 0 to 1.</summary>
    public double HeldOut => (double)HeldOutPixelCount / PixelCount;

    /// <summary>Bits a sample: 8 or 16.</summary>
    public int BitDepth => _samples8 is null ? 16 : 8;

    /// <summary>The largest value of a sample: 255 or 65535.</summary>
    internal int MaxSample => BitDepth == 8 ? byte.MaxValue : ushort.MaxValue;

    /// <summary>The samples, <c>[Height, Width, Channels]</c>, of an 8-bit picture; empty for a 16-bit one.</summary>
    internal ReadOnlySpan<byte> Samples8 => _samples8;

    /// <summary>The samples, <c>[Height, Width, Channels]</c>, of a 16-bit picture; empty for an 8-bit one.</summary>
    internal ReadOnlySpan<ushort> Samples16 => _samples16;

    /// <summary>
    /// The resolution of the picture's file, for printing: 72 where it states none, null where it states two or the picture has no file.
    /// </summary>
    public double? PixelsPerInch { get; private init; }

    /// <summary>The pixels by their roles; null where all are training pixels, and a place in the order is a pixel's number.</summary>
    internal PixelPartition? Partition { get; }

    /// <summary>The places of the training pixels.</summary>
    internal PixelRange TrainingPixels => new(0, TrainingPixelCount);

    /// <summary>The places of the held-out pixels.</summary>
    internal PixelRange HeldOutPixels => new(TrainingPixelCount, HeldOutPixelCount);

    private int SampleCount => _samples8?.Length ?? _samples16!.Length;

    /// <summary>The samples of one pixel, as many as there are channels: 0 to 255, or 0 to 65535 of a 16-bit picture.</summary>
    /// <param name="x">The column, from 0 at the left.</param>
    /// <param name="y">The row, from 0 at the top.</param>
    /// <exception cref="ArgumentOutOfRangeException">The place is not in the picture.</exception>
    public int[] GetPixel(int x, int y)
    {
        ThrowIfOutside(x, Width, nameof(x), "column");
        ThrowIfOutside(y, Height, nameof(y), "row");
        int start = (y * Width + x) * Channels;
        return _samples8 is byte[] samples
            ? Array.ConvertAll(samples[start..(start + Channels)], sample => (int)sample)
            : Array.ConvertAll(_samples16![start..(start + Channels)], sample => (int)sample);
    }

    /// <summary>The colour of the pixel at a place.</summary>
    /// <param name="x">The distance from the left edge in widths of the picture, 0 to 1: the centre of column c is at (c + 0.5) / width.</param>
    /// <param name="y">The distance from the upper edge in heights, 0 to 1.</param>
    /// <exception cref="ArgumentException">The place is not in the picture.</exception>
    public PixelColor GetColor(double x, double y)
    {
        PixelColor.RequirePlace(x, y);
        int column = PixelColor.PixelAt(x, Width), row = PixelColor.PixelAt(y, Height);
        return ColorOf(column, row) with { X = x, Y = y };
    }

    /// <summary>The pixels row by row, each with the place of its centre.</summary>
    public IEnumerable<PixelColor> GetPixels()
    {
        for (int row = 0; row < Height; row++)
            for (int column = 0; column < Width; column++)
                yield return ColorOf(column, row);
    }

    private PixelColor ColorOf(int column, int row)
    {
        float most = BitDepth == 8 ? byte.MaxValue : ushort.MaxValue;
        float[] colors = Array.ConvertAll(GetPixel(column, row), sample => sample / most);
        return PixelColor.Of(Name, (column + 0.5) / Width, (row + 0.5) / Height, colors) with { Column = column, Row = row };
    }

    /// <summary>
    /// A copy of the samples, <c>[Height, Width, Channels]</c> in one array of rows: of bytes, or of 16-bit numbers of a 16-bit picture.
    /// </summary>
    public Array ToArray() => (Array)(_samples8?.Clone() ?? _samples16!.Clone());

    /// <summary>Saves the picture, in the format that the file's extension names and with as many bits as it can hold of its own.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <exception cref="PictureException">The file cannot be written.</exception>
    public void Save(string path, bool overwrite = false)
    {
        var options = new PictureWriteOptions { Channels = Channels, Overwrite = overwrite, PixelsPerInch = PixelsPerInch };
        bool holdsDepth = BitDepth == 8 || PictureFormat.ForFile(path) is { Holds16Bit: true };
        PictureWriter.Write(path, Width, Height, CopyRows, holdsDepth ? options with { BitDepth = BitDepth } : options);
    }

    /// <summary>This picture, its samples shared, with a role for every pixel in place of the roles that they have.</summary>
    /// <param name="roleOf">From a pixel's column and row, both from 0, to its role; called once a pixel, row by row.</param>
    /// <exception cref="ArgumentException">No pixel is a training pixel.</exception>
    internal PixelDataset WithRoles(Func<int, int, PixelRole> roleOf)
    {
        var roles = new PixelRoleMap(PixelCount);
        for (int pixel = 0; pixel < PixelCount; pixel++)
            roles[pixel] = roleOf(pixel % Width, pixel / Width);
        return WithRoles(roles);
    }

    /// <summary>
    /// This picture, its samples shared, with some of its training pixels held out; pixels that are held out or ignored stay so. The
    /// share is of the training pixels for <see cref="HoldOutPattern.Random"/>, and of the picture for the other patterns.
    /// </summary>
    /// <exception cref="ArgumentException">A value is out of its range, or no training pixel would be left.</exception>
    internal PixelDataset WithHoldOut(HoldOut holdOut)
    {
        holdOut.Validate();
        PixelRoleMap roles = Partition?.ToMap(PixelCount) ?? new PixelRoleMap(PixelCount);
        HoldOutSelection.Mark(holdOut, Width, roles);
        return WithRoles(roles);
    }

    /// <summary>Writes rows as colours in [0, 1].</summary>
    /// <param name="firstRow">The first row, from 0.</param>
    /// <param name="rowCount">Number of rows.</param>
    /// <param name="colors">Receives <c>[rowCount, Width, Channels]</c>.</param>
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

    /// <summary>
    /// The samples and roles as compressed bytes, of which <see cref="FromPackedBytes"/> makes the picture again in another process.
    /// </summary>
    public byte[] ToPackedBytes() => PackedPixels.Pack(this);

    /// <summary>Makes a picture of the bytes of <see cref="ToPackedBytes"/>, which need not be trusted.</summary>
    /// <param name="name">The picture's name; characters that are unsafe in a file name or a terminal are replaced.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="channels">Samples a pixel: 1, 3 or 4.</param>
    /// <param name="bitDepth">Bits a sample: 8 or 16.</param>
    /// <param name="packed">The compressed bytes.</param>
    /// <returns>The picture, without a path.</returns>
    /// <exception cref="PictureException">The bytes are damaged, or not those of such a picture, or it is too large.</exception>
    public static PixelDataset FromPackedBytes(string name, int width, int height, int channels, int bitDepth, byte[] packed)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(packed);
        return PackedPixels.Unpack(ShortName.Of(name), width, height, channels, bitDepth, packed);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        string kind = Channels switch { 1 => ", grey", 4 => ", RGBA", _ => "" };
        string roles = Partition is null
            ? "" : $", {TrainingPixelCount} training pixels, {HeldOutPixelCount} held out, {IgnoredPixelCount} ignored";
        return $"{Name}, {Width} x {Height}, {BitDepth} bit{kind}{roles}";
    }

    /// <summary>This picture, its samples shared, with another resolution; null where that makes no sense.</summary>
    internal PixelDataset WithResolution(double? pixelsPerInch) =>
        new(this, Partition) { PixelsPerInch = pixelsPerInch is > 0 and < 1e6 ? pixelsPerInch : null };

    /// <summary>This picture with other samples, rounded.</summary>
    /// <param name="samples"><c>[Height, Width, Channels]</c> in [0, 1].</param>
    internal PixelDataset WithSamples(float[] samples)
    {
        PixelDataset picture = BitDepth == 8
            ? new(Name, Width, Height, Array.ConvertAll(samples, sample => (byte)MathF.Round(sample * byte.MaxValue)), Path, Channels)
            : new(Name, Width, Height, Array.ConvertAll(samples, sample => (ushort)MathF.Round(sample * ushort.MaxValue)), Path, Channels);
        return new(picture, Partition) { PixelsPerInch = PixelsPerInch };
    }

    /// <summary>This picture, its samples shared, with the roles of a map.</summary>
    /// <exception cref="ArgumentException">No pixel is a training pixel.</exception>
    internal PixelDataset WithRoles(PixelRoleMap roles)
    {
        int trainingCount = roles.Count(PixelRole.Training);
        if (trainingCount == 0)
            throw new ArgumentException(
                $"'{Name}' would have no training pixel: {Counted.All(PixelCount)} held out, masked or transparent. " +
                "Hold out a smaller share, or use another mask.");
        return new PixelDataset(this, trainingCount == PixelCount ? null : PixelPartition.Of(roles));
    }

    private static void ThrowIfOutside(int value, int count, string parameter, string name)
    {
        if (value < 0 || value >= count)
            throw new ArgumentOutOfRangeException(parameter, value, $"The {name} is {value}; it must be from 0 to {count - 1}.");
    }
}
