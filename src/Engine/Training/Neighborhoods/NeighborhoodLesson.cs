using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Training;

/// <summary>
/// What a network that sees neighbourhoods learns from, instead of the picture: pairs of what it sees and what it is to paint, made of the
/// picture. All are in two large pictures, one below the other; between them are pixels that nobody learns. Some blocks are held out, to
/// measure what the network gains where it did not learn.
/// </summary>
internal sealed class NeighborhoodLesson
{
    /// <summary>The most pixels to learn, about; more take memory and bring nothing.</summary>
    private const long MostPixels = 2_500_000;

    /// <summary>The side of the blocks that a large picture is cut into.</summary>
    private const int BlockSide = 512;

    /// <summary>
    /// The longest side of a picture that is not cut into blocks, and the least side that a block counts for: copies lie one below the other,
    /// some of them turned, so that the two pictures' pixels are as many as the longer side's square is.
    /// </summary>
    private const int LongestSide = 4096, LeastCountedSide = 16;

    private NeighborhoodLesson(PixelDataset pixels, Mlp network) => (Pixels, Network) = (pixels, network);

    /// <summary>What to paint.</summary>
    public PixelDataset Pixels { get; }

    /// <summary>The network to train, which sees what is beside it; its layers are those that it was made from.</summary>
    public Mlp Network { get; }

    /// <summary>Pixels to learn of a picture, about: how long an epoch is.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="task">What the network makes of it.</param>
    public static long CountPixels(PixelDataset picture, NeighborhoodTask task) =>
        Math.Clamp((long)(PixelsOfOne(picture, task) * picture.PixelCount), 4, MostPixels);

    /// <summary>Makes the lesson of a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="network">The network, with the picture in it.</param>
    /// <param name="provider">What computes the matrix products where the picture is cleaned first.</param>
    /// <param name="threadCount">Threads, or null for one a processor core.</param>
    /// <param name="cancellationToken">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public static NeighborhoodLesson Of(
        PixelDataset picture, Mlp network, ComputeProvider provider, int? threadCount, CancellationToken cancellationToken = default)
    {
        var encoding = (NeighborhoodEncoding)network.Design.Encoding;
        IEnumerable<NeighborhoodPair> pairs = encoding.Task switch
        {
            NeighborhoodTask.Enlarge => EnlargingPairs.Of(Parts(EnlargingPairs.Phases), encoding.Kernel, picture.MaxSample, MostPixels),
            NeighborhoodTask.Denoise => DenoisingPairs.Of(
                Parts(DenoisingPairs.PixelsOfOne), encoding.Noise, picture.MaxSample, provider, threadCount, cancellationToken),
            _ => FillingPairs.Of(picture, PlacesOf(picture, FillingPairs.MostPixelsOfOne), cancellationToken),
        };
        return Of([.. pairs.Select(Unstopped)], network, cancellationToken);

        NeighborhoodPair Unstopped(NeighborhoodPair pair)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return pair;
        }

        IEnumerable<FloatPicture> Parts(double pixelsOfOne) =>
            PlacesOf(picture, pixelsOfOne).Select(part => FloatPicture.Of(picture, part.X, part.Y, part.Width, part.Height));
    }

    /// <summary>Makes the lesson of some pairs.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="network">The network.</param>
    /// <param name="cancellationToken">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    internal static NeighborhoodLesson Of(IReadOnlyList<NeighborhoodPair> pairs, Mlp network, CancellationToken cancellationToken = default)
    {
        var encoding = (NeighborhoodEncoding)network.Design.Encoding;
        int channels = encoding.Channels, margin = NeighborhoodFeature.Reach(encoding.Task);
        int width = pairs.Max(pair => pair.Seen.Width) + 2 * margin, height = pairs.Sum(pair => pair.Seen.Height + 2 * margin);
        NeighborhoodEncoding all = encoding with { Width = width, Height = height };
        EncodingTensor[] tensors = all.CreateTensors();
        var seen = new FloatPicture(width, height, channels, tensors[0].Values);
        var wanted = new ushort[4L * width * height * channels];
        var roles = new PixelRole[4L * width * height];
        Array.Fill(roles, PixelRole.Ignored);
        int top = 0;
        foreach (NeighborhoodPair pair in pairs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Place(pair.Seen, seen, top, margin);
            pair.Write(wanted, roles, 2 * width, 2 * margin, 2 * (top + margin));
            top += pair.Seen.Height + 2 * margin;
        }
        // A picture of a few pixels may have no other block.
        if (!roles.Contains(PixelRole.Training))
            for (int i = 0; i < roles.Length; i++)
                roles[i] = roles[i] == PixelRole.HeldOut ? PixelRole.Training : roles[i];
        PixelDataset pixels = new("copies", 2 * width, 2 * height, wanted, channels: channels);
        return new NeighborhoodLesson(pixels.WithRoles((x, y) => roles[y * 2 * width + x]), network.WithEncoding(all, tensors));
    }

    private static double PixelsOfOne(PixelDataset picture, NeighborhoodTask task) => task switch
    {
        NeighborhoodTask.Enlarge => EnlargingPairs.PixelsOfOne,
        NeighborhoodTask.Denoise => DenoisingPairs.PixelsOfOne,
        _ => FillingPairs.PixelsOfOne(picture),
    };

    /// <summary>
    /// Where the picture is, at least two pixels a side, or blocks of a large one, evenly spread, that together are about as many pixels as are learned.
    /// A block may be beyond the edge of a picture of one row or column.
    /// </summary>
    /// <param name="picture">The picture.</param>
    /// <param name="pixelsOfOne">Pixels that are learned of one of the picture's.</param>
    internal static IEnumerable<(int X, int Y, int Width, int Height)> PlacesOf(PixelDataset picture, double pixelsOfOne)
    {
        (int pictureWidth, int pictureHeight) = (Math.Max(2, picture.Width), Math.Max(2, picture.Height));
        if (picture.PixelCount <= MostPixels / pixelsOfOne && Math.Max(pictureWidth, pictureHeight) <= LongestSide)
            return [(0, 0, pictureWidth, pictureHeight)];
        int width = Math.Min(BlockSide, pictureWidth), height = Math.Min(BlockSide, pictureHeight);
        double pixels = (double)Math.Max(width, LeastCountedSide) * Math.Max(height, LeastCountedSide);
        int across = pictureWidth / width, down = pictureHeight / height, wanted = Math.Max(1, (int)(MostPixels / (pixels * pixelsOfOne)));
        int count = Math.Min(wanted, across * down);
        return Enumerable.Range(0, count).Select(i =>
        {
            int block = (int)((i + 0.5) * across * down / count);
            return (block % across * width, block / across * height, width, height);
        });
    }

    /// <summary>Puts a picture into a larger one, with its edge's pixels around it.</summary>
    private static void Place(FloatPicture small, FloatPicture large, int top, int margin)
    {
        FloatPicture framed = small.Part(-margin, -margin, small.Width + 2 * margin, small.Height + 2 * margin);
        for (int y = 0; y < framed.Height; y++)
            framed.Values.AsSpan(y * framed.Width * framed.Channels, framed.Width * framed.Channels)
                .CopyTo(large.Values.AsSpan((top + y) * large.Width * large.Channels));
    }
}
