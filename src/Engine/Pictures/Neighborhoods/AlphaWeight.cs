namespace MonaLisa.Engine.Pictures;

/// <summary>Colours of pixels with alpha, weighted by it while they are interpolated.</summary>
internal static class AlphaWeight
{
    private const int Channels = NeighborhoodFeature.Alpha + 1;

    /// <summary>What a wholly transparent pixel still weighs, so that its colour is not lost where all around are transparent.</summary>
    private const float Least = 1f / 65536;

    /// <summary>Weights the colours of pixels.</summary>
    /// <param name="pixels">Red, green, blue and alpha of each.</param>
    /// <param name="weighted">Receives them.</param>
    public static void Apply(ReadOnlySpan<float> pixels, Span<float> weighted)
    {
        for (int at = 0; at < pixels.Length; at += Channels)
        {
            float alpha = pixels[at + NeighborhoodFeature.Alpha], weight = alpha + Least;
            for (int channel = 0; channel < NeighborhoodFeature.Alpha; channel++)
                weighted[at + channel] = pixels[at + channel] * weight;
            weighted[at + NeighborhoodFeature.Alpha] = alpha;
        }
    }

    /// <summary>Undoes it where pixels were interpolated. Their colours are in [0, 1]; their alpha may be a little beyond.</summary>
    /// <param name="pixels">The weighted colours and alpha of each, which receive the colours.</param>
    public static void Undo(Span<float> pixels)
    {
        for (int at = 0; at < pixels.Length; at += Channels)
        {
            float weight = Math.Max(pixels[at + NeighborhoodFeature.Alpha] + Least, Least / 2);
            for (int channel = 0; channel < NeighborhoodFeature.Alpha; channel++)
                pixels[at + channel] = Math.Clamp(pixels[at + channel] / weight, 0, 1);
        }
    }
}
