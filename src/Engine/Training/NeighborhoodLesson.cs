using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Training;

/// <summary>
/// What a network that enlarges a picture learns from: the picture and smaller copies of it, each beside its own half-size copy, which the
/// network sees. All are in two large pictures, one below the other; between them are pixels that nobody learns. Some blocks are held out, to
/// measure what the network gains where it did not learn.
/// </summary>
internal sealed class NeighborhoodLesson
{
    /// <summary>Sizes of the copies, the largest first.</summary>
    private static readonly double[] Scales = [1, 0.9, 0.8];

    /// <summary>Each copy is halved from four places a pixel apart: another half-size picture each time.</summary>
    private const int Phases = 4;

    /// <summary>The most pixels to learn, about; more take memory and bring nothing.</summary>
    private const long MostPixels = 2_500_000;

    /// <summary>The side of the blocks that a large picture is cut into.</summary>
    private const int BlockSide = 512;

    /// <summary>Held out are blocks of so many pixels a side, one in so many.</summary>
    private const int HeldOutSide = 16, HeldOutShare = 12;

    private const int Margin = NeighborhoodFeature.Radius;

    private NeighborhoodLesson(PixelDataset pixels, Mlp network) => (Pixels, Network) = (pixels, network);

    /// <summary>What to paint: all copies.</summary>
    public PixelDataset Pixels { get; }

    /// <summary>The network to train, which sees the half-size copies; its layers are those that it was made from.</summary>
    public Mlp Network { get; }

    /// <summary>Pixels to learn of a picture, about: how long an epoch is.</summary>
    public static long CountPixels(int width, int height) =>
        Math.Clamp((long)(Scales.Sum(scale => scale * scale) * Phases * width * height), 4, MostPixels);

    /// <summary>Makes the lesson of a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="network">The network, with the picture in it.</param>
    public static NeighborhoodLesson Of(PixelDataset picture, Mlp network)
    {
        var encoding = (NeighborhoodEncoding)network.Design.Encoding;
        int most = picture.BitDepth == 8 ? byte.MaxValue : ushort.MaxValue;
        ShrinkKernel kernel = encoding.Kernel == ShrinkKernel.Jpeg ? ShrinkKernel.Area : encoding.Kernel;
        return Of([.. PairsOf(picture, kernel, most)], network);
    }

    /// <summary>Makes the lesson of some copies.</summary>
    /// <param name="pairs">The copies.</param>
    /// <param name="network">The network.</param>
    internal static NeighborhoodLesson Of(IReadOnlyList<Pair> pairs, Mlp network)
    {
        var encoding = (NeighborhoodEncoding)network.Design.Encoding;
        int channels = encoding.Channels;
        int width = pairs.Max(pair => pair.Small.Width) + 2 * Margin, height = pairs.Sum(pair => pair.Small.Height + 2 * Margin);
        NeighborhoodEncoding all = encoding with { Width = width, Height = height };
        EncodingTensor[] tensors = all.CreateTensors();
        var seen = new FloatPicture(width, height, channels, tensors[0].Values);
        var wanted = new ushort[4L * width * height * channels];
        var roles = new PixelRole[4L * width * height];
        Array.Fill(roles, PixelRole.Ignored);
        int top = 0;
        foreach (Pair pair in pairs)
        {
            Place(pair.Small, seen, top);
            pair.Write(wanted, roles, 2 * width, 2 * Margin, 2 * (top + Margin));
            top += pair.Small.Height + 2 * Margin;
        }
        // A picture of a few pixels may have no other block.
        if (!roles.Contains(PixelRole.Training))
            for (int i = 0; i < roles.Length; i++)
                roles[i] = roles[i] == PixelRole.HeldOut ? PixelRole.Training : roles[i];
        PixelDataset pixels = new("copies", 2 * width, 2 * height, wanted, channels: channels);
        return new NeighborhoodLesson(pixels.WithRoles((x, y) => roles[y * 2 * width + x]), network.WithEncoding(all, tensors));
    }

    private static IEnumerable<Pair> PairsOf(PixelDataset picture, ShrinkKernel kernel, int most)
    {
        long left = MostPixels;
        foreach ((int x, int y, int width, int height) in Parts(picture))
        {
            FloatPicture part = FloatPicture.Of(picture, x, y, width, height);
            foreach (double scale in Scales)
            {
                FloatPicture copy = scale == 1 ? part : Smaller(part, scale, kernel).Rounded(most);
                for (int phase = 0; phase < Phases; phase++)
                {
                    left -= (long)copy.Width * copy.Height;
                    yield return Pair.Of(copy, phase, scale, kernel, most);
                    if (left < (long)copy.Width * copy.Height)
                        yield break;
                }
            }
        }
    }

    private static FloatPicture Smaller(FloatPicture part, double scale, ShrinkKernel kernel) =>
        part.Resized(kernel, Math.Max(2, (int)(part.Width * scale)), Math.Max(2, (int)(part.Height * scale)));

    /// <summary>The picture, or blocks of a large one, evenly spread, that together are about as many pixels as are learned.</summary>
    private static IEnumerable<(int X, int Y, int Width, int Height)> Parts(PixelDataset picture)
    {
        if (picture.PixelCount <= MostPixels / Phases)
            return [(0, 0, Math.Max(2, picture.Width), Math.Max(2, picture.Height))];
        int width = Math.Min(BlockSide, picture.Width), height = Math.Min(BlockSide, picture.Height);
        int across = picture.Width / width, down = picture.Height / height, wanted = Math.Max(1, (int)(MostPixels / ((long)width * height * Phases)));
        int count = Math.Min(wanted, across * down);
        return Enumerable.Range(0, count).Select(i =>
        {
            int block = (int)((i + 0.5) * across * down / count);
            return (block % across * width, block / across * height, width, height);
        });
    }

    /// <summary>Puts a picture into a larger one, with its edge's pixels around it.</summary>
    private static void Place(FloatPicture small, FloatPicture large, int top)
    {
        FloatPicture framed = small.Part(-Margin, -Margin, small.Width + 2 * Margin, small.Height + 2 * Margin);
        for (int y = 0; y < framed.Height; y++)
            framed.Values.AsSpan(y * framed.Width * framed.Channels, framed.Width * framed.Channels)
                .CopyTo(large.Values.AsSpan((top + y) * large.Width * large.Channels));
    }

    /// <summary>A copy and its half-size copy, both perhaps turned.</summary>
    internal sealed record Pair(FloatPicture Copy, FloatPicture Small, int X, int Y, double Scale, bool IsTurned)
    {
        /// <summary>Makes a pair.</summary>
        /// <param name="copy">The copy, at least 2 x 2 pixels.</param>
        /// <param name="phase">From which of four places it is halved, 0 to 3; 1 and 2 are turned.</param>
        /// <param name="scale">Its size as a share of the picture's.</param>
        /// <param name="kernel">How it is halved.</param>
        /// <param name="most">The largest value of a sample: 255 or 65535.</param>
        public static Pair Of(FloatPicture copy, int phase, double scale, ShrinkKernel kernel, int most)
        {
            // Of a side of two or three pixels there is only one whole half.
            int x = copy.Width > 3 ? phase & 1 : 0, y = copy.Height > 3 ? phase >> 1 : 0;
            FloatPicture part = copy.Part(x, y, (copy.Width - x) / 2 * 2, (copy.Height - y) / 2 * 2);
            FloatPicture small = part.Resized(kernel, part.Width / 2, part.Height / 2).Rounded(most);
            bool isTurned = phase is 1 or 2;
            return new Pair(isTurned ? part.Turned() : part, isTurned ? small.Turned() : small, x, y, scale, isTurned);
        }

        /// <summary>Writes the copy's samples, and which of its pixels are learned.</summary>
        public void Write(ushort[] samples, PixelRole[] roles, int rowLength, int left, int top)
        {
            int channels = Copy.Channels;
            for (int y = 0; y < Copy.Height; y++)
                for (int x = 0; x < Copy.Width; x++)
                {
                    int to = (top + y) * rowLength + left + x;
                    for (int channel = 0; channel < channels; channel++)
                        samples[to * channels + channel] =
                            (ushort)MathF.Round(Math.Clamp(Copy.Values[(y * Copy.Width + x) * channels + channel], 0f, 1f) * ushort.MaxValue);
                    roles[to] = RoleOf(IsTurned ? y : x, IsTurned ? x : y);
                }
        }

        // The same places of the picture are held out in every copy.
        private PixelRole RoleOf(int x, int y)
        {
            ulong column = (ulong)((x + X) / Scale / HeldOutSide), line = (ulong)((y + Y) / Scale / HeldOutSide);
            return RandomSource.Mix(line << 32 | column) % HeldOutShare == 0 ? PixelRole.HeldOut : PixelRole.Training;
        }
    }
}
