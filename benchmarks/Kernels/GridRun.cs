using MonaLisa.Engine;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Benchmarks.Kernels;

/// <summary>A dense level of two features, and places in one stripe after another, as a step has them.</summary>
internal sealed unsafe class GridRun
{
    /// <summary>Places of a run.</summary>
    public const int Places = 512;

    private const int Stripes = 32, Batches = 32, Stride = PanelLayout.Width;

    private readonly GridGeometry _grid;
    private readonly AlignedBuffer _table, _coordinates = new(Stripes * Batches * Places * Mlp.InputCount);
    private readonly AlignedBuffer _features = new(Places * Stride), _gradients = Operands.Random(Places * Stride);
    private int _next;

    /// <summary>Draws the places.</summary>
    /// <param name="side">Vertices along a side.</param>
    public GridRun(int side)
    {
        _grid = new GridGeometry(GridLevel.Of(side, side, side * side), featureCount: 2);
        _table = Operands.Random(2 * side * side);
        var random = new RandomSource(7);
        for (int place = 0; place < Stripes * Batches * Places; place++)
        {
            int first = PanelLayout.SkinnyOffset(place, Mlp.InputCount);
            _coordinates.Span[first] = 0.5f + random.NextUniform(0.5);
            _coordinates.Span[first + PanelLayout.Width] = (place / Places % Stripes + 0.5f + random.NextUniform(0.5)) / Stripes;
        }
    }

    public void Interpolate() => GridKernel.Interpolate(_grid, _table.Pointer, NextPlaces(), Places, _features.Pointer, Stride);

    public void AddUp() => GridGradientKernel.AddUp(_grid, _table.Pointer, NextPlaces(), Places, _gradients.Pointer, Stride);

    public void Move() => GridGradientKernel.Move(_grid, _table.Pointer, NextPlaces(), Places, _gradients.Pointer, Stride, scale: -1e-6f, most: 1);

    private float* NextPlaces() => _coordinates.Pointer + _next++ % (Stripes * Batches) * Places * Mlp.InputCount;
}
