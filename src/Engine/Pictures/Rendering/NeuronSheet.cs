namespace MonaLisa.Engine;

/// <summary>
/// A contact sheet of neurons: a tile for each, with its response over the picture plane. White is no response, orange a positive and blue
/// a negative one, the darker the stronger; the strongest of each neuron, of either sign, has the darkest colour of its sign.
/// </summary>
internal sealed class NeuronSheet
{
    /// <summary>The most pixels of a sheet's tiles together: their responses are held in memory.</summary>
    public const long MaxResponses = 1 << 28;

    private const long ResponsesAtOnce = 1 << 24;

    private const float Background = 0.16f;

    private readonly float[] _responses;
    private readonly float[] _strongest;
    private readonly int _gap;

    /// <summary>Computes a sheet.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="neurons">Which of its neurons, at least one, row by row in this order.</param>
    /// <param name="tileWidth">Pixels in a row of a tile, at least 1.</param>
    /// <param name="tileHeight">Rows of a tile, at least 1.</param>
    /// <param name="columns">Tiles in a row of the sheet, at least 1; null for a sheet that is about square.</param>
    /// <param name="samplesAcross">
    /// Places along each side of a tile's pixel whose responses' mean it shows, 1 to 8: where neurons change faster than from pixel to
    /// pixel, a single place would be noise.
    /// </param>
    /// <param name="cancellationToken">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">There is no such neuron, or the sheet is too large.</exception>
    public NeuronSheet(
        LayerRenderer layer, IReadOnlyList<int> neurons, int tileWidth, int tileHeight, int? columns = null, int samplesAcross = 1,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(neurons.Count, 1, nameof(neurons));
        ArgumentOutOfRangeException.ThrowIfLessThan(tileWidth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(tileHeight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns ?? 1, 1, nameof(columns));
        ArgumentOutOfRangeException.ThrowIfLessThan(samplesAcross, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(samplesAcross, 8);
        long responses = (long)neurons.Count * tileWidth * tileHeight;
        if (responses > MaxResponses)
            throw new ArgumentException(
                $"A sheet of {neurons.Count} tiles of {tileWidth} x {tileHeight} pixels is too large; {MaxResponses} pixels are the " +
                "most. Use smaller tiles, or fewer neurons.");
        (TileWidth, TileHeight, TileCount) = (tileWidth, tileHeight, neurons.Count);
        Columns = Math.Min(neurons.Count, columns ?? (int)Math.Ceiling(Math.Sqrt((double)neurons.Count * tileHeight / tileWidth)));
        _gap = neurons.Count == 1 ? 0 : Math.Max(1, Math.Max(tileWidth, tileHeight) / 32);
        _responses = new float[responses];
        Sample(layer, neurons, samplesAcross, cancellationToken);
        _strongest = [.. Enumerable.Range(0, neurons.Count).Select(StrongestOf)];
    }

    /// <summary>Pixels in a row of a tile.</summary>
    public int TileWidth { get; }

    /// <summary>Rows of a tile.</summary>
    public int TileHeight { get; }

    /// <summary>Tiles.</summary>
    public int TileCount { get; }

    /// <summary>Tiles in a row of the sheet.</summary>
    public int Columns { get; }

    /// <summary>Pixels in a row of the sheet; around every tile of several there is a dark line.</summary>
    public int Width => Columns * (TileWidth + _gap) + _gap;

    /// <summary>Rows of the sheet.</summary>
    public int Height => (TileCount + Columns - 1) / Columns * (TileHeight + _gap) + _gap;

    /// <summary>Gives rows of the sheet as <c>[rowCount, Width, 3]</c>; a <see cref="RowSource"/>.</summary>
    /// <param name="firstRow">The first row.</param>
    /// <param name="rowCount">How many rows.</param>
    /// <param name="colors">Receives red, green and blue in [0, 1].</param>
    public void CopyRows(int firstRow, int rowCount, Span<float> colors)
    {
        for (int row = 0; row < rowCount; row++)
            for (int x = 0; x < Width; x++)
                WritePixel(x, firstRow + row, colors.Slice((row * Width + x) * 3, 3));
    }

    // As many neurons at a time as need little memory.
    private void Sample(LayerRenderer layer, IReadOnlyList<int> neurons, int samplesAcross, CancellationToken cancellationToken)
    {
        int width = TileWidth * samplesAcross, height = TileHeight * samplesAcross, tilePixels = TileWidth * TileHeight;
        int atOnce = (int)Math.Clamp(ResponsesAtOnce / ((long)width * height), 1, neurons.Count);
        var samples = new float[checked(atOnce * width * height)];
        for (int first = 0; first < neurons.Count; first += atOnce)
        {
            int[] some = [.. neurons.Skip(first).Take(atOnce)];
            layer.Render(some, width, height, samples, cancellationToken);
            for (int i = 0; i < some.Length; i++)
            {
                int start = i * width * height;
                RowSource rows = (row, count, values) => samples.AsSpan(start + row * width, count * width).CopyTo(values);
                AreaAverage.Sample(rows, width, height, 1, TileWidth, TileHeight, cancellationToken)
                    .CopyTo(_responses.AsSpan((first + i) * tilePixels));
            }
        }
    }

    private void WritePixel(int x, int y, Span<float> color)
    {
        (int column, int left) = Math.DivRem(x - _gap, TileWidth + _gap);
        (int line, int upper) = Math.DivRem(y - _gap, TileHeight + _gap);
        int tile = line * Columns + column;
        if (left < 0 || upper < 0 || left >= TileWidth || upper >= TileHeight || tile >= TileCount)
        {
            color.Fill(Background);
            return;
        }
        float response = _responses[((long)tile * TileHeight + upper) * TileWidth + left], strongest = _strongest[tile];
        ColorMap.Diverging.Write(strongest > 0 ? 0.5f + response / strongest / 2 : 0.5f, color);
    }

    private float StrongestOf(int tile)
    {
        float strongest = 0;
        foreach (float response in _responses.AsSpan(tile * TileWidth * TileHeight, TileWidth * TileHeight))
            strongest = Math.Max(strongest, Math.Abs(response));
        return strongest;
    }
}
