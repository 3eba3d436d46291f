namespace MonaLisa.Engine.Numerics;

/// <summary>
/// What a network that fills gaps is shown: the components of the known pixels, which pixels are known, and means of the known ones. A guess,
/// which is stored in its place, stands for a hidden pixel.
/// </summary>
internal sealed class FillingView(int channels) : NeighborhoodView(NeighborhoodTask.Fill, channels)
{
    /// <summary>What the network sees of a known pixel besides its colour.</summary>
    public const float Flag = 0.25f;

    /// <summary>Where less of a square is known, nothing is: a pixel of nine is more.</summary>
    public const float LeastKnown = 0.01f;

    // A pixel has its components and how much of it is known; the same of the square around it; what stands for it; a flag and a zero.
    private int Known => Channels;

    private int Means => Known + 1;

    private int Guess => Means + Known + 1;

    private int FlagNumber => Guess + Channels;

    private int Zero => FlagNumber + 1;

    /// <inheritdoc/>
    public override int WholeReach => Reach + NeighborhoodFeature.MeanSide / 2;

    /// <inheritdoc/>
    public override int Stride => Zero + 1;

    /// <inheritdoc/>
    public override float Scale => EnlargingView.FeatureScale;

    /// <inheritdoc/>
    public override int NumberOf(NeighborhoodFeature feature) =>
        feature.Plane == NeighborhoodPlane.Known ? FlagNumber : StartOf(feature.Plane) + feature.Component;

    /// <inheritdoc/>
    public override int ReferenceOf(int component) => Guess + component;

    /// <inheritdoc/>
    public override Func<NeighborhoodFeature, int> ShareOf =>
        feature => feature.Plane == NeighborhoodPlane.Known ? Zero : StartOf(feature.Plane) + Known;

    /// <inheritdoc/>
    public override void Show(ReadOnlySpan<float> picture, int width, int height, Span<float> numbers)
    {
        int area = width * height;
        numbers[..(Stride * area)].Clear();
        Span<float> guess = stackalloc float[Channels];
        for (int pixel = 0; pixel < area; pixel++)
        {
            Span<float> own = numbers[pixel..];
            ReadOnlySpan<float> color = picture.Slice(pixel * Channels, Channels);
            for (int channel = 0; channel < Channels; channel++)
                guess[channel] = SampleOf(color[channel]);
            ToComponents(guess, own[(Guess * area)..], area);
            if (IsHidden(color[0]))
                continue;
            ToComponents(color, own, area);
            (own[Known * area], own[FlagNumber * area]) = (1, Flag);
        }
        Span<float> means = numbers.Slice(Means * area, (Channels + 1) * area);
        for (int plane = 0; plane < means.Length; plane += area)
            SquareMeans.Compute(numbers.Slice(plane, area), means.Slice(plane, area), width, height, distance: 1);
        for (int pixel = 0; pixel < area; pixel++)
            OfKnown(means[pixel..], area);
    }

    /// <summary>How a sample of what stands for a hidden pixel is stored: below 0, so that the pixel is seen to be hidden.</summary>
    public static float Stored(float sample) => -1 - sample;

    /// <summary>The sample of a pixel, or of what stands for it where it is hidden.</summary>
    public static float SampleOf(float stored) => IsHidden(stored) ? -1 - stored : stored;

    /// <summary>Whether a sample is a hidden pixel's.</summary>
    public static bool IsHidden(float sample) => sample < 0;

    private int StartOf(NeighborhoodPlane plane) => plane == NeighborhoodPlane.Mean ? Means : 0;

    /// <summary>Turns means in which hidden pixels count as zeros into those of the known ones.</summary>
    private void OfKnown(Span<float> means, int area)
    {
        float known = means[Known * area];
        for (int i = 0; i <= Known; i++)
            means[i * area] = known > LeastKnown ? means[i * area] / known : 0;
    }
}
