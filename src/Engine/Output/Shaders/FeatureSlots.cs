namespace MonaLisa.Engine.Output;

/// <summary>
/// Where a layer's inputs lie in a shader's vectors of four. Sines fill whole vectors and so do cosines, whatever their number, so
/// that a vector of phases gives one vector of each; the places between are empty.
/// </summary>
internal sealed class FeatureSlots
{
    private readonly int[] _features;

    private FeatureSlots(int count, IEnumerable<int> slots)
    {
        _features = new int[Quads.PadToQuads(count)];
        Array.Fill(_features, -1);
        int feature = 0;
        foreach (int slot in slots)
            _features[slot] = feature++;
    }

    /// <summary>Number of vectors.</summary>
    public int QuadCount => _features.Length / Quads.Width;

    /// <summary>The input in a slot; -1 for an empty one.</summary>
    public int this[int slot] => _features[slot];

    /// <summary>Inputs side by side.</summary>
    public static FeatureSlots Of(int count) => new(count, Enumerable.Range(0, count));

    /// <summary>The slots of an encoding's features.</summary>
    public static FeatureSlots Of(InputEncoding encoding)
    {
        if (encoding is not SinusoidalEncoding { FrequencyCount: int count })
            return Of(encoding.FeatureCount);
        int padded = Quads.PadToQuads(count);
        return new FeatureSlots(2 * padded, [.. Enumerable.Range(0, count), .. Enumerable.Range(padded, count)]);
    }
}
