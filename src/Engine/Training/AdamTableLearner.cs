using System.Runtime.CompilerServices;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Training;

/// <summary>
/// Tables that move by Adam, as in Müller et al. 2022 (arXiv 2201.05989): two numbers are remembered for each of theirs, and each step
/// looks at all of them.
/// </summary>
internal sealed unsafe class AdamTableLearner<TVector, TOps> : TableLearner
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
    private readonly bool _hasGaps;
    private readonly int[] _steps;

    // What the tables are while a picture's gaps are filled in them, and the step for which they were.
    private AlignedBuffer[]? _withGaps;
    private long _stepsAtFill = -1;

    /// <inheritdoc cref="TableLearner(TiledNetwork, BatchPlan, int, Func{AlignedBuffer, bool})"/>
    /// <param name="network">A network whose encoding has tables.</param>
    /// <param name="plan">How batches are cut up.</param>
    /// <param name="batchSize">The most pixels in a batch.</param>
    /// <param name="hasGaps">Whether the picture has gaps to fill.</param>
    /// <param name="accumulates">Whether the gradients of several steps are added up for a large table.</param>
    public AdamTableLearner(TiledNetwork network, BatchPlan plan, int batchSize, bool hasGaps, bool accumulates)
        : base(network, plan, batchSize, hasSum: _ => true)
    {
        (_hasGaps, Accumulates, _settings) = (hasGaps, accumulates, hasGaps ? ForGaps : ForWhole);
        (Means, Variances) = (LikeTables(), LikeTables());
        _steps = [.. network.Design.Encoding.TensorShapes.Select(shape => accumulates ? TableOptimizers.StepsOf(shape.Rows, batchSize) : 1)];
    }

    /// <summary>Whether the gradients of several steps are added up for a large table.</summary>
    public bool Accumulates { get; }

    /// <summary>Adam's mean of each table's gradients.</summary>
    public AlignedBuffer[] Means { get; }

    /// <summary>Adam's mean of their squares.</summary>
    public AlignedBuffer[] Variances { get; }

    /// <summary>The gradients that are added up so far.</summary>
    public AlignedBuffer[] Gradients => [.. Enumerable.Range(0, Tables.Count).Select(table => GradientOf(table)!)];

    public override void Update(int table, int count, double learningRate, long step)
    {
        // Not all large tables in the same step, so that steps take about the same time.
        if ((step + table) % _steps[table] != 0)
            return;
        (float rate, float epsilon) = _settings.Corrected(learningRate, step);
        Step(Tables[table].Length, Tables[table].Pointer, Means[table].Pointer, Variances[table].Pointer, GradientOf(table)!.Pointer,
            _settings.Beta1, _settings.Beta2, rate, epsilon);
    }

    public override void ShowFilled(long steps)
    {
        if (!_hasGaps)
            return;
        _withGaps ??= LikeTables();
        if (_stepsAtFill == steps)
        {
            HideFilled();
            return;
        }
        for (int table = 0; table < _withGaps.Length; table++)
        {
            Tables[table].Span.CopyTo(_withGaps[table].Span);
            Encoder.FillUntouched(table, Variances[table].Span);
        }
        _stepsAtFill = steps;
    }

    public override void HideFilled()
    {
        for (int table = 0; table < _withGaps?.Length; table++)
            Tables[table].ExchangeWith(_withGaps[table]);
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

    protected override int StepsOf(int table) => _steps[table];

    private AlignedBuffer[] LikeTables() => [.. Tables.Select(table => new AlignedBuffer(table.Length))];
}
