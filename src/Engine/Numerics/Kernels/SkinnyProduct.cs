using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MonaLisa.Engine.Numerics;

/// <summary>
/// The products that a few output columns need: dot products along the rows of a packed matrix, which cost by the column where the
/// <see cref="Microkernel{TVector, TOps}"/> would cost a whole panel; and sums down a column.
/// </summary>
internal static unsafe class SkinnyProduct<TVector, TOps>
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
{
    private const int RowsTogether = 4;

    /// <summary><c>C = A * B + bias</c> for a network's outputs.</summary>
    /// <param name="rows">Rows to compute; up to a multiple of four all are read and written.</param>
    /// <param name="terms">Columns of A; the padding of A's last computed half panel may hold any finite number.</param>
    /// <param name="columns">Columns of B and C: 1, 3 or 4.</param>
    /// <param name="a">A packed <c>[rows, terms]</c>.</param>
    /// <param name="aPanelStride">Floats from a panel of A to the next.</param>
    /// <param name="b">B's columns as rows: panel by panel <c>[columns, 32]</c>, zero in the padding.</param>
    /// <param name="bias"><c>[columns]</c>.</param>
    /// <param name="c">A skinny <c>[rows, columns]</c>.</param>
    public static void Multiply(int rows, int terms, int columns, float* a, int aPanelStride, float* b, float* bias, float* c)
    {
        switch (columns)
        {
            case 1:
                Multiply<One>(rows, terms, a, aPanelStride, b, bias, c);
                break;
            case 3:
                Multiply<Three>(rows, terms, a, aPanelStride, b, bias, c);
                break;
            case 4:
                Multiply<Four>(rows, terms, a, aPanelStride, b, bias, c);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(columns), columns, "A network has 1, 3 or 4 outputs.");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<TColumns>(int rows, int terms, float* a, int aPanelStride, float* b, float* bias, float* c)
        where TColumns : struct, IConstant
    {
        const int Width = PanelLayout.Width;
        int panels = PanelLayout.PanelCount(terms);
        for (int row = 0; row < rows; row += RowsTogether)
        {
            TVector s00 = TOps.Broadcast(0), s01 = s00, s02 = s00, s03 = s00, s10 = s00, s11 = s00, s12 = s00, s13 = s00;
            TVector s20 = s00, s21 = s00, s22 = s00, s23 = s00, s30 = s00, s31 = s00, s32 = s00, s33 = s00;
            float* rowOfA = a + row * Width, panelOfB = b;
            for (int panel = 0; panel < panels; panel++, rowOfA += aPanelStride, panelOfB += TColumns.Value * Width)
            {
                int computed = PanelLayout.ComputedColumns(panel, terms);
                for (int k = 0; k < computed; k += TOps.Count)
                {
                    TVector a0 = TOps.Load(rowOfA + k), a1 = TOps.Load(rowOfA + Width + k);
                    TVector a2 = TOps.Load(rowOfA + 2 * Width + k), a3 = TOps.Load(rowOfA + 3 * Width + k);
                    TVector column = TOps.Load(panelOfB + k);
                    s00 = TOps.MultiplyAdd(a0, column, s00);
                    s10 = TOps.MultiplyAdd(a1, column, s10);
                    s20 = TOps.MultiplyAdd(a2, column, s20);
                    s30 = TOps.MultiplyAdd(a3, column, s30);
                    if (TColumns.Value > 1)
                    {
                        column = TOps.Load(panelOfB + Width + k);
                        s01 = TOps.MultiplyAdd(a0, column, s01);
                        s11 = TOps.MultiplyAdd(a1, column, s11);
                        s21 = TOps.MultiplyAdd(a2, column, s21);
                        s31 = TOps.MultiplyAdd(a3, column, s31);
                        column = TOps.Load(panelOfB + 2 * Width + k);
                        s02 = TOps.MultiplyAdd(a0, column, s02);
                        s12 = TOps.MultiplyAdd(a1, column, s12);
                        s22 = TOps.MultiplyAdd(a2, column, s22);
                        s32 = TOps.MultiplyAdd(a3, column, s32);
                    }
                    if (TColumns.Value > 3)
                    {
                        column = TOps.Load(panelOfB + 3 * Width + k);
                        s03 = TOps.MultiplyAdd(a0, column, s03);
                        s13 = TOps.MultiplyAdd(a1, column, s13);
                        s23 = TOps.MultiplyAdd(a2, column, s23);
                        s33 = TOps.MultiplyAdd(a3, column, s33);
                    }
                }
            }
            float* rowOfC = c + PanelLayout.SkinnyOffset(row, TColumns.Value);
            StoreSums(s00, s10, s20, s30, bias[0], rowOfC);
            if (TColumns.Value > 1)
            {
                StoreSums(s01, s11, s21, s31, bias[1], rowOfC + Width);
                StoreSums(s02, s12, s22, s32, bias[2], rowOfC + 2 * Width);
            }
            if (TColumns.Value > 3)
                StoreSums(s03, s13, s23, s33, bias[3], rowOfC + 3 * Width);
        }
    }

    /// <summary>Neighbouring rows of one column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreSums(TVector first, TVector second, TVector third, TVector fourth, float bias, float* c) =>
        (TOps.Sums(first, second, third, fourth) + Vector128.Create(bias)).Store(c);

    /// <summary>
    /// The sum of each column of a packed matrix, added to what the sums hold row after row: cutting the rows up changes nothing.
    /// Four vectors of columns at a time, since each waits for its last addition.
    /// </summary>
    /// <param name="rows">Rows of the matrix.</param>
    /// <param name="columns">Columns to sum, from the left; a multiple of <see cref="PanelLayout.HalfWidth"/>.</param>
    /// <param name="matrix"><c>[rows, columns]</c>.</param>
    /// <param name="layout">How it lies.</param>
    /// <param name="sums"><c>[columns]</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddColumnSums(int rows, int columns, float* matrix, PackedLayout layout, float* sums)
    {
        for (int first = 0; first < columns; first += 4 * TOps.Count)
        {
            // Where there are fewer, the last is summed again, and stored once.
            int last = columns - TOps.Count;
            int second = Math.Min(first + TOps.Count, last), third = Math.Min(second + TOps.Count, last), fourth = Math.Min(third + TOps.Count, last);
            TVector s0 = TOps.Load(sums + first), s1 = TOps.Load(sums + second), s2 = TOps.Load(sums + third), s3 = TOps.Load(sums + fourth);
            float* v0 = matrix + layout.Column(first), v1 = matrix + layout.Column(second);
            float* v2 = matrix + layout.Column(third), v3 = matrix + layout.Column(fourth);
            for (int row = 0, place = 0; row < rows; row++, place += layout.RowStride)
            {
                s0 = TOps.Add(s0, TOps.Load(v0 + place));
                s1 = TOps.Add(s1, TOps.Load(v1 + place));
                s2 = TOps.Add(s2, TOps.Load(v2 + place));
                s3 = TOps.Add(s3, TOps.Load(v3 + place));
            }
            TOps.Store(s0, sums + first);
            TOps.Store(s1, sums + second);
            TOps.Store(s2, sums + third);
            TOps.Store(s3, sums + fourth);
        }
    }

    /// <summary>
    /// The sum of each column of a skinny matrix, added to what the sums hold: each chunk's sum is, one after the other, so that cutting
    /// the chunks up changes nothing.
    /// </summary>
    /// <param name="rows">Rows of the matrix; those beyond, to the end of the last chunk, are zero.</param>
    /// <param name="columns">Columns of the matrix.</param>
    /// <param name="matrix">A skinny <c>[rows, columns]</c>.</param>
    /// <param name="sums"><c>[columns]</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddSkinnyColumnSums(int rows, int columns, float* matrix, float* sums)
    {
        const int Width = PanelLayout.Width;
        for (int row = 0; row < rows; row += Width)
            for (int column = 0; column < columns; column++, matrix += Width)
            {
                TVector sum = TOps.Load(matrix);
                for (int i = TOps.Count; i < Width; i += TOps.Count)
                    sum = TOps.Add(sum, TOps.Load(matrix + i));
                sums[column] += TOps.Sum(sum);
            }
    }
}
