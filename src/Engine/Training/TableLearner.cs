using System.Runtime.CompilerServices;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Training;

/// <summary>
/// Trains an encoding's tables by Adam, as Müller et al. 2022 (arXiv 2201.05989) do. The first round of a step keeps each pixel's place
/// and feature gradients; in the second a thread takes a table, adds up its gradient pixel by pixel in the batch's order,
/// and steps: no two threads ever write to one table, and the order does not depend on them.
/// </summary>
internal sealed unsafe class TableLearner<TVector, TOps>
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
{
    /// <summary>The paper's constants. Gaps are filled better from what they have learned around them.</summary>
    private static readonly AdamSettings ForGaps = new(Beta1: 0.9f, Beta2: 0.99f, Epsilon: 1e-15f);

    /// <summary>
    /// An entry is touched once in some steps, and its moments change only then. The paper's memory of ten touches for the mean, and a
    /// hundred for the square, is too long for a short run: docs/quality.md has the experiment.
    /// </summary>
    private static readonly AdamSettings ForWhole = ForGaps with { Beta1 = 0.5f, Beta2 = 0.95f };

    private readonly AdamSettings _settings;
    private readonly Encoder _encoder;
    private readonly BatchPlan _plan;
    private readonly PackedLayout _layout;

    /// <summary>Places and feature gradients of each group's pixels.</summary>
    private readonly AlignedBuffer[] _places, _featureGradients;

    private readonly AlignedBuffer[] _gradients;

    // What the tables are while a picture's gaps are filled in them, and the step for which they were.
    private AlignedBuffer[]? _withGaps;
    private long _stepsAtFill = -1;

    /// <summary>A learner whose tables have not moved yet.</summary>
    /// <param name="network">A network whose encoding has tables.</param>
    /// <param name="plan">How batches are cut up.</param>
    /// <param name="batchSize">The most pixels in a batch.</param>
    /// <param name="hasGaps">Whether the picture has gaps to fill.</param>
    public TableLearner(TiledNetwork network, BatchPlan plan, int batchSize, bool hasGaps)
    {
        (_encoder, _plan, HasGaps, _settings) = (network.Encoder!, plan, hasGaps, hasGaps ? ForGaps : ForWhole);
        int groupCapacity = plan.GroupCapacity(batchSize);
        _layout = network.FeatureLayout(groupCapacity);
        _places = [.. Enumerable.Range(0, plan.GroupCount).Select(_ => new AlignedBuffer(groupCapacity * Mlp.InputCount))];
        _featureGradients = [.. Enumerable.Range(0, plan.GroupCount).Select(_ => new AlignedBuffer(network.FeatureLength(groupCapacity)))];
        (_gradients, Means, Variances) = (LikeTables(), LikeTables(), LikeTables());
    }

    /// <summary>Whether the picture has gaps, which <see cref="ShowFilled"/> fills.</summary>
    public bool HasGaps { get; }

    /// <summary>The tables, each updated by one call of <see cref="Update"/>.</summary>
    public IReadOnlyList<AlignedBuffer> Tables => _encoder.Tables;

    /// <summary>Adam's mean of each table's gradients.</summary>
    public AlignedBuffer[] Means { get; }

    /// <summary>Adam's mean of their squares.</summary>
    public AlignedBuffer[] Variances { get; }

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

    /// <summary>Adds up a table's gradient over the batch.</summary>
    /// <param name="table">The table's number.</param>
    /// <param name="count">Pixels of the batch.</param>
    public void AddUp(int table, int count)
    {
        for (int group = 0; group < _plan.GroupCount; group++)
            _encoder.Backward(table, _places[group].Pointer, _plan.Group(group, count).Count, _featureGradients[group].Pointer, _layout,
                _gradients[table].Pointer);
    }

    /// <summary>A table's gradient, after <see cref="AddUp"/> and before <see cref="Update"/>.</summary>
    public AlignedBuffer GradientOf(int table) => _gradients[table];

    /// <summary>Moves a table against its gradient, and clears that.</summary>
    /// <param name="table">The table's number.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="step">The step, from 1.</param>
    public void Update(int table, double learningRate, long step)
    {
        (float rate, float epsilon) = _settings.Corrected(learningRate, step);
        Step(Tables[table].Length, Tables[table].Pointer, Means[table].Pointer, Variances[table].Pointer, _gradients[table].Pointer,
            _settings.Beta1, _settings.Beta2, rate, epsilon);
    }

    /// <summary>
    /// Shows the tables with the gaps of the picture filled from what the steps have learned around them, until <see cref="HideFilled"/>:
    /// what a step computes must not depend on measuring before it.
    /// </summary>
    /// <param name="steps">Steps done; the tables are filled anew only after another step.</param>
    public void ShowFilled(long steps)
    {
        _withGaps ??= LikeTables();
        if (_stepsAtFill == steps)
        {
            HideFilled();
            return;
        }
        for (int table = 0; table < _withGaps.Length; table++)
        {
            Tables[table].Span.CopyTo(_withGaps[table].Span);
            _encoder.FillUntouched(table, Variances[table].Span);
        }
        _stepsAtFill = steps;
    }

    /// <summary>Exchanges the tables with gaps and the filled ones.</summary>
    public void HideFilled()
    {
        for (int table = 0; table < Tables.Count; table++)
            Tables[table].ExchangeWith(_withGaps![table]);
    }

    /// <summary>
    /// Adam where the gradient is not zero; an entry without a gradient stays as it is, its moments too (section 4 of the paper). The
    /// gradient is zero afterwards.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Step(
        int count, float* parameters, float* mean, float* variance, float* gradient, float beta1, float beta2, float rate, float epsilon)
    {
        TVector b1 = TOps.Broadcast(beta1), b2 = TOps.Broadcast(beta2), c1 = TOps.Broadcast(1 - beta1), c2 = TOps.Broadcast(1 - beta2);
        TVector negativeRate = TOps.Broadcast(-rate), smallest = TOps.Broadcast(epsilon), zero = TOps.Broadcast(0);
        TVector leastMagnitude = TOps.Broadcast(float.Epsilon);
        for (int i = 0; i < count; i += TOps.Count)
        {
            TVector g = TOps.Load(gradient + i);
            TVector touched = TOps.GreaterThanOrEqual(TOps.Abs(g), leastMagnitude);
            if (!TOps.Any(touched))
                continue;
            TVector oldMean = TOps.Load(mean + i), oldVariance = TOps.Load(variance + i), old = TOps.Load(parameters + i);
            TVector m = TOps.MultiplyAdd(b1, oldMean, TOps.Multiply(c1, g));
            TVector v = TOps.MultiplyAdd(b2, oldVariance, TOps.Multiply(c2, TOps.Multiply(g, g)));
            TVector change = TOps.Divide(m, TOps.Add(TOps.Sqrt(v), smallest));
            TOps.Store(TOps.Select(touched, m, oldMean), mean + i);
            TOps.Store(TOps.Select(touched, v, oldVariance), variance + i);
            TOps.Store(TOps.Select(touched, TOps.MultiplyAdd(negativeRate, change, old), old), parameters + i);
            TOps.Store(zero, gradient + i);
        }
    }

    private AlignedBuffer[] LikeTables() => [.. Tables.Select(table => new AlignedBuffer(table.Length))];
}
