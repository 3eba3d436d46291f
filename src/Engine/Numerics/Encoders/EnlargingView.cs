namespace MonaLisa.Engine.Numerics;

/// <summary>What a network that enlarges is shown: the components of the pixels.</summary>
internal sealed class EnlargingView(int channels) : NeighborhoodView(NeighborhoodTask.Enlarge, channels)
{
    /// <summary>What differences are multiplied by, so that they suit the first weights.</summary>
    public const float FeatureScale = 4;

    /// <inheritdoc/>
    public override int Stride => Channels;

    /// <inheritdoc/>
    public override bool CorrectsReference => false;

    /// <inheritdoc/>
    public override float Scale => FeatureScale;

    /// <inheritdoc/>
    public override int NumberOf(NeighborhoodFeature feature) => feature.Component;

    /// <inheritdoc/>
    public override int ReferenceOf(int component) => component;

    /// <inheritdoc/>
    public override void Show(ReadOnlySpan<float> picture, int width, int height, Span<float> numbers)
    {
        int area = width * height;
        for (int pixel = 0; pixel < area; pixel++)
            ToComponents(picture.Slice(pixel * Channels, Channels), numbers[pixel..], area);
    }
}
