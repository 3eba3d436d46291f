using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine;

/// <summary>
/// A multiresolution grid (Müller et al. 2022, arXiv 2201.05989): each level has a trained table of features at the vertices of a
/// grid over the picture, and a pixel's features are those of the four vertices around it, interpolated bilinearly, level after level.
/// Levels that would have more entries than allowed let vertices share them.
/// </summary>
public sealed record GridEncoding : InputEncoding
{
    /// <summary>The most levels.</summary>
    public const int MaxLevelCount = 32;

    /// <summary>The most vertices along a side.</summary>
    public const int MaxSide = 1 << 16;

    /// <summary>The most entries of a level.</summary>
    public const int MaxEntryCount = 1 << 26;

    private const int Coarsest = 16;

    /// <summary>The levels, usually from coarse to fine; 1 to <see cref="MaxLevelCount"/>.</summary>
    /// <remarks>The list is copied.</remarks>
    public IReadOnlyList<GridLevel> Levels { get; internal init => field = Array.AsReadOnly<GridLevel>([.. value]); } = [];

    /// <summary>Features of an entry: 2, 4 or 8.</summary>
    public int FeaturesPerLevel { get; internal init; } = 2;

    /// <summary>Levels whose resolutions grow by equal ratios, vertices about as far apart across as down.</summary>
    /// <param name="width">Pixels in a row of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <param name="levelCount">Number of levels.</param>
    /// <param name="coarsest">Vertices along the picture's shorter side on the coarsest level.</param>
    /// <param name="finest">Vertices along the shorter side on the finest level.</param>
    /// <param name="maxEntryCount">The most entries of a level.</param>
    /// <param name="featuresPerLevel">Features of an entry: 2, 4 or 8.</param>
    public static GridEncoding For(
        int width, int height, int levelCount, double coarsest, double finest, int maxEntryCount = MaxEntryCount, int featuresPerLevel = 2)
    {
        var levels = new GridLevel[Math.Clamp(levelCount, 1, MaxLevelCount)];
        double shorter = Math.Min(width, height);
        for (int i = 0; i < levels.Length; i++)
        {
            double vertices = levels.Length == 1 ? finest : coarsest * Math.Pow(finest / coarsest, i / (levels.Length - 1.0));
            levels[i] = GridLevel.Of(Vertices(vertices * width / shorter), Vertices(vertices * height / shorter), maxEntryCount);
        }
        return new GridEncoding { Levels = levels, FeaturesPerLevel = featuresPerLevel };
    }

    /// <summary>A grid whose tables have about so many values together; its finest levels share entries if necessary.</summary>
    /// <param name="width">Pixels in a row of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <param name="valueBudget">The most values; a coarse grid may be smaller, and the coarsest levels are never cut below a row.</param>
    /// <param name="levelCount">Number of levels.</param>
    /// <param name="coarsest">Vertices along the picture's shorter side on the coarsest level.</param>
    /// <param name="finest">Vertices along the shorter side on the finest level.</param>
    /// <param name="featuresPerLevel">Features of an entry: 2, 4 or 8.</param>
    public static GridEncoding Within(
        long valueBudget, int width, int height, int levelCount, double coarsest, double finest, int featuresPerLevel = 2)
    {
        int low = 1, high = MaxEntryCount;
        while (low < high)
        {
            int middle = (int)(((long)low + high + 1) / 2);
            bool fits = For(width, height, levelCount, coarsest, finest, middle, featuresPerLevel).ParameterCount <= valueBudget;
            (low, high) = fits ? (middle, high) : (low, middle - 1);
        }
        return For(width, height, levelCount, coarsest, finest, low, featuresPerLevel);
    }

    /// <summary>The grid that is chosen for a whole picture; docs/quality.md has the experiment.</summary>
    /// <param name="width">Pixels in a row of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    public static GridEncoding For(int width, int height)
    {
        const double ValuesPerPixel = 1.6;
        const int Levels = 8, FewestValues = 1000, RoomForLayers = 1 << 20;
        double shorter = Math.Min(width, height);
        // A level has at least one row of entries, and in a picture of a few rows levels would have no more: nothing would tell its rows apart.
        double scarcity = Math.Max(1, Coarsest / shorter);
        long budget = Math.Clamp((long)(ValuesPerPixel * scarcity * width * height), FewestValues, MlpDesign.MaxParameters - RoomForLayers);
        return Within(budget, width, height, Levels, Math.Min(Coarsest, shorter / 2), shorter);
    }

    /// <summary>The grid that is chosen for a picture with gaps: no vertex shares its entry, so that its neighbours can fill it.</summary>
    /// <param name="width">Pixels in a row of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    public static GridEncoding ForGaps(int width, int height)
    {
        const int Levels = 6;
        const double MostPixels = 4e6;
        double shorter = Math.Min(width, height), finest = shorter * Math.Min(1, Math.Sqrt(MostPixels / ((double)width * height)));
        return For(width, height, Levels, Math.Min(Coarsest, shorter / 2), finest);
    }

    /// <summary>Whether the rows of a picture can differ: in some level, not all rows of vertices share the same entries.</summary>
    internal bool TellsRowsApart => Levels.Any(level => level.EntryCount > level.Columns);

    /// <inheritdoc/>
    public override EncodingKind Kind => EncodingKind.Grid;

    /// <inheritdoc/>
    public override int FeatureCount => Levels.Count * FeaturesPerLevel;

    /// <inheritdoc/>
    public override CoordinateConvention? Coordinates => CoordinateConvention.PixelCenter;

    /// <inheritdoc/>
    public override bool IsTrained => true;

    /// <inheritdoc/>
    public override IReadOnlyList<EncodingTensorShape> TensorShapes =>
        [.. Levels.Select((level, i) => new EncodingTensorShape($"levels.{i}", level.EntryCount, FeaturesPerLevel))];

    /// <summary>Whether all values are the same, the levels one by one.</summary>
    public bool Equals(GridEncoding? other) =>
        other is not null && FeaturesPerLevel == other.FeaturesPerLevel && Levels.SequenceEqual(other.Levels);

    /// <inheritdoc/>
    public override int GetHashCode() => Levels.Aggregate(FeaturesPerLevel, HashCode.Combine);

    /// <inheritdoc/>
    public override string ToString() =>
        $"grid of {Counted.Text(Levels.Count, "level")} x {Counted.Text(FeaturesPerLevel, "feature")}, {Side(Levels[0])} to {Side(Levels[^1])} vertices";

    internal override void Draw(IReadOnlyList<EncodingTensor> tensors, ref RandomSource random)
    {
        // The paper's start, section 4.
        const double Limit = 1e-4;
        foreach (EncodingTensor tensor in tensors)
            foreach (ref float value in tensor.Values.AsSpan())
                value = random.NextUniform(Limit);
    }

    internal override void Validate()
    {
        Require(Levels.Count is >= 1 and <= MaxLevelCount, "The number of grid levels", Levels.Count, $"1 to {MaxLevelCount}");
        Require(FeaturesPerLevel is 2 or 4 or 8, "The features of a grid level", FeaturesPerLevel, "2, 4 or 8");
        foreach (GridLevel level in Levels)
        {
            Require(level.Columns is >= 2 and <= MaxSide, "The columns of a grid level", level.Columns, $"2 to {MaxSide}");
            Require(level.Rows is >= 2 and <= MaxSide, "The rows of a grid level", level.Rows, $"2 to {MaxSide}");
            Require(level.EntryCount >= level.Columns && level.EntryCount <= Math.Min(MaxEntryCount, (long)level.Columns * level.Rows),
                "The entries of a grid level", level.EntryCount,
                $"{level.Columns} to {Math.Min(MaxEntryCount, (long)level.Columns * level.Rows)}");
        }
    }

    private static string Side(GridLevel level) => $"{level.Columns} x {level.Rows}";

    private static int Vertices(double count) => (int)Math.Clamp(Math.Round(count), 2, MaxSide);
}

/// <summary>
/// One resolution of a <see cref="GridEncoding"/>: vertices at the centres of <c>Columns * Rows</c> equal rectangles, as pixels are, so
/// that a level of the picture's own size has a vertex on every pixel. Vertex (x, y) is entry <see cref="RowStart"/>(y) + x of
/// the level's table.
/// </summary>
/// <param name="Columns">Vertices in a row, at least 2.</param>
/// <param name="Rows">Rows of vertices, at least 2.</param>
/// <param name="EntryCount">
/// Entries of the table: <c>Columns * Rows</c>, or fewer, at least <c>Columns</c>; then vertices far from each other share entries.
/// </param>
public readonly record struct GridLevel(int Columns, int Rows, int EntryCount)
{
    /// <summary>A level that has at most so many entries.</summary>
    public static GridLevel Of(int columns, int rows, int maxEntryCount) =>
        new(columns, rows, (int)Math.Min((long)columns * rows, Math.Max(columns, maxEntryCount)));

    /// <summary>Vertices along the shorter side.</summary>
    public int ShorterSide => Math.Min(Columns, Rows);

    /// <summary>Whether no two vertices share an entry.</summary>
    public bool IsDense => EntryCount == (long)Columns * Rows;

    /// <summary>The entries at which a row can begin where the level is not dense: a row never runs over the table's end.</summary>
    internal int RowStartPlaces => EntryCount - Columns + 1;

    /// <summary>Entries from a row's beginning to the next row's where the level is not dense: a golden section of the places.</summary>
    internal int RowStartStride
    {
        get
        {
            // The golden section times 2^16.
            const long Golden = 40503;
            return (int)Math.Max(1, RowStartPlaces * Golden >> 16);
        }
    }

    /// <summary>
    /// The entry of a row's first vertex. Rows of a level that is not dense begin a golden section of the table apart, which keeps the
    /// vertices that share an entry far from each other; a row never runs over the table's end, so neighbours in a row stay neighbours.
    /// </summary>
    public int RowStart(int row) => IsDense ? row * Columns : (int)((long)row * RowStartStride % RowStartPlaces);
}
