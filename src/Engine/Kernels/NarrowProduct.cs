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
    /// <summary><c>C = A * B + bias</c> for a network's outputs.</summary>
    /// <param name="rows">Rows to compute; an odd last row reads and writes its neighbour too.</param>
    /// <param name="terms">Columns of A; the padding of A's last computed half panel may hold any finite number.</param>
    /// <param name="columns">Columns of B and C: 1, 3 or 4.</param>
    /// <param name="a">A wide <c>[rows, terms]</c>.</param>
    /// <param name="aPanelStride">Floats from a panel of A to the next.</param>
    /// <param name="b">B's columns as rows: panel by panel <c>[columns, 32]</c>, zero in the padding.</param>
    /// <param name="bias"><c>[columns]</c>.</param>
    /// <param name="c">A narrow <c>[rows, columns]</c>.</param>
    public static void Multiply(int rows, int terms, int columns, float* a, int aPanelStride, float* b, float* bias, float* c)
    {
        switch (columns)
        {
            case 1:
                Multiply<OneColumn>(rows, terms, a, aPanelStride, b, bias, c);
                break;
            case 3:
                Multiply<ThreeColumns>(rows, terms, a, aPanelStride, b, bias, c);
                break;
            case 4:
                Multiply<FourColumns>(rows, terms, a, aPanelStride, b, bias, c);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(columns), columns, "A network has 1, 3 or 4 outputs.");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<TColumns>(int rows, int terms, float* a, int aPanelStride, float* b, float* bias, float* c)
        where TColumns : struct, IColumnCount
    {
        const int Width = PanelLayout.Width;
        int panels = PanelLayout.PanelCount(terms);
        for (int row = 0; row < rows; row += 2)
        {
            TVector s00 = TOps.Broadcast(0), s01 = s00, s02 = s00, s03 = s00, s10 = s00, s11 = s00, s12 = s00, s13 = s00;
            float* rowOfA = a + row * Width, panelOfB = b;
            for (int panel = 0; panel < panels; panel++, rowOfA += aPanelStride, panelOfB += TColumns.Count * Width)
            {
                int computed = PanelLayout.ComputedColumns(panel, terms);
                for (int k = 0; k < computed; k += TOps.Count)
                {
                    TVector a0 = TOps.Load(rowOfA + k), a1 = TOps.Load(rowOfA + Width + k);
                    TVector b0 = TOps.Load(panelOfB + k);
                    s00 = TOps.MultiplyAdd(a0, b0, s00);
                    s10 = TOps.MultiplyAdd(a1, b0, s10);
                    if (TColumns.Count > 1)
                    {
                        TVector b1 = TOps.Load(panelOfB + Width + k), b2 = TOps.Load(panelOfB + 2 * Width + k);
                        s01 = TOps.MultiplyAdd(a0, b1, s01);
                        s02 = TOps.MultiplyAdd(a0, b2, s02);
                        s11 = TOps.MultiplyAdd(a1, b1, s11);
                        s12 = TOps.MultiplyAdd(a1, b2, s12);
                    }
                    if (TColumns.Count > 3)
                    {
                        TVector b3 = TOps.Load(panelOfB + 3 * Width + k);
                        s03 = TOps.MultiplyAdd(a0, b3, s03);
                        s13 = TOps.MultiplyAdd(a1, b3, s13);
                    }
                }
            }
            float* rowOfC = c + PanelLayout.NarrowOffset(row, TColumns.Count);
            StorePair(s00, s10, bias[0], rowOfC);
            if (TColumns.Count > 1)
            {
                StorePair(s01, s11, bias[1], rowOfC + Width);
                StorePair(s02, s12, bias[2], rowOfC + 2 * Width);
            }
            if (TColumns.Count > 3)
                StorePair(s03, s13, bias[3], rowOfC + 3 * Width);
        }
    }

    /// <summary>Two neighbouring rows of one column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePair(TVector first, TVector second, float bias, float* c)
    {
        c[0] = TOps.Sum(first) + bias;
        c[1] = TOps.Sum(second) + bias;
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

    /// <summary>The sum of each column of a narrow matrix, likewise.</summary>
    /// <param name="rows">Rows of the matrix.</param>
    /// <param name="columns">Columns of the matrix: 1, 3 or 4.</param>
    /// <param name="matrix">A narrow <c>[rows, columns]</c>.</param>
    /// <param name="sums"><c>[columns]</c>.</param>
    public static void AddNarrowColumnSums(int rows, int columns, float* matrix, float* sums)
    {
        switch (columns)
        {
            case 1:
                AddNarrowColumnSums<OneColumn>(rows, matrix, sums);
                break;
            case 3:
                AddNarrowColumnSums<ThreeColumns>(rows, matrix, sums);
                break;
            case 4:
                AddNarrowColumnSums<FourColumns>(rows, matrix, sums);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(columns), columns, "A network has 1, 3 or 4 outputs.");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddNarrowColumnSums<TColumns>(int rows, float* matrix, float* sums)
        where TColumns : struct, IColumnCount
    {
        const int Width = PanelLayout.Width;
        float first = sums[0], second = 0, third = 0, fourth = 0;
        if (TColumns.Count > 1)
            (second, third) = (sums[1], sums[2]);
        if (TColumns.Count > 3)
            fourth = sums[3];
        for (int row = 0; row < rows; row++)
        {
            float* value = matrix + PanelLayout.NarrowOffset(row, TColumns.Count);
            first += value[0];
            if (TColumns.Count > 1)
            {
                second += value[Width];
                third += value[2 * Width];
            }
            if (TColumns.Count > 3)
                fourth += value[3 * Width];
        }
        sums[0] = first;
        if (TColumns.Count > 1)
            (sums[1], sums[2]) = (second, third);
        if (TColumns.Count > 3)
            sums[3] = fourth;
    }
}
