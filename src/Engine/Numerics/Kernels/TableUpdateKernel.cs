using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>The optimizer's arithmetic for tables of which a step touches only some entries.</summary>
internal static unsafe class TableUpdateKernel<TVector, TOps>
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
{
    /// <summary>
    /// Adam (see <see cref="UpdateKernel{TVector, TOps}"/>) where the gradient is not zero; an entry without a gradient stays as it
    /// is, its moments too (Müller et al. 2022, arXiv 2201.05989, section 4). The gradient is zero afterwards.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Adam(
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
}
