namespace MonaLisa.Engine.Numerics;

/// <summary>
/// What a network that fills gaps is shown: the components of the known pixels, which pixels are known, and means of the known ones. The mean
/// of the known pixels around stands for the middle one, whose own colour is never seen: a known pixel looks as a hidden one would.
/// </summary>
internal sealed class FillingView(int channels) : NeighborhoodView(NeighborhoodTask.Fill, channels)
{
    /// <summary>What the smooth colour weighs beside the known pixels around: a sixteenth of one that is four away.</summary>
    private const float SmoothWeight = 1f / 4096;

    /// <summary>Pixels on each side of the middle one that the mean is of that stands for it.</summary>
    public const int Radius = 4;

    /// <summary>What the network sees of a known pixel besides its colour.</summary>
    private const float Flag = 0.25f;

    // A pixel has its components and how much of it is known; the same of the squares around it, twice; the means that stand for it; a flag
    // and a zero.
    private int KnownNumber => Channels;

    private int FlagNumber => 4 * Channels + 3;

    private int Zero => FlagNumber + 1;

    /// <inheritdoc/>
    public override int WholeReach => Reach + NeighborhoodFeature.WideMeanSide / 2;

    /// <inheritdoc/>
    public override int Stride => Zero + 1;

    /// <inheritdoc/>
    public override float Scale => EnlargingView.FeatureScale;

    /// <inheritdoc/>
    public override int NumberOf(NeighborhoodFeature feature) =>
        feature.Plane == NeighborhoodPlane.Known ? FlagNumber : Means((int)feature.Plane) + feature.Component;

    /// <inheritdoc/>
    public override int ReferenceOf(int component) => Means(3) + component;

    /// <inheritdoc/>
    public override Func<NeighborhoodFeature, int> ShareOf =>
        feature => feature.Plane == NeighborhoodPlane.Known ? Zero : Means((int)feature.Plane) + KnownNumber;

    /// <inheritdoc/>
    public override void Show(ReadOnlySpan<float> picture, int width, int height, Span<float> numbers)
    {
        for (int pixel = 0; pixel < width * height; pixel++)
        {
            Span<float> own = numbers.Slice(pixel * Stride, Stride);
            own.Clear();
            ReadOnlySpan<float> color = picture.Slice(pixel * Channels, Channels);
            if (IsHidden(color[0]))
            {
                for (int component = 0; component < Channels; component++)
                    own[Means(3) + component] = IsHidden(color[component]) ? Shown(color[component]) : color[component];
                ToComponents(own.Slice(Means(3), Channels), own[Means(3)..]);
                continue;
            }
            ToComponents(color, own);
            (own[KnownNumber], own[FlagNumber]) = (1, Flag);
        }
        SquareMeans.Compute(numbers, width, height, Stride, from: 0, Means(1), Channels + 1, distance: 1);
        SquareMeans.Compute(numbers, width, height, Stride, Means(1), Means(2), Channels + 1, NeighborhoodFeature.MeanSide);
        for (int pixel = 0; pixel < width * height; pixel++)
            for (int plane = 1; plane <= 2; plane++)
                OfKnown(numbers.Slice(pixel * Stride + Means(plane), Channels + 1));
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                Refer(numbers, width, height, x, y);
    }

    /// <summary>How a sample of a hidden pixel's smooth colour is stored: below 0, so that the pixel is seen to be hidden.</summary>
    public static float Stored(float sample) => -1 - sample;

    /// <summary>The smooth colour of a sample that is stored so.</summary>
    public static float Shown(float stored) => -1 - stored;

    /// <summary>Whether a sample is a hidden pixel's.</summary>
    public static bool IsHidden(float sample) => sample < 0;

    private int Means(int plane) => plane * (Channels + 1);

    /// <summary>Turns means in which hidden pixels count as zeros into those of the known ones.</summary>
    private void OfKnown(Span<float> means)
    {
        // A pixel of 81 is more than that.
        const float Least = 1e-3f;
        float known = means[Channels];
        for (int i = 0; i < means.Length; i++)
            means[i] = known > Least ? means[i] / known : 0;
    }

    /// <summary>
    /// Computes what stands for a pixel: the mean of the known ones around, weighted by the inverse fourth power of their distance, and for a hidden
    /// one of its smooth colour.
    /// </summary>
    private void Refer(Span<float> numbers, int width, int height, int x, int y)
    {
        Span<float> own = numbers.Slice((y * width + x) * Stride, Stride), reference = own.Slice(Means(3), Channels);
        bool isHidden = own[KnownNumber] == 0;
        Span<float> sums = stackalloc float[Channels];
        for (int component = 0; component < sums.Length; component++)
            sums[component] = isHidden ? SmoothWeight * reference[component] : 0;
        float weights = isHidden ? SmoothWeight : 0;
        for (int row = Math.Max(0, y - Radius); row <= Math.Min(height - 1, y + Radius); row++)
            for (int column = Math.Max(0, x - Radius); column <= Math.Min(width - 1, x + Radius); column++)
            {
                ReadOnlySpan<float> other = numbers.Slice((row * width + column) * Stride, KnownNumber + 1);
                int distance = (row - y) * (row - y) + (column - x) * (column - x);
                if (distance == 0 || other[KnownNumber] == 0)
                    continue;
                float weight = 1f / (distance * distance);
                weights += weight;
                for (int component = 0; component < sums.Length; component++)
                    sums[component] += weight * other[component];
            }
        for (int component = 0; component < sums.Length; component++)
            reference[component] = weights > 0 ? sums[component] / weights : own[Means(2) + component];
    }
}
