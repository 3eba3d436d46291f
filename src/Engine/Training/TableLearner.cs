using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Training;

/// <summary>
/// Trains an encoding's tables. The first round of a step keeps each pixel's place and feature gradients; in the second a thread takes a
/// table and moves it, pixel by pixel in the batch's order: no two threads ever write to one table, and the order does not depend on
/// them.
/// </summary>
internal abstract unsafe class TableLearner
{
    /// <summary>What a pixel's four vertices cost, in numbers that are changed; and those of a table that is so large that it has no sum.</summary>
    private const long VerticesCost = 4, DistantVerticesCost = 16;

    private readonly BatchPlan _plan;
    private readonly int _batchSize;
    private readonly PackedLayout _layout;

    /// <summary>Places and feature gradients of each group's pixels.</summary>
    private readonly AlignedBuffer[] _places, _featureGradients;

    private readonly AlignedBuffer?[] _gradients;

    /// <summary>A learner whose tables have not moved yet.</summary>
    /// <param name="network">A network whose encoding has tables.</param>
    /// <param name="plan">How batches are cut up.</param>
    /// <param name="batchSize">The most pixels in a batch.</param>
    /// <param name="hasSum">Whether a table's gradient is added up, so that a step looks at all of the table.</param>
    protected TableLearner(TiledNetwork network, BatchPlan plan, int batchSize, Func<AlignedBuffer, bool> hasSum)
    {
        (Encoder, _plan, _batchSize) = (network.Encoder!, plan, batchSize);
        int groupCapacity = plan.GroupCapacity(batchSize);
        _layout = network.FeatureLayout(groupCapacity);
        _places = [.. Enumerable.Range(0, plan.GroupCount).Select(_ => new AlignedBuffer(groupCapacity * Mlp.InputCount))];
        _featureGradients = [.. Enumerable.Range(0, plan.GroupCount).Select(_ => new AlignedBuffer(network.FeatureLength(groupCapacity)))];
        _gradients = [.. Tables.Select(table => hasSum(table) ? new AlignedBuffer(table.Length) : null)];
    }

    /// <summary>The tables, each moved by one call of <see cref="Update"/>.</summary>
    public IReadOnlyList<AlignedBuffer> Tables => Encoder.Tables;

    /// <summary>The encoder that has them.</summary>
    protected Encoder Encoder { get; }

    /// <summary>Keeps a loaded tile's places, and has its feature gradients written where they are needed.</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="group">The tile's group.</param>
    /// <param name="firstRow">The tile's first row within the group, a multiple of the tile's rows.</param>
    /// <param name="rows">Rows in use.</param>
    public void Attach(Tile tile, int group, int firstRow, int rows)
    {
        int floats = (rows + PanelLayout.Width - 1) / PanelLayout.Width * PanelLayout.Width * Mlp.InputCount;
        tile.Coordinates.Span[..floats].CopyTo(_places[group].Span[(firstRow * Mlp.InputCount)..]);
        tile.FeatureGradients = _featureGradients[group].Pointer + firstRow * _layout.RowStride;
        tile.FeatureGradientLayout = _layout;
    }

    /// <summary>About what moving a table costs in a step, in numbers that are changed.</summary>
    public long CostOf(int table) => GradientOf(table) is { } gradient
        ? VerticesCost * _batchSize + gradient.Length / StepsOf(table) : DistantVerticesCost * _batchSize;

    /// <summary>Adds up a table's gradient over the batch, where it is to be.</summary>
    /// <param name="table">The table's number.</param>
    /// <param name="count">Pixels of the batch.</param>
    public void AddUp(int table, int count)
    {
        if (GradientOf(table) is not { } gradient)
            return;
        for (int group = 0; group < _plan.GroupCount; group++)
            Encoder.Backward(table, _places[group].Pointer, _plan.Group(group, count).Count, _featureGradients[group].Pointer, _layout,
                gradient.Pointer);
    }

    /// <summary>A table's gradient, after <see cref="AddUp"/> and before <see cref="Update"/>; null where it is not added up.</summary>
    public AlignedBuffer? GradientOf(int table) => _gradients[table];

    /// <summary>Moves a table against its gradient, and clears that; where the gradients of several steps are added up, in the last of them.</summary>
    /// <param name="table">The table's number.</param>
    /// <param name="count">Pixels of the batch.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="step">The step, from 1.</param>
    public abstract void Update(int table, int count, double learningRate, long step);

    /// <summary>
    /// Shows the tables with the gaps of the picture, where it has some, filled from what the steps have learned around them, until
    /// <see cref="HideFilled"/>: what a step computes must not depend on measuring before it.
    /// </summary>
    /// <param name="steps">Steps done; the tables are filled anew only after another step.</param>
    public virtual void ShowFilled(long steps)
    {
    }

    /// <summary>Exchanges the tables with gaps and the filled ones.</summary>
    public virtual void HideFilled()
    {
    }

    /// <summary>The steps whose gradients are added up before a table moves.</summary>
    protected virtual int StepsOf(int table) => 1;

    /// <summary>Adds each pixel's share of a table's gradient, times a scale, to the table.</summary>
    /// <param name="table">The table's number.</param>
    /// <param name="count">Pixels of the batch.</param>
    /// <param name="scale">Minus the size of the step.</param>
    /// <param name="most">The most that a pixel changes a value.</param>
    /// <returns>Of the shares, not scaled.</returns>
    protected GradientSquares Move(int table, int count, float scale, float most)
    {
        GradientSquares squares = default;
        for (int group = 0; group < _plan.GroupCount; group++)
            squares += Encoder.Move(table, _places[group].Pointer, _plan.Group(group, count).Count, _featureGradients[group].Pointer,
                _layout, scale, most);
        return squares;
    }
}
