using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine.Pictures;

/// <summary>
/// Puts parts of many pictures on one sheet, which a network learns what they have in common from. Of large pictures, and of very many, it
/// has a random part. Between the parts are pixels that do not count.
/// </summary>
/// <param name="seed">Seed of the parts.</param>
internal sealed class PictureSheet(int seed)
{
    /// <summary>The most pixels of all parts.</summary>
    public const int MostPixels = 1 << 20;

    private const int MostSide = 512, MostParts = 256;

    /// <summary>Parts begin at multiples of this, as the pictures' own pyramids do.</summary>
    private const int Alignment = 1 << LatentEncoding.UsualLevels;

    private readonly List<Part> _parts = [];
    private RandomSource _random = new(RandomSource.Mix((ulong)(uint)seed));

    /// <summary>Pictures that were added.</summary>
    public int PictureCount { get; private set; }

    /// <summary>Puts a picture on the sheet.</summary>
    public void Add(PixelDataset picture)
    {
        // Each picture is as likely as another to be among those that are kept.
        int place = PictureCount++ < MostParts ? _parts.Count : _random.NextBelow(PictureCount);
        int left = _random.NextBelow(picture.Width - MostSide + 1), top = _random.NextBelow(picture.Height - MostSide + 1);
        if (place >= MostParts)
            return;
        var part = new Part(picture, left, top);
        if (place == _parts.Count)
            _parts.Add(part);
        else
            _parts[place] = part;
    }

    /// <summary>The sheet; each part has the channels of the picture with the most.</summary>
    /// <exception cref="ArgumentException">There is no picture, or none of its pixels counts.</exception>
    public PixelDataset Compose()
    {
        if (_parts.Count == 0)
            throw new ArgumentException("There is no picture to learn a start from. Pipe some: New-PixelDataset ./icons/*.png | New-MlpStart");
        int side = MostSide;
        while (_parts.Sum(part => (long)part.WidthUpTo(side) * part.HeightUpTo(side)) > MostPixels)
            side -= Alignment;
        int channels = _parts.Max(part => part.Channels), width = WidthFor(side);
        var places = new List<(Part Part, int Left, int Top)>();
        int left = 0, top = 0, bottom = 0;
        foreach (Part part in _parts)
        {
            if (left + part.WidthUpTo(side) > width)
                (left, top) = (0, bottom);
            places.Add((part, left, top));
            left += Aligned(part.WidthUpTo(side));
            bottom = Math.Max(bottom, top + Aligned(part.HeightUpTo(side)));
        }
        var samples = new ushort[width * bottom * channels];
        bool[] counts = new bool[width * bottom];
        foreach ((Part part, int partLeft, int partTop) in places)
            for (int y = 0; y < part.HeightUpTo(side); y++)
                for (int x = 0; x < part.WidthUpTo(side); x++)
                {
                    int pixel = (partTop + y) * width + partLeft + x;
                    part.CopyPixel(x, y, samples.AsSpan(pixel * channels, channels));
                    counts[pixel] = part.Counts(x, y);
                }
        string name = Counted.Text(PictureCount, "picture");
        return new PixelDataset(name, width, bottom, samples, channels: channels)
            .WithRoles((x, y) => counts[y * width + x] ? PixelRole.Training : PixelRole.Ignored);
    }

    private int WidthFor(int side)
    {
        double area = _parts.Sum(part => (double)Aligned(part.WidthUpTo(side)) * Aligned(part.HeightUpTo(side)));
        return Math.Max(Aligned((int)Math.Sqrt(area)), _parts.Max(part => Aligned(part.WidthUpTo(side))));
    }

    private static int Aligned(int length) => (length + Alignment - 1) / Alignment * Alignment;

    /// <summary>A part of a picture, which does not keep the picture.</summary>
    private sealed class Part
    {
        private readonly ushort[] _samples;
        private readonly bool[] _counts;
        private readonly int _width, _height;

        public Part(PixelDataset picture, int left, int top)
        {
            (_width, _height, Channels) = (Math.Min(picture.Width, MostSide), Math.Min(picture.Height, MostSide), picture.Channels);
            _samples = new ushort[_width * _height * Channels];
            _counts = new bool[_width * _height];
            PixelRoleMap? roles = picture.Partition?.ToMap(picture.PixelCount);
            float[] row = new float[picture.Width * Channels];
            for (int y = 0; y < _height; y++)
            {
                picture.CopyRows(top + y, 1, row);
                for (int i = 0; i < _width * Channels; i++)
                    _samples[y * _width * Channels + i] = (ushort)MathF.Round(row[left * Channels + i] * ushort.MaxValue);
                for (int x = 0; x < _width; x++)
                    _counts[y * _width + x] = roles is null || roles[(top + y) * picture.Width + left + x] == PixelRole.Training;
            }
        }

        public int Channels { get; }

        public int WidthUpTo(int side) => Math.Min(_width, side);

        public int HeightUpTo(int side) => Math.Min(_height, side);

        public bool Counts(int x, int y) => _counts[y * _width + x];

        // Grey is repeated, and what has no alpha is opaque.
        public void CopyPixel(int x, int y, Span<ushort> samples)
        {
            ReadOnlySpan<ushort> own = _samples.AsSpan((y * _width + x) * Channels, Channels);
            for (int channel = 0; channel < samples.Length; channel++)
                samples[channel] = channel < own.Length ? own[channel] : channel < 3 ? own[0] : ushort.MaxValue;
        }
    }
}
