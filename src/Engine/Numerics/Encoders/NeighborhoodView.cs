namespace MonaLisa.Engine.Numerics;

/// <summary>
/// What a network that sees neighbourhoods is shown of a picture, by its task: some numbers for each pixel, and which of them a feature is.
/// </summary>
/// <param name="task">The task.</param>
/// <param name="channels">Channels of the picture.</param>
internal abstract class NeighborhoodView(NeighborhoodTask task, int channels)
{
    /// <summary>The view of an encoding's task.</summary>
    public static NeighborhoodView For(NeighborhoodEncoding encoding) => encoding.Task switch
    {
        NeighborhoodTask.Enlarge => new EnlargingView(encoding.Channels),
        NeighborhoodTask.Denoise => new DenoisingView(encoding.Channels, encoding.Noise),
        NeighborhoodTask.Fill => new FillingView(encoding.Channels),
        _ => throw new ArgumentOutOfRangeException(nameof(encoding), encoding.Task, "There is no such task."),
    };

    /// <summary>The features, in the order of the network's inputs.</summary>
    public IReadOnlyList<NeighborhoodFeature> Features { get; } = NeighborhoodFeature.For(task, channels);

    /// <summary>How many pixels on each side of the middle one the features are away.</summary>
    public int Reach { get; } = NeighborhoodFeature.Reach(task);

    /// <summary>How many pixels on each side of the middle one have a part in the features.</summary>
    public virtual int WholeReach => Reach;

    /// <summary>Numbers for each pixel.</summary>
    public abstract int Stride { get; }

    /// <summary>Whether the network corrects the middle pixel's references, and not cubic interpolation.</summary>
    public virtual bool CorrectsReference => true;

    /// <summary>What features are multiplied by: differences of neighbouring colours are small.</summary>
    public abstract float Scale { get; }

    /// <summary>What the network's outputs are multiplied by.</summary>
    public virtual float Gain => 1;

    /// <summary>Channels of the picture.</summary>
    protected int Channels { get; } = channels;

    /// <summary>Which of a pixel's numbers a feature is.</summary>
    public abstract int NumberOf(NeighborhoodFeature feature);

    /// <summary>Which of the middle pixel's numbers stands for a component of it, to which the features are compared.</summary>
    public abstract int ReferenceOf(int component);

    /// <summary>
    /// Which of a pixel's numbers is the share of the reference that is taken from a feature. Null where it is the whole of it for all.
    /// </summary>
    public virtual Func<NeighborhoodFeature, int>? ShareOf => null;

    /// <summary>Computes the numbers of all pixels.</summary>
    /// <param name="picture"><c>[height, width, channels]</c>.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="numbers">
    /// Receives <c>[<see cref="Stride"/>, height, width]</c>: a plane for each number, for the pixels around one lie in few lines of the cache.
    /// </param>
    public abstract void Show(ReadOnlySpan<float> picture, int width, int height, Span<float> numbers);

    /// <summary>Computes the components of a pixel.</summary>
    /// <param name="color">The pixel's channels.</param>
    /// <param name="components">Receives them, so far from each other as <paramref name="area"/> says.</param>
    /// <param name="area">Pixels of a plane.</param>
    protected static void ToComponents(ReadOnlySpan<float> color, Span<float> components, int area)
    {
        if (color.Length == 1)
        {
            components[0] = color[0];
            return;
        }
        float red = color[0], green = color[1], blue = color[2];
        components[0] = (red + green + blue) * (1 / 3f);
        components[area] = red - blue;
        components[2 * area] = green - (red + blue) / 2;
        if (color.Length > NeighborhoodFeature.Alpha)
            components[NeighborhoodFeature.Alpha * area] = color[NeighborhoodFeature.Alpha];
    }
}
