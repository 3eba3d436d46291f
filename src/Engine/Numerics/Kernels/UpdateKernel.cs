using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>
/// The optimizers' arithmetic, in one pass over the parameters: add up the groups' gradients, step. Weight decay costs no branch: without
/// it each product with it is exact.
/// </summary>
internal static unsafe class UpdateKernel<TVector, TOps>
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
{
    /// <summary>
    /// Adam (Kingma and Ba 2014, algorithm 1, with the corrections for the moments' start folded into the rate and epsilon as its
    /// section 2 says): <c>m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g²; w -= rate * m / (sqrt(v) + epsilon)</c>.
    /// Before that <c>g += decay * w</c>, or for AdamW (Loshchilov and Hutter 2017, algorithm 2) <c>w *= kept</c>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Adam(
        int count, float* parameters, float* mean, float* variance, float** gradients, int gradientCount, int offset,
        float beta1, float beta2, float rate, float epsilon, float decay, float kept)
    {
        TVector b1 = TOps.Broadcast(beta1), b2 = TOps.Broadcast(beta2), c1 = TOps.Broadcast(1 - beta1), c2 = TOps.Broadcast(1 - beta2);
        TVector negativeRate = TOps.Broadcast(-rate), smallest = TOps.Broadcast(epsilon);
        TVector d = TOps.Broadcast(decay), keep = TOps.Broadcast(kept);
        for (int i = 0; i < count; i += TOps.Count)
        {
            TVector w = TOps.Load(parameters + i);
            TVector g = TOps.MultiplyAdd(d, w, Sum(gradients, gradientCount, offset + i));
            TVector m = TOps.MultiplyAdd(b1, TOps.Load(mean + i), TOps.Multiply(c1, g));
            TVector v = TOps.MultiplyAdd(b2, TOps.Load(variance + i), TOps.Multiply(c2, TOps.Multiply(g, g)));
            TOps.Store(m, mean + i);
            TOps.Store(v, variance + i);
            TVector change = TOps.Divide(m, TOps.Add(TOps.Sqrt(v), smallest));
            TOps.Store(TOps.MultiplyAdd(negativeRate, change, TOps.Multiply(w, keep)), parameters + i);
        }
    }

    /// <summary>Gradient descent with momentum (Polyak 1964): <c>v = momentum * v + g + decay * w; w -= rate * v</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Momentum(
        int count, float* parameters, float* velocity, float** gradients, int gradientCount, int offset,
        float momentum, float rate, float decay)
    {
        TVector keep = TOps.Broadcast(momentum), negativeRate = TOps.Broadcast(-rate), d = TOps.Broadcast(decay);
        for (int i = 0; i < count; i += TOps.Count)
        {
            TVector w = TOps.Load(parameters + i), g = TOps.MultiplyAdd(d, w, Sum(gradients, gradientCount, offset + i));
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
    public static void Nesterov(
        int count, float* parameters, float* velocity, float** gradients, int gradientCount, int offset,
        float momentum, float rate, float decay)
    {
        TVector keep = TOps.Broadcast(momentum), negativeRate = TOps.Broadcast(-rate), d = TOps.Broadcast(decay);
        for (int i = 0; i < count; i += TOps.Count)
        {
            TVector w = TOps.Load(parameters + i), g = TOps.MultiplyAdd(d, w, Sum(gradients, gradientCount, offset + i));
            TVector v = TOps.MultiplyAdd(keep, TOps.Load(velocity + i), g);
            TOps.Store(v, velocity + i);
            TOps.Store(TOps.MultiplyAdd(negativeRate, TOps.MultiplyAdd(keep, v, g), w), parameters + i);
        }
    }

    /// <summary>
    /// RMSProp (Tieleman and Hinton 2012) with momentum: <c>g += decay * w; s = b2 s + (1 - b2) g²;
    /// v = momentum * v + g / (sqrt(s) + epsilon); w -= rate * v</c>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RmsProp(
        int count, float* parameters, float* square, float* velocity, float** gradients, int gradientCount, int offset,
        float beta2, float epsilon, float momentum, float rate, float decay)
    {
        TVector b2 = TOps.Broadcast(beta2), c2 = TOps.Broadcast(1 - beta2), smallest = TOps.Broadcast(epsilon);
        TVector keep = TOps.Broadcast(momentum), negativeRate = TOps.Broadcast(-rate), d = TOps.Broadcast(decay);
        for (int i = 0; i < count; i += TOps.Count)
        {
            TVector w = TOps.Load(parameters + i), g = TOps.MultiplyAdd(d, w, Sum(gradients, gradientCount, offset + i));
            TVector s = TOps.MultiplyAdd(b2, TOps.Load(square + i), TOps.Multiply(c2, TOps.Multiply(g, g)));
            TVector v = TOps.MultiplyAdd(keep, TOps.Load(velocity + i), TOps.Divide(g, TOps.Add(TOps.Sqrt(s), smallest)));
            TOps.Store(s, square + i);
            TOps.Store(v, velocity + i);
            TOps.Store(TOps.MultiplyAdd(negativeRate, v, w), parameters + i);
        }
    }

    /// <summary>
    /// Muon's momentum (Jordan et al. 2024): <c>v = momentum * v + (1 - momentum) g</c>, and over the first group's gradient goes
    /// Nesterov's <c>(1 - momentum) g + momentum * v</c>.
    /// </summary>
    /// <returns>The sum of the squares of what was written.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float MuonMomentum(int count, float* velocity, float** gradients, int gradientCount, int offset, float momentum)
    {
        TVector keep = TOps.Broadcast(momentum), share = TOps.Broadcast(1 - momentum), squares = TOps.Broadcast(0);
        for (int i = 0; i < count; i += TOps.Count)
        {
            TVector g = TOps.Multiply(share, Sum(gradients, gradientCount, offset + i));
            TVector v = TOps.MultiplyAdd(keep, TOps.Load(velocity + i), g), u = TOps.MultiplyAdd(keep, v, g);
            TOps.Store(v, velocity + i);
            TOps.Store(u, gradients[0] + offset + i);
            squares = TOps.MultiplyAdd(u, u, squares);
        }
        return TOps.Sum(squares);
    }

    /// <summary>A given step: <c>w = kept * w - rate * change</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Move(int count, float* parameters, float* change, float rate, float kept)
    {
        TVector negativeRate = TOps.Broadcast(-rate), keep = TOps.Broadcast(kept);
        for (int i = 0; i < count; i += TOps.Count)
        {
            TVector w = TOps.Multiply(keep, TOps.Load(parameters + i));
            TOps.Store(TOps.MultiplyAdd(negativeRate, TOps.Load(change + i), w), parameters + i);
        }
    }

    /// <summary>Adds the groups' gradients up into the first.</summary>
    /// <returns>The sum of the squares of the result.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float AddUp(int count, float** gradients, int gradientCount, int offset)
    {
        TVector squares = TOps.Broadcast(0);
        for (int i = 0; i < count; i += TOps.Count)
        {
            TVector g = Sum(gradients, gradientCount, offset + i);
            TOps.Store(g, gradients[0] + offset + i);
            squares = TOps.MultiplyAdd(g, g, squares);
        }
        return TOps.Sum(squares);
    }

    /// <summary>Multiplies values by a factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(int count, float* values, float factor)
    {
        TVector f = TOps.Broadcast(factor);
        for (int i = 0; i < count; i += TOps.Count)
            TOps.Store(TOps.Multiply(f, TOps.Load(values + i)), values + i);
    }

    /// <summary>Moves an average towards values: <c>average += share * (values - average)</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Average(int count, float* average, float* values, float share)
    {
        TVector s = TOps.Broadcast(share);
        for (int i = 0; i < count; i += TOps.Count)
        {
            TVector a = TOps.Load(average + i);
            TOps.Store(TOps.MultiplyAdd(s, TOps.Subtract(TOps.Load(values + i), a), a), average + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Sum(float** gradients, int count, int offset)
    {
        TVector sum = TOps.Load(gradients[0] + offset);
        for (int k = 1; k < count; k++)
            sum = TOps.Add(sum, TOps.Load(gradients[k] + offset));
        return sum;
    }
}
