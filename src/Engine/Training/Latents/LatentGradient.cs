using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Training;

/// <summary>Rows of the gradient for the first picture that are still added up, from the top down.</summary>
/// <param name="encoding">The picture's size.</param>
/// <param name="rows">The most rows at a time.</param>
internal sealed class LatentGradient(LatentEncoding encoding, int rows)
{
    private readonly float[][] _planes = [.. Enumerable.Range(0, encoding.Channels).Select(_ => new float[Math.Min(rows, encoding.Height) * encoding.Width])];

    private int _first;

    /// <summary>Begins at the top, with zeros.</summary>
    public void Begin()
    {
        _first = 0;
        foreach (float[] plane in _planes)
            plane.AsSpan().Clear();
    }

    /// <summary>The sums of a channel's row.</summary>
    public Span<float> Row(int channel, int y) => _planes[channel].AsSpan((y - _first) * encoding.Width, encoding.Width);

    /// <summary>Moves rows that nothing is added to any more to where they belong, and makes room for as many below.</summary>
    /// <param name="planes">Receives them, <c>[height, width]</c> of each channel.</param>
    /// <param name="end">The row after the last of them.</param>
    public void MoveTo(float[][] planes, int end)
    {
        int done = (end - _first) * encoding.Width;
        for (int channel = 0; channel < planes.Length; channel++)
        {
            Span<float> sums = _planes[channel];
            sums[..done].CopyTo(planes[channel].AsSpan(_first * encoding.Width));
            sums[done..].CopyTo(sums);
            sums[^done..].Clear();
        }
        _first = end;
    }
}
