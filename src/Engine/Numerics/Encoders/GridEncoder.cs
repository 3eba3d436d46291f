namespace MonaLisa.Engine.Numerics;

/// <summary>Trained tables at the vertices of grids; see <see cref="GridEncoding"/>.</summary>
internal sealed unsafe class GridEncoder : Encoder
{
    private readonly GridEncoding _encoding;
    private readonly GridGeometry[] _levels;
    private readonly AlignedBuffer[] _tables;

    /// <summary>An encoder whose own tables are not yet loaded.</summary>
    /// <param name="encoding">The encoding.</param>
    /// <param name="tensors">A network's tables.</param>
    /// <param name="fewestShared">Entries from which a table that is large is the network's own and not a copy.</param>
    public GridEncoder(GridEncoding encoding, IReadOnlyList<EncodingTensor> tensors, int fewestShared)
    {
        _encoding = encoding;
        _levels = [.. encoding.Levels.Select(level => new GridGeometry(level, encoding.FeaturesPerLevel))];
        // Padded for updates that run over whole vectors.
        _tables = [.. tensors.Select(tensor => tensor.IsPinned && tensor.Shape.Rows >= fewestShared
            ? AlignedBuffer.Over(tensor.Values) : new AlignedBuffer(PanelLayout.PadToHalfPanels(tensor.Values.Length)))];
    }

    public override IReadOnlyList<AlignedBuffer> Tables => _tables;

    private int FeaturesPerLevel => _encoding.FeaturesPerLevel;

    public override void Forward(float* coordinates, int rows, float* features, PackedLayout layout)
    {
        for (int level = 0; level < _levels.Length; level++)
            GridKernel.Interpolate(_levels[level], _tables[level].Pointer, coordinates, rows, features + Column(level, layout), layout.RowStride);
    }

    public override void Backward(
        int table, float* coordinates, int rows, float* featureGradients, PackedLayout layout, float* gradient) =>
        GridGradientKernel.AddUp(_levels[table], gradient, coordinates, rows, featureGradients + Column(table, layout), layout.RowStride);

    public override GradientSquares Move(
        int table, float* coordinates, int rows, float* featureGradients, PackedLayout layout, float scale, float most) =>
        GridGradientKernel.Move(_levels[table], _tables[table].Pointer, coordinates, rows,
            featureGradients + Column(table, layout), layout.RowStride, scale, most);

    /// <summary>Only dense levels can be filled: in others, distant vertices share entries.</summary>
    public override void FillUntouched(int table, ReadOnlySpan<float> meanSquares)
    {
        GridLevel level = _encoding.Levels[table];
        if (!level.IsDense)
            return;
        var isKnown = new bool[level.EntryCount];
        for (int entry = 0; entry < isKnown.Length; entry++)
            isKnown[entry] = meanSquares.Slice(entry * FeaturesPerLevel, FeaturesPerLevel).ContainsAnyExcept(0f);
        TableFill.Fill(_tables[table].Span, isKnown, level.Rows, level.Columns, FeaturesPerLevel);
    }

    /// <summary>Where a level's features begin.</summary>
    private int Column(int level, PackedLayout layout) => layout.Column(level * FeaturesPerLevel);
}
