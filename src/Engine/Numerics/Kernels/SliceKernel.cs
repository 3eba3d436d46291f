using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>What is done to slices of parameters and gradients whatever the optimizer.</summary>
internal static unsafe class SliceKernel<TVector, TOps>
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
{
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

    /// <summary>The sum of the groups' gradients at an offset.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sum(float** gradients, int count, int offset)
    {
        TVector sum = TOps.Load(gradients[0] + offset);
        for (int k = 1; k < count; k++)
            sum = TOps.Add(sum, TOps.Load(gradients[k] + offset));
        return sum;
    }
}
