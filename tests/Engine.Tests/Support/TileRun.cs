using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Tests;

/// <summary>Takes pixels through a tiled network, and its results out in the reference's order.</summary>
internal sealed unsafe class TileRun
{
    private readonly Mlp _shape;
    private readonly Tile _tile;
    private readonly AlignedBuffer _gradient, _featureGradients;
    private readonly Func<Mlp, TiledNetwork> _create;

    /// <summary>Lays out a network and a tile for it.</summary>
    public TileRun(Mlp network, Func<Mlp, TiledNetwork> create, int capacity = NetworkCases.Capacity)
    {
        (_shape, _create) = (network, create);
        Network = create(network);
        _tile = Network.CreateTile(capacity, training: true);
        _gradient = new AlignedBuffer(Network.Parameters.Length);
        _featureGradients = new AlignedBuffer(Network.FeatureLength(capacity));
        if (Network.Encoder is { Tables.Count: > 0 })
            _tile.FeatureGradients = _featureGradients.Pointer;
        _tile.FeatureGradientLayout = Network.FeatureLayout(capacity);
    }

    /// <summary>The network under test.</summary>
    public TiledNetwork Network { get; }

    /// <summary>Forward, loss and backward.</summary>
    /// <param name="pixels">As many as fit the tile.</param>
    /// <param name="gradientScale">What errors are multiplied by.</param>
    /// <param name="add">Whether the gradient is added to that of the run before.</param>
    /// <param name="loss">The loss; squared where none is given.</param>
    public ErrorSums Learn(ReadOnlySpan<ReferencePixel> pixels, float gradientScale, bool add = false, PixelLoss loss = default)
    {
        Load(pixels);
        ErrorSums sums = default;
        Network.Forward(_tile, pixels.Length);
        Network.MeasureLoss(_tile, pixels.Length, loss, gradientScale, ref sums);
        Network.Backward(_tile, pixels.Length, _gradient.Pointer, add);
        return sums;
    }

    /// <summary>The outputs of the run before, <c>[rows, outputs]</c>.</summary>
    public double[] Outputs(int rows)
    {
        int count = _shape.OutputCount;
        var outputs = new double[rows * count];
        for (int i = 0; i < outputs.Length; i++)
            outputs[i] = _tile.Outputs.Span[PanelLayout.SkinnyOffset(i / count, count) + i % count * PanelLayout.Width];
        return outputs;
    }

    /// <summary>The gradient, in the reference's order: it lies as the parameters do, so the network itself can sort it.</summary>
    public double[] Gradient() => ReferenceNetwork.Flatten(InShape(_gradient));

    /// <summary>The gradient of each of the encoder's tables, from the run before.</summary>
    /// <param name="shape">The tables' shapes.</param>
    /// <param name="rows">Rows of that run.</param>
    public double[][] TableGradients(IReadOnlyList<EncodingTensor> shape, int rows)
    {
        var gradients = new double[Network.Encoder!.Tables.Count][];
        for (int table = 0; table < gradients.Length; table++)
        {
            var gradient = new AlignedBuffer(Network.Encoder.Tables[table].Length);
            Network.Encoder.Backward(table, _tile.Coordinates.Pointer, rows, _tile.FeatureGradients, _tile.FeatureGradientLayout, gradient.Pointer);
            gradients[table] = [.. gradient.Span[..shape[table].Values.Length].ToArray().Select(value => (double)value)];
        }
        return gradients;
    }

    /// <summary>Whether everything between the gradient's entries is zero.</summary>
    public bool IsGradientPaddingZero() => HasOnlyValuesOf(_gradient, InShape(_gradient));

    /// <summary>Whether everything between the parameters is zero.</summary>
    public bool IsParameterPaddingZero() => HasOnlyValuesOf(Network.Parameters, InShape(Network.Parameters));

    private void Load(ReadOnlySpan<ReferencePixel> pixels)
    {
        // What lies beyond the rows in use must not matter.
        _tile.Coordinates.Span.Fill(1e3f);
        _tile.Targets.Span.Fill(float.NaN);
        for (int row = 0; row < pixels.Length; row++)
        {
            Span<float> coordinates = _tile.Coordinates.Span[PanelLayout.SkinnyOffset(row, 2)..];
            (coordinates[0], coordinates[PanelLayout.Width]) = (pixels[row].First, pixels[row].Second);
            for (int channel = 0; channel < _shape.OutputCount; channel++)
                _tile.Targets.Span[PanelLayout.SkinnyOffset(row, _shape.OutputCount) + channel * PanelLayout.Width] =
                    pixels[row].Target[channel];
        }
    }

    private Mlp InShape(AlignedBuffer values)
    {
        TiledNetwork sorter = _create(_shape);
        values.Span.CopyTo(sorter.Parameters.Span);
        Mlp shape = _shape.Clone();
        sorter.Save(shape);
        return shape;
    }

    private bool HasOnlyValuesOf(AlignedBuffer values, Mlp shape) => values.Span.SequenceEqual(_create(shape).Parameters.Span);
}
