using System.Runtime.CompilerServices;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Training;

/// <summary>The optimizers: from a name to all facts. Each is below; Muon has its own file.</summary>
internal static class Optimizers
{
    /// <summary>The optimizer of a name.</summary>
    public static OptimizerKind Of(Optimizer optimizer) => optimizer switch
    {
        Optimizer.Adam => new AdamKind(weightDecay: 0, isDecayDecoupled: false),
        Optimizer.AdamW => new AdamKind(weightDecay: 0.01, isDecayDecoupled: true),
        Optimizer.Sgd => new MomentumKind(momentum: 0, learningRate: 0.1, isNesterov: false),
        // A momentum of 0.9 makes steps ten times as long.
        Optimizer.Nesterov => new MomentumKind(momentum: 0.9, learningRate: 0.01, isNesterov: true),
        Optimizer.RMSProp => new RmsPropKind(),
        Optimizer.Muon => new MuonKind(),
        _ => throw new ArgumentOutOfRangeException(nameof(optimizer), optimizer, "There is no such optimizer."),
    };
}

/// <summary>An optimizer: its hyper-parameters, what it remembers and its step.</summary>
internal abstract class OptimizerKind
{
    /// <summary>The hyper-parameters' defaults: the values of its paper, or else of PyTorch.</summary>
    public abstract OptimizerValues Defaults { get; }

    /// <summary>The names, as a checkpoint has them, of what it remembers for each parameter of the layers.</summary>
    public abstract IReadOnlyList<string> StateNames { get; }

    /// <summary>The default learning rate.</summary>
    /// <param name="design">The network.</param>
    /// <param name="batchSize">Pixels in a step.</param>
    public virtual double DefaultRate(MlpDesign design, int batchSize) => LearningRates.AdaptiveStart(design, batchSize);

    /// <summary>Its step, element by element; for Muon the step of all but the hidden matrices.</summary>
    /// <param name="options">Options with every default filled in.</param>
    /// <param name="parameterLength">Floats of the parameters.</param>
    public abstract ParameterUpdater CreateUpdater<TVector, TOps>(TrainingOptions options, int parameterLength)
        where TVector : struct where TOps : struct, IVectorOps<TVector>;

    /// <summary>Its step for the matrices between hidden layers; null where they are updated as all else.</summary>
    /// <param name="options">Options with every default filled in.</param>
    /// <param name="network">The network.</param>
    public virtual MuonUpdater<TVector, TOps>? CreateMatrixUpdater<TVector, TOps>(TrainingOptions options, TiledNetwork network)
        where TVector : struct where TOps : struct, IVectorOps<TVector> => null;
}

/// <summary>An optimizer's hyper-parameters; null is one that it does not have.</summary>
/// <param name="Beta1">The share of the gradients' mean that each step keeps.</param>
/// <param name="Beta2">The share of the gradients' mean square that each step keeps.</param>
/// <param name="Epsilon">Added to that mean square's root, so that a division by it stays finite.</param>
/// <param name="Momentum">The share of the velocity that each step keeps.</param>
/// <param name="WeightDecay">How much the weights shrink; see <see cref="Optimizer"/>.</param>
internal sealed record OptimizerValues(double? Beta1, double? Beta2, double? Epsilon, double? Momentum, double WeightDecay);

/// <summary>
/// An optimizer's step and state, element by element. It updates a slice at a time, different slices on different threads. Weight decay
/// costs no branch: without it each product with it is exact.
/// </summary>
internal abstract unsafe class ParameterUpdater
{
    /// <summary>What it remembers, in the order of <see cref="OptimizerKind.StateNames"/>; laid out as the parameters.</summary>
    public abstract IReadOnlyList<AlignedBuffer> States { get; }

    /// <summary>Moves a slice of the parameters against the sum of the gradients.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="parameters">All parameters.</param>
    /// <param name="gradients">The gradients to add up, each laid out as the parameters.</param>
    /// <param name="gradientCount">How many.</param>
    /// <param name="learningRate">The learning rate of the slice at this step.</param>
    /// <param name="step">The step, from 1.</param>
    public abstract void Update(
        in ParameterSlice slice, float* parameters, float** gradients, int gradientCount, double learningRate, long step);
}

/// <summary>Adam (Kingma and Ba 2014, arXiv 1412.6980); with decoupled weight decay AdamW (Loshchilov and Hutter 2017).</summary>
internal sealed class AdamKind(double weightDecay, bool isDecayDecoupled) : OptimizerKind
{
    public override OptimizerValues Defaults => new(0.9, 0.999, 1e-8, null, weightDecay);

    public override IReadOnlyList<string> StateNames => ["mean", "variance"];

    public override ParameterUpdater CreateUpdater<TVector, TOps>(TrainingOptions options, int parameterLength) =>
        new AdamUpdater<TVector, TOps>(AdamSettings.Of(options, isDecayDecoupled), parameterLength);
}

/// <summary>Adam's hyper-parameters as its loops take them.</summary>
/// <param name="Beta1">The share of the mean that each step keeps, in [0, 1).</param>
/// <param name="Beta2">The share of the mean square that each step keeps, in [0, 1).</param>
/// <param name="Epsilon">Added to the mean square's root, above 0.</param>
/// <param name="WeightDecay">How much the weights shrink, at least 0.</param>
/// <param name="IsDecayDecoupled">Whether the weights shrink beside the step (AdamW) rather than through the gradient.</param>
internal readonly record struct AdamSettings(float Beta1, float Beta2, float Epsilon, float WeightDecay = 0, bool IsDecayDecoupled = false)
{
    /// <summary>The settings in a run's options.</summary>
    public static AdamSettings Of(TrainingOptions options, bool isDecayDecoupled) => new(
        (float)options.Beta1!.Value, (float)options.Beta2!.Value, (float)options.Epsilon!.Value, (float)options.WeightDecay!.Value,
        isDecayDecoupled);

    /// <summary>Rate and epsilon with the corrections for the moments' start folded in, as the paper's section 2 says.</summary>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="step">The step, from 1.</param>
    public (float Rate, float Epsilon) Corrected(double learningRate, long step)
    {
        double meanShare = 1 - Math.Pow(Beta1, step), varianceShare = Math.Sqrt(1 - Math.Pow(Beta2, step));
        return ((float)(learningRate * varianceShare / meanShare), (float)(Epsilon * varianceShare));
    }
}

/// <summary>Adam's step and its two moments.</summary>
internal sealed unsafe class AdamUpdater<TVector, TOps>(AdamSettings settings, int parameterLength) : ParameterUpdater
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
{
    private readonly AlignedBuffer _mean = new(parameterLength), _variance = new(parameterLength);

    public override IReadOnlyList<AlignedBuffer> States => [_mean, _variance];

    public override void Update(
        in ParameterSlice slice, float* parameters, float** gradients, int gradientCount, double learningRate, long step)
    {
        (float rate, float epsilon) = settings.Corrected(learningRate, step);
        Step(slice.Length, parameters + slice.Start, _mean.Pointer + slice.Start, _variance.Pointer + slice.Start,
            gradients, gradientCount, slice.Start, settings.Beta1, settings.Beta2, rate, epsilon,
            settings.IsDecayDecoupled ? 0 : settings.WeightDecay,
            settings.IsDecayDecoupled ? (float)(1 - learningRate * settings.WeightDecay) : 1);
    }

    /// <summary>
    /// The paper's algorithm 1: <c>m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g²; w -= rate * m / (sqrt(v) + epsilon)</c>.
    /// Before that <c>g += decay * w</c>, or for AdamW (its paper's algorithm 2) <c>w *= kept</c>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Step(
        int count, float* parameters, float* mean, float* variance, float** gradients, int gradientCount, int offset,
        float beta1, float beta2, float rate, float epsilon, float decay, float kept)
    {
        TVector b1 = TOps.Broadcast(beta1), b2 = TOps.Broadcast(beta2), c1 = TOps.Broadcast(1 - beta1), c2 = TOps.Broadcast(1 - beta2);
        TVector negativeRate = TOps.Broadcast(-rate), smallest = TOps.Broadcast(epsilon);
        TVector d = TOps.Broadcast(decay), keep = TOps.Broadcast(kept);
        for (int i = 0; i < count; i += TOps.Count)
        {
            TVector w = TOps.Load(parameters + i);
            TVector g = TOps.MultiplyAdd(d, w, SliceKernel<TVector, TOps>.Sum(gradients, gradientCount, offset + i));
            TVector m = TOps.MultiplyAdd(b1, TOps.Load(mean + i), TOps.Multiply(c1, g));
            TVector v = TOps.MultiplyAdd(b2, TOps.Load(variance + i), TOps.Multiply(c2, TOps.Multiply(g, g)));
            TOps.Store(m, mean + i);
            TOps.Store(v, variance + i);
            TVector change = TOps.Divide(m, TOps.Add(TOps.Sqrt(v), smallest));
            TOps.Store(TOps.MultiplyAdd(negativeRate, change, TOps.Multiply(w, keep)), parameters + i);
        }
    }
}

/// <summary>Gradient descent with a velocity, by Polyak or by Nesterov.</summary>
internal sealed class MomentumKind(double momentum, double learningRate, bool isNesterov) : OptimizerKind
{
    public override OptimizerValues Defaults => new(null, null, null, momentum, 0);

    public override IReadOnlyList<string> StateNames => ["velocity"];

    public override double DefaultRate(MlpDesign design, int batchSize) => learningRate;

    public override ParameterUpdater CreateUpdater<TVector, TOps>(TrainingOptions options, int parameterLength) =>
        new MomentumUpdater<TVector, TOps>((float)options.Momentum!.Value, (float)options.WeightDecay!.Value, isNesterov, parameterLength);
}

/// <summary>The steps of Polyak and Nesterov, and their velocity.</summary>
internal sealed unsafe class MomentumUpdater<TVector, TOps>(float momentum, float weightDecay, bool isNesterov, int parameterLength)
    : ParameterUpdater
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
{
    private readonly AlignedBuffer _velocity = new(parameterLength);

    public override IReadOnlyList<AlignedBuffer> States => [_velocity];

    public override void Update(
        in ParameterSlice slice, float* parameters, float** gradients, int gradientCount, double learningRate, long step)
    {
        if (isNesterov)
            Nesterov(slice, parameters, gradients, gradientCount, (float)learningRate);
        else
            Polyak(slice, parameters, gradients, gradientCount, (float)learningRate);
    }

    /// <summary>Gradient descent with momentum (Polyak 1964): <c>v = momentum * v + g + decay * w; w -= rate * v</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Polyak(in ParameterSlice slice, float* parameters, float** gradients, int gradientCount, float rate)
    {
        TVector keep = TOps.Broadcast(momentum), negativeRate = TOps.Broadcast(-rate), d = TOps.Broadcast(weightDecay);
        float* velocity = _velocity.Pointer;
        for (int i = slice.Start, end = slice.Start + slice.Length; i < end; i += TOps.Count)
        {
            TVector w = TOps.Load(parameters + i);
            TVector g = TOps.MultiplyAdd(d, w, SliceKernel<TVector, TOps>.Sum(gradients, gradientCount, i));
            TVector v = TOps.MultiplyAdd(keep, TOps.Load(velocity + i), g);
            TOps.Store(v, velocity + i);
            TOps.Store(TOps.MultiplyAdd(negativeRate, v, w), parameters + i);
        }
    }

    /// <summary>
    /// Gradient descent with Nesterov's momentum (Sutskever et al. 2013, "On the importance of initialization and momentum in deep
    /// learning", by its look-ahead weights): <c>g += decay * w; v = momentum * v + g; w -= rate * (g + momentum * v)</c>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Nesterov(in ParameterSlice slice, float* parameters, float** gradients, int gradientCount, float rate)
    {
        TVector keep = TOps.Broadcast(momentum), negativeRate = TOps.Broadcast(-rate), d = TOps.Broadcast(weightDecay);
        float* velocity = _velocity.Pointer;
        for (int i = slice.Start, end = slice.Start + slice.Length; i < end; i += TOps.Count)
        {
            TVector w = TOps.Load(parameters + i);
            TVector g = TOps.MultiplyAdd(d, w, SliceKernel<TVector, TOps>.Sum(gradients, gradientCount, i));
            TVector v = TOps.MultiplyAdd(keep, TOps.Load(velocity + i), g);
            TOps.Store(v, velocity + i);
            TOps.Store(TOps.MultiplyAdd(negativeRate, TOps.MultiplyAdd(keep, v, g), w), parameters + i);
        }
    }
}

/// <summary>RMSProp (Tieleman and Hinton 2012, lecture 6.5 of "Neural Networks for Machine Learning") with momentum.</summary>
internal sealed class RmsPropKind : OptimizerKind
{
    public override OptimizerValues Defaults => new(null, 0.99, 1e-8, 0, 0);

    public override IReadOnlyList<string> StateNames => ["square", "velocity"];

    public override ParameterUpdater CreateUpdater<TVector, TOps>(TrainingOptions options, int parameterLength) =>
        new RmsPropUpdater<TVector, TOps>(
            (float)options.Beta2!.Value, (float)options.Epsilon!.Value, (float)options.Momentum!.Value, (float)options.WeightDecay!.Value,
            parameterLength);
}

/// <summary>RMSProp's step, its mean square and its velocity.</summary>
internal sealed unsafe class RmsPropUpdater<TVector, TOps>(
    float beta2, float epsilon, float momentum, float weightDecay, int parameterLength) : ParameterUpdater
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
{
    private readonly AlignedBuffer _square = new(parameterLength), _velocity = new(parameterLength);

    public override IReadOnlyList<AlignedBuffer> States => [_square, _velocity];

    /// <summary>
    /// <c>g += decay * w; s = b2 s + (1 - b2) g²; v = momentum * v + g / (sqrt(s) + epsilon); w -= rate * v</c>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Update(
        in ParameterSlice slice, float* parameters, float** gradients, int gradientCount, double learningRate, long step)
    {
        TVector b2 = TOps.Broadcast(beta2), c2 = TOps.Broadcast(1 - beta2), smallest = TOps.Broadcast(epsilon);
        TVector keep = TOps.Broadcast(momentum), negativeRate = TOps.Broadcast(-(float)learningRate), d = TOps.Broadcast(weightDecay);
        float* square = _square.Pointer, velocity = _velocity.Pointer;
        for (int i = slice.Start, end = slice.Start + slice.Length; i < end; i += TOps.Count)
        {
            TVector w = TOps.Load(parameters + i);
            TVector g = TOps.MultiplyAdd(d, w, SliceKernel<TVector, TOps>.Sum(gradients, gradientCount, i));
            TVector s = TOps.MultiplyAdd(b2, TOps.Load(square + i), TOps.Multiply(c2, TOps.Multiply(g, g)));
            TVector v = TOps.MultiplyAdd(keep, TOps.Load(velocity + i), TOps.Divide(g, TOps.Add(TOps.Sqrt(s), smallest)));
            TOps.Store(s, square + i);
            TOps.Store(v, velocity + i);
            TOps.Store(TOps.MultiplyAdd(negativeRate, v, w), parameters + i);
        }
    }
}
