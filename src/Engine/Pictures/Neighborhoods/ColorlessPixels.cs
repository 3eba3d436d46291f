using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Pictures;

/// <summary>
/// Pixels whose transparency hides their colour: whatever a file has there, often black, says nothing of the picture. A network that sees
/// neighbourhoods sees the colours of the pixels around in their place, so that none of theirs shows at an edge.
/// </summary>
internal static class ColorlessPixels
{
    /// <summary>The picture with colours for its ignored pixels, and for those of no alpha; the picture itself where it has none.</summary>
    /// <param name="picture">The picture; held-out pixels have no part in the colours.</param>
    /// <param name="cancellationToken">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public static PixelDataset Filled(PixelDataset picture, CancellationToken cancellationToken = default)
    {
        PixelRoleMap? roles = picture.Partition?.ToMap(picture.PixelCount);
        int channels = picture.Channels;
        bool hasAlpha = channels > NeighborhoodFeature.Alpha;
        if (picture.IgnoredPixelCount == 0 && !hasAlpha)
            return picture;
        var samples = new FloatPicture(picture.Width, picture.Height, channels);
        picture.CopyRows(0, picture.Height, samples.Values);
        bool[] isColorless = new bool[picture.PixelCount], isKnown = new bool[picture.PixelCount];
        for (int pixel = 0; pixel < isKnown.Length; pixel++)
        {
            PixelRole role = roles?[pixel] ?? PixelRole.Training;
            isColorless[pixel] = role == PixelRole.Ignored || hasAlpha && samples.Values[pixel * channels + NeighborhoodFeature.Alpha] == 0;
            isKnown[pixel] = role == PixelRole.Training && !isColorless[pixel];
        }
        if (!isColorless.Contains(true) || !isKnown.Contains(true))
            return picture;
        float[] filled = (float[])samples.Values.Clone();
        TableFill.Fill(filled, isKnown, picture.Height, picture.Width, channels, cancellationToken);
        for (int pixel = 0; pixel < isKnown.Length; pixel++)
            if (isColorless[pixel])
                filled.AsSpan(pixel * channels, Math.Min(channels, NeighborhoodFeature.Alpha)).CopyTo(samples.Values.AsSpan(pixel * channels));
        return picture.WithSamples(samples.Values);
    }
}
