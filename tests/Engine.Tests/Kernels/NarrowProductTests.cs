using MonaLisa.Engine.Kernels;

namespace MonaLisa.Engine.Tests;

/// <summary>The output layer's products and the sums down columns, against double precision at every width.</summary>
[Trait("Runs", "AtEveryWidth")]
public unsafe class NarrowProductTests
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
                var panels = new Layout(Width, Capacity * Width);
                var rowMajor = new Layout(columns, Width);
                foreach (Layout layout in (Layout[])[panels, rowMajor])
                    KernelDispatch.Create(InstructionSetSupport.Require(width), Activation.ReLU, new ColumnSumCheck(rows, columns, layout));
            }
    }

    [Theory, MemberData(nameof(InstructionSets))]
    public void Columns_of_narrow_matrices_are_summed_wherever_the_chunks_are_cut(string width)
    {
        foreach (int columns in (int[])[1, 3, 4])
            foreach (int rows in RowCounts)
                KernelDispatch.Create(InstructionSetSupport.Require(width), Activation.ReLU, new NarrowSumCheck(rows, columns));
    }

    private static AlignedBuffer Values(int length, int seed)
    {
        var values = new AlignedBuffer(length);
        var random = new Random(seed);
        foreach (ref float value in values.Span)
            value = (float)(random.NextDouble() * 2 - 1);
        return values;
    }

    private static void AssertNear(double expected, double magnitude, float actual) =>
        Assert.True(Math.Abs(actual - expected) <= Bound * magnitude, $"{actual:R} is not {expected:R}.");

    private readonly record struct Layout(int RowStride, int PanelStride)
    {
        public int PlaceOf(int row, int column) => column / Width * PanelStride + row * RowStride + column % Width;
    }

    private sealed class ProductCheck(int rows, int terms, int columns) : IKernelFactory<bool>
    {
        public bool Create<TVector, TOps, TActivation>()
            where TVector : struct
            where TOps : struct, IVectorOps<TVector>
            where TActivation : struct, IActivationKernel
        {
            int panels = PanelLayout.PanelCount(terms);
            AlignedBuffer a = Values(panels * Capacity * Width, seed: 1), b = new(panels * columns * Width), bias = Values(columns, seed: 2);
            AlignedBuffer weights = Values(columns * terms, seed: 3), c = new(Capacity * columns);
            for (int i = 0; i < columns * terms; i++)
                b.Span[(i % terms / Width * columns + i / terms) * Width + i % terms % Width] = weights.Span[i];
            c.Span.Fill(float.NaN);
            NarrowProduct<TVector, TOps>.Multiply(rows, terms, columns, a.Pointer, Capacity * Width, b.Pointer, bias.Pointer, c.Pointer);
            for (int i = 0; i < rows * columns; i++)
            {
                (int row, int column) = (i / columns, i % columns);
                double sum = bias.Span[column], magnitude = Math.Abs(sum);
                for (int k = 0; k < terms; k++)
                {
                    double product = (double)a.Span[k / Width * Capacity * Width + row * Width + k % Width] * weights.Span[column * terms + k];
                    (sum, magnitude) = (sum + product, magnitude + Math.Abs(product));
                }
                AssertNear(sum, magnitude, c.Span[PanelLayout.NarrowOffset(row, columns) + column * Width]);
            }
            return true;
        }
    }

    private sealed class ColumnSumCheck(int rows, int columns, Layout layout) : IKernelFactory<bool>
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
            {
                double sum = start.Span[column], magnitude = Math.Abs(sum);
                for (int row = 0; row < rows; row++)
                {
                    float value = matrix.Span[layout.PlaceOf(row, column)];
                    (sum, magnitude) = (sum + value, magnitude + Math.Abs(value));
                }
                AssertNear(sum, magnitude, sums.Span[column]);
            }
            return true;

            void AddColumnSums(int first, int count, AlignedBuffer destination) => NarrowProduct<TVector, TOps>.AddColumnSums(
                count, columns, layout.RowStride, layout.PanelStride, matrix.Pointer + first * layout.RowStride, destination.Pointer);
        }
    }

    private sealed class NarrowSumCheck(int rows, int columns) : IKernelFactory<bool>
    {
        public bool Create<TVector, TOps, TActivation>()
            where TVector : struct
            where TOps : struct, IVectorOps<TVector>
            where TActivation : struct, IActivationKernel
        {
            AlignedBuffer matrix = new(Capacity * columns), values = Values(rows * columns, seed: 6);
            AlignedBuffer start = Values(columns, seed: 7), sums = new(columns), parts = new(columns);
            for (int i = 0; i < rows * columns; i++)
                matrix.Span[PanelLayout.NarrowOffset(i / columns, columns) + i % columns * Width] = values.Span[i];
            start.Span.CopyTo(sums.Span);
            start.Span.CopyTo(parts.Span);
            NarrowProduct<TVector, TOps>.AddNarrowColumnSums(rows, columns, matrix.Pointer, sums.Pointer);
            int cut = Math.Min(rows, Width);
            NarrowProduct<TVector, TOps>.AddNarrowColumnSums(cut, columns, matrix.Pointer, parts.Pointer);
            NarrowProduct<TVector, TOps>.AddNarrowColumnSums(rows - cut, columns, matrix.Pointer + cut * columns, parts.Pointer);
            Assert.True(parts.Span.SequenceEqual(sums.Span));
            for (int column = 0; column < columns; column++)
            {
                double sum = start.Span[column], magnitude = Math.Abs(sum);
                for (int row = 0; row < rows; row++)
                {
                    float value = values.Span[row * columns + column];
                    (sum, magnitude) = (sum + value, magnitude + Math.Abs(value));
                }
                AssertNear(sum, magnitude, sums.Span[column]);
            }
            return true;
        }
    }
}
