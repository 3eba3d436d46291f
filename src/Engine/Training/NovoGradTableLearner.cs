using System.Runtime.CompilerServices;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Training;

/// <summary>
/// Tables that move by gradient descent with a step size for each table: the learning rate over the root of the mean square of its
/// gradients, as in NovoGrad (Ginsburg et al. 2019, arXiv 1905.11286), without its momentum. Only entries that have a gradient count,
/// and only they move. Nothing is remembered for an entry, and in large tables the gradient of each pixel is added to the entries at
/// once: so beside the tables there is almost nothing, and a step takes no time for entries that no pixel needs.
/// </summary>
internal sealed unsafe class NovoGradTableLearner<TVector, TOps> : TableLearner
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
{
    /// <summary>What a step keeps of a table's mean square.</summary>
    private const float Kept = 0.95f;

    /// <summary>
    /// The most that a value moves, in learning rates: where most of a picture is smooth, its few edges have gradients of many times the
    /// mean, and a run without a limit breaks down at a rate of 0.03.
    /// </summary>
    private const float MostRates = 4;

    /// <inheritdoc cref="TableLearner(TiledNetwork, BatchPlan, int, Func{AlignedBuffer, bool})"/>
    /// <param name="network">A network whose encoding has tables.</param>
    /// <param name="plan">How batches are cut up.</param>
    /// <param name="batchSize">The most pixels in a batch.</param>
    /// <param name="isClipped">Whether the run clips gradients, and so needs the sum for every table.</param>
    public NovoGradTableLearner(TiledNetwork network, BatchPlan plan, int batchSize, bool isClipped)
        : base(network, plan, batchSize, hasSum: table => isClipped || EntriesOf(table, network) < TableOptimizers.FewestMovedAtOnce(batchSize)) =>
        MeanSquares = new float[Tables.Count];

    /// <summary>The mean square of each table's gradients, 0 before the first.</summary>
    public float[] MeanSquares { get; }

    /// <summary>The first step of all measures only.</summary>
    public override void Update(int table, int count, double learningRate, long step)
    {
        float mean = MeanSquares[table];
        float scale = mean > 0 ? (float)(-learningRate / Math.Sqrt(mean)) : 0;
        float most = MostRates * (float)learningRate;
        GradientSquares squares = GradientOf(table) is { } gradient
            ? Step(Tables[table].Length, Tables[table].Pointer, gradient.Pointer, scale, most)
            : Move(table, count, scale, most);
        if (squares.Count == 0)
            return;
        float now = (float)(squares.Sum / squares.Count);
        MeanSquares[table] = mean > 0 ? Kept * mean + (1 - Kept) * now : now;
    }

    private static int EntriesOf(AlignedBuffer table, TiledNetwork network) =>
        table.Length / (network.Design.Encoding.FeatureCount / network.Encoder!.Tables.Count);

    /// <summary>Adds the gradient times a scale, but no more than a limit; the gradient is zero afterwards.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static GradientSquares Step(int count, float* parameters, float* gradient, float scale, float most)
    {
        TVector zero = TOps.Broadcast(0), one = TOps.Broadcast(1), factor = TOps.Broadcast(scale), least = TOps.Broadcast(float.Epsilon);
        TVector highest = TOps.Broadcast(most), lowest = TOps.Broadcast(-most), squares = zero, touched = zero;
        for (int i = 0; i < count; i += TOps.Count)
        {
            TVector g = TOps.Load(gradient + i);
            squares = TOps.MultiplyAdd(g, g, squares);
            touched = TOps.Add(touched, TOps.Select(TOps.GreaterThanOrEqual(TOps.Abs(g), least), one, zero));
            TVector move = TOps.Min(TOps.Max(TOps.Multiply(factor, g), lowest), highest);
            TOps.Store(TOps.Add(TOps.Load(parameters + i), move), parameters + i);
            TOps.Store(zero, gradient + i);
        }
        return new GradientSquares(TOps.Sum(squares), (long)TOps.Sum(touched));
    }
}
