namespace MonaLisa.Engine.Numerics;

/// <summary>
/// What a network that removes noise is shown: the components of the pixels, and of their means over two sizes of squares. All are in units of
/// the noise, so that one network does for any noise. The means of the smaller squares stand for the middle pixel; its alpha, which has no
/// noise, for itself.
/// </summary>
/// <param name="channels">Channels of the picture.</param>
/// <param name="noise">The standard deviation of a sample's noise.</param>
internal sealed class DenoisingView(int channels, float noise) : NeighborhoodView(NeighborhoodTask.Denoise, channels)
{
    /// <summary>The least noise that differences are divided by, half a step of 8 bits: so they stay finite.</summary>
    private const float Least = 0.5f / byte.MaxValue;

    /// <summary>
    /// The noise of a coloured picture that gives the lumas the noise that they have. A grey picture's is the luma's; of three channels it is the
    /// mean, which has less.
    /// </summary>
    private readonly float _noise = Math.Max(Least, noise) * (channels == 1 ? MathF.Sqrt(3) : 1);

    /// <inheritdoc/>
    public override int WholeReach => Reach + NeighborhoodFeature.WideMeanSide / 2;

    /// <inheritdoc/>
    public override int Stride => 3 * Channels;

    /// <inheritdoc/>
    public override float Scale => 0.5f / _noise;

    /// <inheritdoc/>
    public override float Gain => 2 * _noise;

    /// <inheritdoc/>
    public override int NumberOf(NeighborhoodFeature feature) => (int)feature.Plane * Channels + feature.Component;

    /// <inheritdoc/>
    public override int ReferenceOf(int component) => component == NeighborhoodFeature.Alpha ? component : Channels + component;

    /// <inheritdoc/>
    public override void Show(ReadOnlySpan<float> picture, int width, int height, Span<float> numbers)
    {
        int area = width * height, length = Channels * area;
        for (int pixel = 0; pixel < area; pixel++)
            ToComponents(picture.Slice(pixel * Channels, Channels), numbers[pixel..], area);
        Span<float> means = numbers.Slice(length, length), wideMeans = numbers.Slice(2 * length, length);
        for (int plane = 0; plane < length; plane += area)
        {
            SquareMeans.Compute(numbers.Slice(plane, area), means.Slice(plane, area), width, height, distance: 1);
            SquareMeans.Compute(means.Slice(plane, area), wideMeans.Slice(plane, area), width, height, NeighborhoodFeature.MeanSide);
        }
    }
}
