using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Kernels;

/// <summary>
/// The products that a few output columns need: dot products along the rows of a wide matrix, which cost by the column where the
/// <see cref="Microkernel{TVector, TOps}"/> would cost a whole panel; and sums down a column.
/// </summary>
internal static unsafe class NarrowProduct<TVector, TOps>
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
{
    /// <summary><c>C = A * B + bias</c> for three columns.</summary>
    /// <param name="rows">Rows to compute; an odd last row reads and writes its neighbour too.</param>
    /// <param name="terms">Columns of A; the padding of A's last computed half panel may hold any finite number.</param>
    /// <param name="a">A wide <c>[rows, terms]</c>.</param>
    /// <param name="aPanelStride">Floats from a panel of A to the next.</param>
    /// <param name="b">B's columns as rows: panel by panel <c>[3, 32]</c>, zero in the padding.</param>
    /// <param name="bias"><c>[3]</c>.</param>
    /// <param name="c">A narrow <c>[rows, 3]</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyThreeColumns(int rows, int terms, float* a, int aPanelStride, float* b, float* bias, float* c)
    {
        const int Width = PanelLayout.Width, Columns = 3;
        int panels = PanelLayout.PanelCount(terms);
        for (int row = 0; row < rows; row += 2)
        {
            TVector s00 = TOps.Broadcast(0), s01 = s00, s02 = s00, s10 = s00, s11 = s00, s12 = s00;
            float* rowOfA = a + row * Width, panelOfB = b;
            for (int panel = 0; panel < panels; panel++, rowOfA += aPanelStride, panelOfB += Columns * Width)
            {
                int columns = PanelLayout.ComputedColumns(panel, terms);
                for (int k = 0; k < columns; k += TOps.Count)
                {
                    TVector a0 = TOps.Load(rowOfA + k), a1 = TOps.Load(rowOfA + Width + k);
                    TVector b0 = TOps.Load(panelOfB + k), b1 = TOps.Load(panelOfB + Width + k), b2 = TOps.Load(panelOfB + 2 * Width + k);
                    s00 = TOps.MultiplyAdd(a0, b0, s00);
                    s01 = TOps.MultiplyAdd(a0, b1, s01);
                    s02 = TOps.MultiplyAdd(a0, b2, s02);
                    s10 = TOps.MultiplyAdd(a1, b0, s10);
                    s11 = TOps.MultiplyAdd(a1, b1, s11);
                    s12 = TOps.MultiplyAdd(a1, b2, s12);
                }
            }
            float* rowOfC = c + PanelLayout.NarrowOffset(row, Columns);
            rowOfC[0] = TOps.Sum(s00) + bias[0];
            rowOfC[1] = TOps.Sum(s10) + bias[0];
            rowOfC[Width] = TOps.Sum(s01) + bias[1];
            rowOfC[Width + 1] = TOps.Sum(s11) + bias[1];
            rowOfC[2 * Width] = TOps.Sum(s02) + bias[2];
            rowOfC[2 * Width + 1] = TOps.Sum(s12) + bias[2];
        }
    }

    /// <summary>
    /// The sum of each column of a row-major matrix, added to what the sums hold row after row: cutting the rows up changes nothing.
    /// </summary>
    /// <param name="rows">Rows of the matrix.</param>
    /// <param name="columns">Columns to sum, from the left; a multiple of <see cref="PanelLayout.HalfWidth"/>.</param>
    /// <param name="stride">Floats from a row to the next.</param>
    /// <param name="matrix"><c>[rows, stride]</c>.</param>
    /// <param name="sums"><c>[columns]</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddColumnSums(int rows, int columns, int stride, float* matrix, float* sums)
    {
        int column = 0;
        for (; column + 2 * TOps.Count <= columns; column += 2 * TOps.Count)
        {
            TVector left = TOps.Load(sums + column), right = TOps.Load(sums + column + TOps.Count);
            float* value = matrix + column;
            for (int row = 0; row < rows; row++, value += stride)
            {
                left = TOps.Add(left, TOps.Load(value));
                right = TOps.Add(right, TOps.Load(value + TOps.Count));
            }
            TOps.Store(left, sums + column);
            TOps.Store(right, sums + column + TOps.Count);
        }
        for (; column < columns; column += TOps.Count)
        {
            TVector sum = TOps.Load(sums + column);
            float* value = matrix + column;
            for (int row = 0; row < rows; row++, value += stride)
                sum = TOps.Add(sum, TOps.Load(value));
            TOps.Store(sum, sums + column);
        }
    }

    /// <summary>The sum of each column of a narrow matrix of three columns, likewise.</summary>
    /// <param name="rows">Rows of the matrix.</param>
    /// <param name="matrix">A narrow <c>[rows, 3]</c>.</param>
    /// <param name="sums"><c>[3]</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddThreeColumnSums(int rows, float* matrix, float* sums)
    {
        const int Width = PanelLayout.Width, Columns = 3;
        float first = sums[0], second = sums[1], third = sums[2];
        for (int row = 0; row < rows; row++)
        {
            float* value = matrix + PanelLayout.NarrowOffset(row, Columns);
            first += value[0];
            second += value[Width];
            third += value[2 * Width];
        }
        (sums[0], sums[1], sums[2]) = (first, second, third);
    }
}
