using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Kernels;

/// <summary>The optimizers' arithmetic, in one pass over the parameters: add up the groups' gradients, step.</summary>
internal static unsafe class UpdateKernel<TVector, TOps>
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
{
    /// <summary>
    /// Adam (Kingma and Ba 2014, algorithm 1, with the corrections for the moments' start folded into the rate and epsilon as its
    /// section 2 says): <c>m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g²; w -= rate * m / (sqrt(v) + epsilon)</c>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Adam(
        int count, float* parameters, float* mean, float* variance, float** gradients, int gradientCount, int offset,
        float beta1, float beta2, float rate, float epsilon)
    {
        TVector b1 = TOps.Broadcast(beta1), b2 = TOps.Broadcast(beta2), c1 = TOps.Broadcast(1 - beta1), c2 = TOps.Broadcast(1 - beta2);
        TVector negativeRate = TOps.Broadcast(-rate), smallest = TOps.Broadcast(epsilon);
        for (int i = 0; i < count; i += TOps.Count)
        {
            TVector g = Sum(gradients, gradientCount, offset + i);
            TVector m = TOps.MultiplyAdd(b1, TOps.Load(mean + i), TOps.Multiply(c1, g));
            TVector v = TOps.MultiplyAdd(b2, TOps.Load(variance + i), TOps.Multiply(c2, TOps.Multiply(g, g)));
            TOps.Store(m, mean + i);
            TOps.Store(v, variance + i);
            TVector change = TOps.Divide(m, TOps.Add(TOps.Sqrt(v), smallest));
            TOps.Store(TOps.MultiplyAdd(negativeRate, change, TOps.Load(parameters + i)), parameters + i);
        }
    }

    /// <summary>Gradient descent with momentum (Polyak 1964): <c>v = momentum * v + g; w -= rate * v</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Momentum(
        int count, float* parameters, float* velocity, float** gradients, int gradientCount, int offset, float momentum, float rate)
    {
        TVector keep = TOps.Broadcast(momentum), negativeRate = TOps.Broadcast(-rate);
        for (int i = 0; i < count; i += TOps.Count)
        {
            TVector v = TOps.MultiplyAdd(keep, TOps.Load(velocity + i), Sum(gradients, gradientCount, offset + i));
            TOps.Store(v, velocity + i);
            TOps.Store(TOps.MultiplyAdd(negativeRate, v, TOps.Load(parameters + i)), parameters + i);
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
