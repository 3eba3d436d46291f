using System.Buffers.Binary;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Output;

/// <summary>
/// All numbers of a network as the page's shader reads them from one texture: texels of four, one after the other. The first says how
/// many layers there are, and how many levels of a grid, vectors of frequencies or features of a neighbourhood. Then comes one for each layer: vectors of inputs,
/// vectors of neurons, and the texel where its weights begin. Then one for each level: columns, rows, the texel where its table begins
/// and the one where its rows' first entries do, -1 where rows follow one another; or two for each vector of frequencies: those along x
/// and those along y; or two for each feature of a neighbourhood: the pixel's column and row from the middle one, which of its numbers it is, and
/// which of the middle pixel's is taken from it; then which of the pixel's numbers is the share that is taken, or -1. Then come the weights, for
/// every vector of neurons its biases and a block for every vector of inputs, the tables, and the rows' first entries.
/// </summary>
internal sealed class PageValues
{
    private readonly QuadLayer[] _layers;
    private readonly FrequencyQuads? _frequencies;
    private readonly GridEncoding? _grid;
    private readonly NeighborhoodView? _view;
    private readonly Mlp _network;

    /// <summary>The numbers of a network.</summary>
    public PageValues(Mlp network)
    {
        _network = network;
        _layers = QuadLayer.Of(network);
        _grid = network.Design.Encoding as GridEncoding;
        _view = network.Design.Encoding is NeighborhoodEncoding neighborhood ? NeighborhoodView.For(neighborhood) : null;
        _frequencies = network.Design.Encoding is SinusoidalEncoding sinusoidal
            ? new FrequencyQuads(sinusoidal, network.EncodingTensors) : null;
    }

    /// <summary>Number of texels.</summary>
    public long TexelCount => TableStart + LevelsOfGrid.Sum(TableTexels) + SharedLevels.Sum(level => (long)Quads.Count(level.Rows));

    /// <summary>The most vectors that are kept from one layer to the next: the last hidden layer's go into the outputs at once.</summary>
    public int KeptQuads => Math.Max(_layers[0].InputQuads, _layers[..^2].Select(layer => layer.OutputQuads).DefaultIfEmpty().Max());

    private IReadOnlyList<GridLevel> LevelsOfGrid => _grid?.Levels ?? [];

    private IEnumerable<GridLevel> SharedLevels => LevelsOfGrid.Where(level => !level.IsDense);

    private int SourceCount => _grid?.Levels.Count ?? _frequencies?.Count ?? _view?.Features.Count ?? 0;

    private long LayerStart => 1L + _layers.Length + (_grid is null ? 2 : 1) * SourceCount;

    private long TableStart => LayerStart + _layers.Sum(LayerTexels);

    /// <summary>Writes the texels.</summary>
    public void Write(TexelWriter writer)
    {
        writer.Write(_layers.Length, SourceCount, 0, 0);
        WriteLayerHeaders(writer);
        WriteLevelHeaders(writer);
        for (int i = 0; i < _frequencies?.Count; i++)
        {
            writer.Write(_frequencies.Along(i));
            writer.Write(_frequencies.Down(i));
        }
        foreach (NeighborhoodFeature feature in _view?.Features ?? [])
        {
            writer.Write(feature.Across, feature.Down, _view!.NumberOf(feature), _view.ReferenceOf(feature.Component));
            writer.Write(_view.ShareOf?.Invoke(feature) ?? -1, 0, 0, 0);
        }
        foreach (QuadLayer layer in _layers)
            WriteLayer(writer, layer);
        foreach (EncodingTensor table in _grid is null ? [] : _network.EncodingTensors)
            writer.Write(table.Values);
        foreach (GridLevel level in SharedLevels)
            writer.Write([.. Enumerable.Range(0, level.Rows).Select(row => (float)level.RowStart(row))]);
    }

    private void WriteLayerHeaders(TexelWriter writer)
    {
        long first = LayerStart;
        foreach (QuadLayer layer in _layers)
        {
            writer.Write(layer.InputQuads, layer.OutputQuads, first, 0);
            first += LayerTexels(layer);
        }
    }

    private void WriteLevelHeaders(TexelWriter writer)
    {
        long first = TableStart, firstRow = TableStart + LevelsOfGrid.Sum(TableTexels);
        foreach (GridLevel level in LevelsOfGrid)
        {
            writer.Write(level.Columns, level.Rows, first, level.IsDense ? -1 : firstRow);
            first += TableTexels(level);
            firstRow += level.IsDense ? 0 : Quads.Count(level.Rows);
        }
    }

    private static void WriteLayer(TexelWriter writer, QuadLayer layer)
    {
        Span<float> block = stackalloc float[QuadLayer.BlockLength];
        for (int output = 0; output < layer.OutputQuads; output++)
        {
            layer.CopyBiases(output, block);
            writer.Write(block[..Quads.Width]);
            for (int input = 0; input < layer.InputQuads; input++)
            {
                layer.CopyBlock(output, input, block);
                writer.Write(block);
            }
        }
    }

    private static long LayerTexels(QuadLayer layer) => layer.OutputQuads * (1L + Quads.Width * layer.InputQuads);

    private long TableTexels(GridLevel level) => GridShader.TableQuads(level, _grid!.FeaturesPerLevel);
}

/// <summary>Writes texels of four 32-bit numbers, little-endian.</summary>
internal sealed class TexelWriter(Stream stream, CancellationToken cancellationToken)
{
    private readonly byte[] _buffer = new byte[1 << 14];

    /// <summary>Writes a texel; numbers that count something must be below 2^24, so that they are exact.</summary>
    public void Write(float first, float second, float third, float fourth) => Write([first, second, third, fourth]);

    /// <summary>Writes numbers, and zeros until the texel is full.</summary>
    public void Write(ReadOnlySpan<float> values)
    {
        int atOnce = _buffer.Length / sizeof(float);
        for (; values.Length > 0; values = values[Math.Min(values.Length, atOnce)..])
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(values.Length, atOnce), padded = Quads.PadToQuads(count);
            Span<byte> bytes = _buffer.AsSpan(0, padded * sizeof(float));
            bytes.Clear();
            for (int i = 0; i < count; i++)
                BinaryPrimitives.WriteSingleLittleEndian(bytes[(i * sizeof(float))..], values[i]);
            stream.Write(bytes);
        }
    }
}
