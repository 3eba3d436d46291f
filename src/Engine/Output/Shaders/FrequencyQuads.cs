namespace MonaLisa.Engine.Output;

/// <summary>The frequencies of a sinusoidal encoding in vectors of four, padded with 0.</summary>
internal sealed class FrequencyQuads
{
    private readonly float[] _along, _down;

    /// <summary>Those of a network.</summary>
    public FrequencyQuads(SinusoidalEncoding encoding, IReadOnlyList<EncodingTensor> tensors)
    {
        float[] frequencies = encoding.Frequencies(tensors);
        (_along, _down) = (Axis(0), Axis(1));

        float[] Axis(int axis)
        {
            float[] values = new float[Quads.PadToQuads(encoding.FrequencyCount)];
            for (int i = 0; i < encoding.FrequencyCount; i++)
                values[i] = frequencies[Mlp.InputCount * i + axis];
            return values;
        }
    }

    /// <summary>Number of vectors.</summary>
    public int Count => _along.Length / Quads.Width;

    /// <summary>Four frequencies along x, in periods per unit.</summary>
    public ReadOnlySpan<float> Along(int quad) => _along.AsSpan(quad * Quads.Width, Quads.Width);

    /// <summary>The same four along y.</summary>
    public ReadOnlySpan<float> Down(int quad) => _down.AsSpan(quad * Quads.Width, Quads.Width);
}
