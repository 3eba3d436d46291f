using System.Runtime.Intrinsics;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Training;

/// <summary>
/// Trains an encoding's tables. The first round of a step keeps each pixel's place and feature gradients; in the second a thread
/// takes a table, adds up its gradient pixel by pixel in the batch's order, and steps: no two threads ever write to one table, and
/// the order does not depend on them.
/// </summary>
internal abstract unsafe class TableLearner
{
    private readonly BatchPlan _plan;
    private readonly int _groupCapacity;
    private readonly PackedLayout _layout;

    /// <summary>Places and feature gradients of each group's pixels.</summary>
    private readonly AlignedBuffer[] _places, _featureGradients;

    private protected TableLearner(TiledNetwork network, BatchPlan plan, int batchSize)
    {
        Encoder = network.Encoder!;
        _plan = plan;
        _groupCapacity = plan.GroupCapacity(batchSize);
        _layout = network.FeatureLayout(_groupCapacity);
        _places = [.. Buffers(plan.GroupCount, _groupCapacity * Mlp.InputCount)];
        _featureGradients = [.. Buffers(plan.GroupCount, network.FeatureLength(_groupCapacity))];
    }

    private protected Encoder Encoder { get; }

    /// <summary>Tables to update in a step, each by one call of <see cref="Update"/>.</summary>
    public int TableCount => Encoder.Tables.Count;

    /// <summary>The learner for a network; null where its encoding has nothing to learn.</summary>
    /// <param name="network">The network.</param>
    /// <param name="plan">How batches are cut up.</param>
    /// <param name="batchSize">The most pixels in a batch.</param>
    public static TableLearner? Create(TiledNetwork network, BatchPlan plan, int batchSize) =>
        network.Encoder is not { Tables.Count: > 0 } ? null : network.InstructionSet switch
        {
            InstructionSet.Vector512 => new TableLearner<Vector512<float>, Vector512Ops>(network, plan, batchSize),
            InstructionSet.Vector256 => new TableLearner<Vector256<float>, Vector256Ops>(network, plan, batchSize),
            InstructionSet.Vector128 => new TableLearner<Vector128<float>, Vector128Ops>(network, plan, batchSize),
            _ => new TableLearner<float, ScalarOps>(network, plan, batchSize),
        };

    /// <summary>Keeps a loaded tile's places, and lets its feature gradients go where they will be wanted.</summary>
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
    /// <param name="table">Which.</param>
    /// <param name="count">Pixels of the batch.</param>
    public abstract void AddUp(int table, int count);

    /// <summary>A table's gradient, after <see cref="AddUp"/> and before <see cref="Update"/>.</summary>
    public abstract AlignedBuffer GradientOf(int table);

    /// <summary>Moves a table against its gradient, and clears that.</summary>
    /// <param name="table">Which.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="step">The step, from 1.</param>
    public abstract void Update(int table, double learningRate, long step);

    /// <summary>What it remembers of the tables from step to step.</summary>
    public abstract IReadOnlyList<LearnerState> States { get; }

    /// <summary>The tables.</summary>
    public IReadOnlyList<AlignedBuffer> Tables => Encoder.Tables;

    /// <summary>Fills in what no step has touched, from what the steps have learned around it.</summary>
    public abstract void FillUntouched();

    private protected void AddGradient(int table, int count, float* gradient)
    {
        for (int group = 0; group < _plan.GroupCount; group++)
            Encoder.Backward(table, _places[group].Pointer, _plan.Group(group, count).Count, _featureGradients[group].Pointer, _layout, gradient);
    }

    private static IEnumerable<AlignedBuffer> Buffers(int count, int length) => Enumerable.Range(0, count).Select(_ => new AlignedBuffer(length));
}

/// <summary>The same with the vectors at hand: Adam with the paper's constants.</summary>
internal sealed unsafe class TableLearner<TVector, TOps> : TableLearner
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
{
    private static readonly AdamSettings Settings = new(Beta1: 0.9f, Beta2: 0.99f, Epsilon: 1e-15f);

    private readonly AlignedBuffer[] _gradients, _means, _variances;

    /// <summary>A learner whose tables have not moved yet.</summary>
    public TableLearner(TiledNetwork network, BatchPlan plan, int batchSize)
        : base(network, plan, batchSize)
    {
        (_gradients, _means, _variances) = (LikeTables(), LikeTables(), LikeTables());
    }

    public override IReadOnlyList<LearnerState> States =>
        [new(StateNames.TableMean, null, _means), new(StateNames.TableVariance, null, _variances)];

    public override void AddUp(int table, int count) => AddGradient(table, count, _gradients[table].Pointer);

    public override AlignedBuffer GradientOf(int table) => _gradients[table];

    public override void Update(int table, double learningRate, long step)
    {
        (float rate, float epsilon) = Settings.Corrected(learningRate, step);
        TableUpdateKernel<TVector, TOps>.Adam(
            Encoder.Tables[table].Length, Encoder.Tables[table].Pointer, _means[table].Pointer, _variances[table].Pointer,
            _gradients[table].Pointer, Settings.Beta1, Settings.Beta2, rate, epsilon);
    }

    public override void FillUntouched()
    {
        for (int table = 0; table < TableCount; table++)
            Encoder.FillUntouched(table, _variances[table].Span);
    }

    private AlignedBuffer[] LikeTables() => [.. Encoder.Tables.Select(table => new AlignedBuffer(table.Length))];
}
