using MonaLisa.Engine.Kernels;

namespace MonaLisa.Engine.Encodings;

/// <summary>Trained tables at the vertices of grids; see <see cref="GridEncoding"/>.</summary>
internal sealed unsafe class GridEncoder : Encoder
{
    private readonly GridGeometry[] _levels;
    private readonly AlignedBuffer[] _tables;
    private readonly int _featuresPerLevel;

    /// <summary>An encoder whose tables are not yet loaded.</summary>
    public GridEncoder(GridEncoding encoding)
    {
        _featuresPerLevel = encoding.FeaturesPerLevel;
        _levels = [.. encoding.Levels.Select(level => new GridGeometry(level))];
        // Padded for updates that run over whole vectors.
        _tables = [.. encoding.TensorShapes.Select(shape => new AlignedBuffer((shape.Length + PanelLayout.HalfWidth - 1) / PanelLayout.HalfWidth * PanelLayout.HalfWidth))];
    }

    public override IReadOnlyList<AlignedBuffer> Tables => _tables;

    public override void Forward(float* coordinates, int rows, float* features, FeatureLayout layout)
    {
        for (int level = 0; level < _levels.Length; level++)
            GridKernel.Interpolate(_levels[level], _featuresPerLevel, _tables[level].Pointer, coordinates, rows,
                features + layout.Column(level * _featuresPerLevel), layout.RowStride);
    }

    public override void Backward(int table, float* coordinates, int rows, float* featureGradients, FeatureLayout layout, float* gradient) =>
        GridKernel.Spread(_levels[table], _featuresPerLevel, gradient, coordinates, rows,
            featureGradients + layout.Column(table * _featuresPerLevel), layout.RowStride);
}
