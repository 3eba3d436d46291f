using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Tests;

/// <summary>The output layer's products and the sums down columns, against double precision at every width.</summary>
[Trait("Runs", "AtEveryWidth")]
public unsafe class SkinnyProductTests
{
    private const int Width = PanelLayout.Width, Capacity = 3 * Width;

    /// <summary>Rounding of a sum, as a share of its terms' magnitudes.</summary>
    private const double Bound = 1e-6;

    /// <summary>Whole and ragged numbers of rows, of less than a chunk and more.</summary>
    private static readonly int[] RowCounts = [1, 2, 3, 4, 5, 31, 32, 33, 70, Capacity];

    public static TheoryData<string> InstructionSets => InstructionSetSupport.Names;

    [Theory, MemberData(nameof(InstructionSets))]
    public void Outputs_are_the_sums_of_the_products_and_the_bias(string width)
    {
        foreach (int columns in (int[])[1, 3, 4])
            foreach (int terms in (int[])[1, 5, 16, 17, 32, 40, 64, 90])
                foreach (int rows in RowCounts)
                    KernelDispatch.Create(InstructionSetSupport.Require(width), Activation.ReLU, new ProductCheck(rows, terms, columns));
    }

    [Theory, MemberData(nameof(InstructionSets))]
    public void Columns_of_panels_and_of_row_major_matrices_are_summed_wherever_the_rows_are_cut(string width)
    {
        foreach (int columns in (int[])[16, 32, 48, 64, 80, 96, 144])
            foreach (int rows in RowCounts)
            {
                var panels = new PackedLayout(Width, Capacity * Width);
                var rowMajor = new PackedLayout(columns, Width);
                foreach (PackedLayout layout in (PackedLayout[])[panels, rowMajor])
                    KernelDispatch.Create(InstructionSetSupport.Require(width), Activation.ReLU, new ColumnSumCheck(rows, columns, layout));
            }
    }

    [Theory, MemberData(nameof(InstructionSets))]
    public void Columns_of_skinny_matrices_are_summed_wherever_the_chunks_are_cut(string width)
    {
        foreach (int columns in (int[])[1, 3, 4])
            foreach (int rows in RowCounts)
                KernelDispatch.Create(InstructionSetSupport.Require(width), Activation.ReLU, new SkinnySumCheck(rows, columns));
    }

    private static AlignedBuffer Values(int length, int seed)
    {
        var values = new AlignedBuffer(length);
        var random = new Random(seed);
        foreach (ref float value in values.Span)
            value = (float)(random.NextDouble() * 2 - 1);
        return values;
    }

    private static void AssertIsSum(float actual, IEnumerable<double> terms)
    {
        double expected = terms.Sum(), magnitude = terms.Sum(Math.Abs);
        Assert.True(Math.Abs(actual - expected) <= Bound * magnitude, $"{actual:R} is not {expected:R}.");
    }

    private sealed class ProductCheck(int rows, int terms, int columns) : IKernelFactory<bool>
    {
        public bool Create<TVector, TOps, TActivation>()
            where TVector : struct
            where TOps : struct, IVectorOps<TVector>
            where TActivation : struct, IActivationKernel
        {
            var layout = new PackedLayout(Width, Capacity * Width);
            int panels = PanelLayout.PanelCount(terms);
            AlignedBuffer a = Values(panels * layout.PanelStride, seed: 1), b = new(panels * columns * Width), bias = Values(columns, seed: 2);
            AlignedBuffer weights = Values(columns * terms, seed: 3), c = new(Capacity * columns);
            for (int i = 0; i < columns * terms; i++)
                b.Span[(i % terms / Width * columns + i / terms) * Width + i % terms % Width] = weights.Span[i];
            c.Span.Fill(float.NaN);
            SkinnyProduct<TVector, TOps>.Multiply(rows, terms, columns, a.Pointer, layout.PanelStride, b.Pointer, bias.Pointer, c.Pointer);
            GC.KeepAlive(b);
            for (int i = 0; i < rows * columns; i++)
            {
                (int row, int column) = (i / columns, i % columns);
                AssertIsSum(c.Span[PanelLayout.SkinnyOffset(row, columns) + column * Width], Enumerable.Range(0, terms)
                    .Select(k => (double)a.Span[layout.Column(k) + row * layout.RowStride] * weights.Span[column * terms + k])
                    .Prepend(bias.Span[column]));
            }
            return true;
        }
    }

    private sealed class ColumnSumCheck(int rows, int columns, PackedLayout layout) : IKernelFactory<bool>
    {
        public bool Create<TVector, TOps, TActivation>()
            where TVector : struct
            where TOps : struct, IVectorOps<TVector>
            where TActivation : struct, IActivationKernel
        {
            AlignedBuffer matrix = Values(Capacity * PanelLayout.PaddedColumns(columns), seed: 4);
            AlignedBuffer start = Values(columns, seed: 5), sums = new(columns + Width), parts = new(columns);
            start.Span.CopyTo(sums.Span);
            start.Span.CopyTo(parts.Span);
            AddColumnSums(0, rows, sums);
            int cut = rows / 3;
            AddColumnSums(0, cut, parts);
            AddColumnSums(cut, rows - cut, parts);
            Assert.True(parts.Span.SequenceEqual(sums.Span[..columns]));
            Assert.Equal(-1, sums.Span[columns..].IndexOfAnyExcept(0));
            for (int column = 0; column < columns; column++)
                AssertIsSum(sums.Span[column], Enumerable.Range(0, rows)
                    .Select(row => (double)matrix.Span[layout.Column(column) + row * layout.RowStride]).Prepend(start.Span[column]));
            return true;

            void AddColumnSums(int first, int count, AlignedBuffer destination) => SkinnyProduct<TVector, TOps>.AddColumnSums(
                count, columns, matrix.Pointer + first * layout.RowStride, layout, destination.Pointer);
        }
    }

    private sealed class SkinnySumCheck(int rows, int columns) : IKernelFactory<bool>
    {
        public bool Create<TVector, TOps, TActivation>()
            where TVector : struct
            where TOps : struct, IVectorOps<TVector>
            where TActivation : struct, IActivationKernel
        {
            AlignedBuffer matrix = new(Capacity * columns), values = Values(rows * columns, seed: 6);
            AlignedBuffer start = Values(columns, seed: 7), sums = new(columns), parts = new(columns);
            for (int i = 0; i < rows * columns; i++)
                matrix.Span[PanelLayout.SkinnyOffset(i / columns, columns) + i % columns * Width] = values.Span[i];
            start.Span.CopyTo(sums.Span);
            start.Span.CopyTo(parts.Span);
            SkinnyProduct<TVector, TOps>.AddSkinnyColumnSums(rows, columns, matrix.Pointer, sums.Pointer);
            int cut = Math.Min(rows, Width);
            SkinnyProduct<TVector, TOps>.AddSkinnyColumnSums(cut, columns, matrix.Pointer, parts.Pointer);
            SkinnyProduct<TVector, TOps>.AddSkinnyColumnSums(rows - cut, columns, matrix.Pointer + cut * columns, parts.Pointer);
            GC.KeepAlive(matrix);
            Assert.True(parts.Span.SequenceEqual(sums.Span));
            for (int column = 0; column < columns; column++)
                AssertIsSum(sums.Span[column], Enumerable.Range(0, rows)
                    .Select(row => (double)values.Span[row * columns + column]).Prepend(start.Span[column]));
            return true;
        }
    }
}
