using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Tests;

/// <summary>One level of a grid by itself: tables that fit a cache, and tables whose entries are requested from memory.</summary>
[Trait("Runs", "AtEveryWidth")]
public unsafe class GridKernelTests
{
    private const float Filler = -77;

    /// <summary>Side of the level, its entries, features of an entry, and rows: dense levels and others, of some KB and of more than a cache.</summary>
    public static TheoryData<int, int, int, int> Levels
    {
        get
        {
            TheoryData<int, int, int, int> levels = [];
            foreach ((int side, int entryCount) in new[] { (5, 25), (40, 300), (600, 600 * 600), (600, 200_000) })
                foreach (int features in new[] { 2, 4, 8 })
                    foreach (int rows in new[] { 1, 31, 33, 100 })
                        levels.Add(side, entryCount, features, rows);
            return levels;
        }
    }

    [Theory, MemberData(nameof(Levels))]
    public void Between_vertices_features_are_on_straight_lines(int side, int entryCount, int featureCount, int rows)
    {
        var run = new Run(new GridLevel(side, side, entryCount), featureCount, rows);
        // Where vertices share entries, rows of vertices have the same values, and only the way across is a straight line.
        GridLevel level = run.Level;
        for (int row = 0; row < side; row++)
            for (int column = 0; column < side; column++)
                for (int feature = 0; feature < featureCount; feature++)
                    run.Table.Span[(level.RowStart(row) + column) * featureCount + feature] = level.IsDense ? column + 3 * row + feature : feature;
        float[] features = run.Interpolate();
        for (int i = 0; i < rows; i++)
        {
            (double x, double y) = (Math.Clamp(run.X(i) * (double)side - 0.5, 0, side - 1), Math.Clamp(run.Y(i) * (double)side - 0.5, 0, side - 1));
            for (int feature = 0; feature < featureCount; feature++)
                Assert.Equal(level.IsDense ? x + 3 * y + feature : feature, features[i * run.Stride + feature], tolerance: 1e-6 * 4 * side);
            Assert.Equal(Filler, features[i * run.Stride + featureCount]);
        }
    }

    [Theory, MemberData(nameof(Levels))]
    public void The_gradient_is_the_transpose_of_the_interpolation(int side, int entryCount, int featureCount, int rows)
    {
        var run = new Run(new GridLevel(side, side, entryCount), featureCount, rows);
        var random = new RandomSource(5);
        foreach (ref float value in run.Table.Span)
            value = random.NextUniform(1);
        float[] features = run.Interpolate(), gradients = [.. features.Select(_ => random.NextUniform(1))];
        var sums = new AlignedBuffer(run.Table.Length);
        run.AddUp(gradients, sums);
        double expected = 0, actual = 0;
        for (int i = 0; i < rows; i++)
            for (int feature = 0; feature < featureCount; feature++)
                expected += features[i * run.Stride + feature] * (double)gradients[i * run.Stride + feature];
        for (int i = 0; i < sums.Length; i++)
            actual += sums.Span[i] * (double)run.Table.Span[i];
        Assert.Equal(expected, actual, tolerance: 1e-6 * rows * featureCount);
        float[] before = run.Table.Span.ToArray();
        GradientSquares squares = run.Move(gradients, scale: -0.5f, most: 10);
        double largest = 0;
        for (int i = 0; i < sums.Length; i++)
            largest = Math.Max(largest, Math.Abs(before[i] - 0.5 * sums.Span[i] - run.Table.Span[i]));
        Assert.InRange(largest, 0, 1e-5);
        // Beyond the outermost vertices, a place has a share of one vertex, or two, and not of four.
        int Vertices(float place) => place * side is var at && at > 0.5 && at < side - 0.5 ? 2 : 1;
        Assert.Equal(featureCount * Enumerable.Range(0, rows).Sum(i => Vertices(run.X(i)) * Vertices(run.Y(i))), squares.Count);
    }

    /// <summary>A level, and places in it.</summary>
    private sealed class Run
    {
        private readonly GridGeometry _geometry;
        private readonly AlignedBuffer _coordinates;
        private readonly int _rows;

        public Run(GridLevel level, int featureCount, int rows)
        {
            (Level, _rows, Stride) = (level, rows, featureCount + 1);
            _geometry = new GridGeometry(level, featureCount);
            Table = new AlignedBuffer(PanelLayout.PadToHalfPanels(level.EntryCount * featureCount));
            _coordinates = new AlignedBuffer(PanelLayout.PaddedColumns(rows) * Mlp.InputCount);
            var random = new RandomSource(3);
            for (int row = 0; row < rows; row++)
                for (int axis = 0; axis < Mlp.InputCount; axis++)
                    _coordinates.Span[At(row, axis)] = 0.5f + random.NextUniform(0.5f);
        }

        public GridLevel Level { get; }

        public AlignedBuffer Table { get; }

        /// <summary>Floats from a row's features to the next row's: one lies between.</summary>
        public int Stride { get; }

        public float X(int row) => _coordinates.Span[At(row, 0)];

        public float Y(int row) => _coordinates.Span[At(row, 1)];

        public float[] Interpolate()
        {
            float[] features = new float[_rows * Stride];
            Array.Fill(features, Filler);
            fixed (float* pointer = features)
                GridKernel.Interpolate(_geometry, Table.Pointer, _coordinates.Pointer, _rows, pointer, Stride);
            return features;
        }

        public void AddUp(float[] gradients, AlignedBuffer sums)
        {
            fixed (float* pointer = gradients)
                GridGradientKernel.AddUp(_geometry, sums.Pointer, _coordinates.Pointer, _rows, pointer, Stride);
        }

        public GradientSquares Move(float[] gradients, float scale, float most)
        {
            fixed (float* pointer = gradients)
                return GridGradientKernel.Move(_geometry, Table.Pointer, _coordinates.Pointer, _rows, pointer, Stride, scale, most);
        }

        private static int At(int row, int axis) => PanelLayout.SkinnyOffset(row, Mlp.InputCount) + axis * PanelLayout.Width;
    }
}
