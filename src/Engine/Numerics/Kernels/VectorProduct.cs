using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>Products of a matrix with one vector, for learning one pixel at a time. Rows are padded with zeros to whole half panels.</summary>
internal static unsafe class VectorProduct<TVector, TOps>
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
{
    /// <summary><c>result = matrix * input + bias</c>.</summary>
    /// <param name="rows">Rows of the matrix.</param>
    /// <param name="stride">Floats of a row, padding included.</param>
    /// <param name="matrix"><c>[rows, stride]</c>.</param>
    /// <param name="input"><c>[stride]</c>, zero in the padding.</param>
    /// <param name="bias"><c>[rows]</c>.</param>
    /// <param name="result">Receives <c>[rows]</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(int rows, int stride, float* matrix, float* input, float* bias, float* result)
    {
        int row = 0;
        for (; row + 4 <= rows; row += 4, matrix += 4 * stride)
        {
            TVector s0 = TOps.Broadcast(0), s1 = s0, s2 = s0, s3 = s0;
            for (int i = 0; i < stride; i += TOps.Count)
            {
                TVector value = TOps.Load(input + i);
                s0 = TOps.MultiplyAdd(value, TOps.Load(matrix + i), s0);
                s1 = TOps.MultiplyAdd(value, TOps.Load(matrix + stride + i), s1);
                s2 = TOps.MultiplyAdd(value, TOps.Load(matrix + 2 * stride + i), s2);
                s3 = TOps.MultiplyAdd(value, TOps.Load(matrix + 3 * stride + i), s3);
            }
            result[row] = TOps.Sum(s0) + bias[row];
            result[row + 1] = TOps.Sum(s1) + bias[row + 1];
            result[row + 2] = TOps.Sum(s2) + bias[row + 2];
            result[row + 3] = TOps.Sum(s3) + bias[row + 3];
        }
        for (; row < rows; row++, matrix += stride)
        {
            TVector sum = TOps.Broadcast(0);
            for (int i = 0; i < stride; i += TOps.Count)
                sum = TOps.MultiplyAdd(TOps.Load(input + i), TOps.Load(matrix + i), sum);
            result[row] = TOps.Sum(sum) + bias[row];
        }
    }

    /// <summary>
    /// <c>result = matrixᵀ * errors</c> with the matrix as it is, and in the same pass <c>matrix -= rate * errors * inputᵀ</c>.
    /// </summary>
    /// <param name="rows">Rows of the matrix.</param>
    /// <param name="stride">Floats of a row, padding included.</param>
    /// <param name="matrix"><c>[rows, stride]</c>.</param>
    /// <param name="errors"><c>[rows]</c>: the loss's derivatives by the rows' sums.</param>
    /// <param name="input"><c>[stride]</c>, zero in the padding.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="result">Receives <c>[stride]</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void BackwardAndUpdate(int rows, int stride, float* matrix, float* errors, float* input, float rate, float* result)
    {
        new Span<float>(result, stride).Clear();
        int row = 0;
        for (; row + 2 <= rows; row += 2, matrix += 2 * stride)
        {
            TVector e0 = TOps.Broadcast(errors[row]), e1 = TOps.Broadcast(errors[row + 1]);
            TVector d0 = TOps.Broadcast(-rate * errors[row]), d1 = TOps.Broadcast(-rate * errors[row + 1]);
            float* next = matrix + stride;
            for (int i = 0; i < stride; i += TOps.Count)
            {
                TVector w0 = TOps.Load(matrix + i), w1 = TOps.Load(next + i), value = TOps.Load(input + i);
                TOps.Store(TOps.MultiplyAdd(e1, w1, TOps.MultiplyAdd(e0, w0, TOps.Load(result + i))), result + i);
                TOps.Store(TOps.MultiplyAdd(d0, value, w0), matrix + i);
                TOps.Store(TOps.MultiplyAdd(d1, value, w1), next + i);
            }
        }
        for (; row < rows; row++, matrix += stride)
        {
            TVector e = TOps.Broadcast(errors[row]), d = TOps.Broadcast(-rate * errors[row]);
            for (int i = 0; i < stride; i += TOps.Count)
            {
                TVector w = TOps.Load(matrix + i);
                TOps.Store(TOps.MultiplyAdd(e, w, TOps.Load(result + i)), result + i);
                TOps.Store(TOps.MultiplyAdd(d, TOps.Load(input + i), w), matrix + i);
            }
        }
    }
}
