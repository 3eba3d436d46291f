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
        int channels = picture.Channels, colors = Math.Min(channels, NeighborhoodFeature.Alpha);
        bool hasAlpha = channels > colors;
        if (picture.IgnoredPixelCount == 0 && !hasAlpha)
            return picture;
        bool[] isColorless = new bool[picture.PixelCount], isKnown = new bool[picture.PixelCount];
        float[] row = new float[picture.Width * channels];
        for (int pixel = 0; pixel < isKnown.Length; pixel++)
        {
            int at = pixel % picture.Width * channels;
            if (at == 0)
                picture.CopyRows(pixel / picture.Width, 1, row);
            PixelRole role = roles?[pixel] ?? PixelRole.Training;
            isColorless[pixel] = role == PixelRole.Ignored || hasAlpha && row[at + colors] == 0;
            isKnown[pixel] = role == PixelRole.Training && !isColorless[pixel];
        }
        if (!isColorless.Contains(true) || !isKnown.Contains(true))
            return picture;
        float[] filled = new float[isKnown.Length * channels];
        picture.CopyRows(0, picture.Height, filled);
        TableFill.Fill(filled, isKnown, picture.Height, picture.Width, channels, cancellationToken);
        // Held-out pixels and alpha were filled too, and stay as they are.
        for (int pixel = 0; pixel < isKnown.Length; pixel++)
        {
            int at = pixel % picture.Width * channels, kept = isColorless[pixel] ? colors : 0;
            if (at == 0)
                picture.CopyRows(pixel / picture.Width, 1, row);
            row.AsSpan(at + kept, channels - kept).CopyTo(filled.AsSpan(pixel * channels + kept));
        }
        return picture.WithSamples(filled);
    }
}
