namespace MonaLisa.Engine.Storage;

/// <summary>
/// 8-bit weights: a neuron's are whole numbers from -127 to 127 times one scale, its largest weight's magnitude / 127, so that zero
/// stays zero and the rounding error is at most half the scale.
/// </summary>
internal static class RowScale
{
    private const float Steps = 127;

    /// <summary>The scale of a neuron's weights.</summary>
    public static float Of(ReadOnlySpan<float> weights)
    {
        float largest = 0;
        foreach (float weight in weights)
            largest = Math.Max(largest, Math.Abs(weight));
        return largest / Steps;
    }

    /// <summary>The scales of the rows of a matrix.</summary>
    public static float[] OfRows(float[] weights, int columns) =>
        [.. Enumerable.Range(0, weights.Length / columns).Select(row => Of(weights.AsSpan(row * columns, columns)))];

    /// <summary>The whole number that times the scale comes nearest to a weight.</summary>
    public static sbyte Quantize(float weight, float scale) =>
        // The smallest weights have a scale that is no longer above zero.
        scale == 0 ? (sbyte)0 : (sbyte)Math.Clamp(MathF.Round(weight / scale), -Steps, Steps);
}
