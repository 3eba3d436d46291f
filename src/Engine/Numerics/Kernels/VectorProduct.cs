using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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
    /// <param name="bias"><c>[rows]</c>, or null for none.</param>
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
            TOps.Sums(s0, s1, s2, s3).Store(result + row);
        }
        for (; row < rows; row++, matrix += stride)
        {
            TVector sum = TOps.Broadcast(0);
            for (int i = 0; i < stride; i += TOps.Count)
                sum = TOps.MultiplyAdd(TOps.Load(input + i), TOps.Load(matrix + i), sum);
            result[row] = TOps.Sum(sum);
        }
        for (row = 0; bias is not null && row < rows; row++)
            result[row] += bias[row];
    }

    /// <summary><c>result += matrixᵀ * factors</c>.</summary>
    /// <param name="rows">Rows of the matrix.</param>
    /// <param name="stride">Floats of a row, padding included.</param>
    /// <param name="matrix"><c>[rows, stride]</c>.</param>
    /// <param name="factors"><c>[rows]</c>.</param>
    /// <param name="result">What is added to, <c>[stride]</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddTransposed(int rows, int stride, float* matrix, float* factors, float* result)
    {
        int row = 0;
        for (; row + 4 <= rows; row += 4, matrix += 4 * stride)
        {
            TVector f0 = TOps.Broadcast(factors + row), f1 = TOps.Broadcast(factors + row + 1);
            TVector f2 = TOps.Broadcast(factors + row + 2), f3 = TOps.Broadcast(factors + row + 3);
            for (int i = 0; i < stride; i += TOps.Count)
            {
                TVector sum = TOps.MultiplyAdd(f0, TOps.Load(matrix + i), TOps.Load(result + i));
                sum = TOps.MultiplyAdd(f1, TOps.Load(matrix + stride + i), sum);
                sum = TOps.MultiplyAdd(f2, TOps.Load(matrix + 2 * stride + i), sum);
                TOps.Store(TOps.MultiplyAdd(f3, TOps.Load(matrix + 3 * stride + i), sum), result + i);
            }
        }
        for (; row < rows; row++, matrix += stride)
        {
            TVector factor = TOps.Broadcast(factors + row);
            for (int i = 0; i < stride; i += TOps.Count)
                TOps.Store(TOps.MultiplyAdd(factor, TOps.Load(matrix + i), TOps.Load(result + i)), result + i);
        }
    }

    /// <summary><c>matrix += leftᵀ * right</c>, where the two have few rows.</summary>
    /// <param name="rows">Rows of the matrix.</param>
    /// <param name="stride">Floats of a row of the matrix and of <paramref name="right"/>, padding included.</param>
    /// <param name="matrix"><c>[rows, stride]</c>.</param>
    /// <param name="count">Rows of the two.</param>
    /// <param name="leftStride">Floats of a row of <paramref name="left"/>, padding included.</param>
    /// <param name="left"><c>[count, leftStride]</c>.</param>
    /// <param name="right"><c>[count, stride]</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddProduct(int rows, int stride, float* matrix, int count, int leftStride, float* left, float* right)
    {
        int row = 0;
        for (; row + 4 <= rows; row += 4, matrix += 4 * stride)
        {
            int i = 0;
            for (; i + 2 * TOps.Count <= stride; i += 2 * TOps.Count)
            {
                float* w0 = matrix + i, w1 = w0 + stride, w2 = w1 + stride, w3 = w2 + stride;
                TVector s00 = TOps.Load(w0), s01 = TOps.Load(w0 + TOps.Count), s10 = TOps.Load(w1), s11 = TOps.Load(w1 + TOps.Count);
                TVector s20 = TOps.Load(w2), s21 = TOps.Load(w2 + TOps.Count), s30 = TOps.Load(w3), s31 = TOps.Load(w3 + TOps.Count);
                float* factors = left + row, values = right + i;
                for (int k = 0; k < count; k++, factors += leftStride, values += stride)
                {
                    TVector v0 = TOps.Load(values), v1 = TOps.Load(values + TOps.Count), factor = TOps.Broadcast(factors);
                    (s00, s01) = (TOps.MultiplyAdd(factor, v0, s00), TOps.MultiplyAdd(factor, v1, s01));
                    factor = TOps.Broadcast(factors + 1);
                    (s10, s11) = (TOps.MultiplyAdd(factor, v0, s10), TOps.MultiplyAdd(factor, v1, s11));
                    factor = TOps.Broadcast(factors + 2);
                    (s20, s21) = (TOps.MultiplyAdd(factor, v0, s20), TOps.MultiplyAdd(factor, v1, s21));
                    factor = TOps.Broadcast(factors + 3);
                    (s30, s31) = (TOps.MultiplyAdd(factor, v0, s30), TOps.MultiplyAdd(factor, v1, s31));
                }
                TOps.Store(s00, w0);
                TOps.Store(s01, w0 + TOps.Count);
                TOps.Store(s10, w1);
                TOps.Store(s11, w1 + TOps.Count);
                TOps.Store(s20, w2);
                TOps.Store(s21, w2 + TOps.Count);
                TOps.Store(s30, w3);
                TOps.Store(s31, w3 + TOps.Count);
            }
            for (int next = 0; next < 4; next++)
                AddProductRow(i, stride, matrix + next * stride, count, leftStride, left + row + next, right);
        }
        for (; row < rows; row++, matrix += stride)
            AddProductRow(0, stride, matrix, count, leftStride, left + row, right);
    }

    /// <summary>The same for one row, from a column on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddProductRow(int from, int stride, float* row, int count, int leftStride, float* left, float* right)
    {
        for (int i = from; i < stride; i += TOps.Count)
        {
            TVector sum = TOps.Load(row + i);
            for (int k = 0; k < count; k++)
                sum = TOps.MultiplyAdd(TOps.Broadcast(left + k * leftStride), TOps.Load(right + k * stride + i), sum);
            TOps.Store(sum, row + i);
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
