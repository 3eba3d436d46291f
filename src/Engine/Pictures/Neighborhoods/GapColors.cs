namespace MonaLisa.Engine.Pictures;

/// <summary>
/// Smooth colours for the gaps of a picture, however wide: its known pixels are averaged to half the size again and again, and what is hidden
/// takes its colour from the next smaller picture (pull and push, Gortler et al. 1996).
/// </summary>
internal static class GapColors
{
    /// <summary>The samples of a picture, with the colours in the place of those that are hidden.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="isKnown">Which of its pixels are known, row by row; at least one.</param>
    public static FloatPicture Fill(FloatPicture picture, IReadOnlyList<bool> isKnown)
    {
        float[] weights = [.. isKnown.Select(known => known ? 1f : 0f)];
        var known = new FloatPicture(picture.Width, picture.Height, picture.Channels, (float[])picture.Values.Clone());
        Push(known, weights);
        return known;
    }

    /// <summary>Fills what has less than the whole weight.</summary>
    private static void Push(FloatPicture picture, float[] weights)
    {
        if ((picture.Width, picture.Height) == (1, 1) || weights.All(weight => weight >= 1))
            return;
        (FloatPicture smaller, float[] smallerWeights) = Pull(picture, weights);
        Push(smaller, smallerWeights);
        for (int y = 0; y < picture.Height; y++)
            for (int x = 0; x < picture.Width; x++)
            {
                float weight = weights[y * picture.Width + x];
                if (weight >= 1)
                    continue;
                Span<float> pixel = picture.Pixel(x, y);
                // The nearest of the smaller pixels has three quarters, the next one quarter.
                int right = Math.Clamp(x / 2 + (x % 2 == 0 ? -1 : 1), 0, smaller.Width - 1), below = Math.Clamp(y / 2 + (y % 2 == 0 ? -1 : 1), 0, smaller.Height - 1);
                ReadOnlySpan<float> near = smaller.Pixel(x / 2, y / 2), beside = smaller.Pixel(right, y / 2), under = smaller.Pixel(x / 2, below),
                    across = smaller.Pixel(right, below);
                for (int channel = 0; channel < pixel.Length; channel++)
                {
                    float interpolated = (9 * near[channel] + 3 * beside[channel] + 3 * under[channel] + across[channel]) / 16;
                    pixel[channel] = weight * pixel[channel] + (1 - weight) * interpolated;
                }
            }
    }

    /// <summary>The picture at half the size, rounded up: weighted means of 2 x 2 pixels.</summary>
    private static (FloatPicture Smaller, float[] Weights) Pull(FloatPicture picture, float[] weights)
    {
        var smaller = new FloatPicture((picture.Width + 1) / 2, (picture.Height + 1) / 2, picture.Channels);
        var sums = new float[smaller.Width * smaller.Height];
        for (int y = 0; y < picture.Height; y++)
            for (int x = 0; x < picture.Width; x++)
            {
                float weight = weights[y * picture.Width + x];
                sums[y / 2 * smaller.Width + x / 2] += weight;
                for (int channel = 0; channel < picture.Channels; channel++)
                    smaller.Pixel(x / 2, y / 2)[channel] += weight * picture.Pixel(x, y)[channel];
            }
        for (int pixel = 0; pixel < sums.Length; pixel++)
        {
            if (sums[pixel] > 0)
                for (int channel = 0; channel < picture.Channels; channel++)
                    smaller.Values[pixel * picture.Channels + channel] /= sums[pixel];
            sums[pixel] = Math.Min(1, sums[pixel]);
        }
        return (smaller, sums);
    }
}
