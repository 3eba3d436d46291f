namespace MonaLisa.Engine;

/// <summary>
/// Values that a user gives for an encoding; null leaves what was chosen for the picture. Each value belongs to one kind of encoding.
/// Messages use the names of the properties.
/// </summary>
internal sealed record EncodingDetails
{
    /// <summary>Doublings of a <see cref="FrequencyEncoding"/>, 1 to <see cref="FrequencyEncoding.MaxOctaves"/>.</summary>
    public int? Octave { get; init; }

    /// <summary>Frequencies of a <see cref="FourierEncoding"/>, 1 to half of <see cref="InputEncoding.MaxFeatureCount"/>.</summary>
    public int? FrequencyCount { get; init; }

    /// <summary>
    /// The standard deviation of a <see cref="FourierEncoding"/>'s frequencies in periods across the picture, above 0 and at most 10,000.
    /// </summary>
    public float? FrequencySigma { get; init; }

    /// <summary>Levels of a <see cref="GridEncoding"/>, 1 to <see cref="GridEncoding.MaxLevelCount"/>.</summary>
    public int? GridLevel { get; init; }

    /// <summary>Features of each level of a <see cref="GridEncoding"/>: 2, 4 or 8.</summary>
    public int? GridFeature { get; init; }

    /// <summary>Vertices along the picture's shorter side on the coarsest level, 1 to 65,536.</summary>
    public double? GridCoarsest { get; init; }

    /// <summary>Vertices along the picture's shorter side on the finest level, 1 to 65,536 and not below the coarsest level's.</summary>
    public double? GridFinest { get; init; }

    /// <summary>
    /// The most entries of a level, 1 to <see cref="GridEncoding.MaxEntryCount"/>, but never less than a row of vertices. Null keeps all
    /// tables together within the size of the chosen ones.
    /// </summary>
    public int? GridEntry { get; init; }

    /// <summary>How the picture of a <see cref="NeighborhoodEncoding"/> was made smaller, where it is known.</summary>
    public ShrinkKernel? Kernel { get; init; }

    /// <summary>How many times a <see cref="NeighborhoodEncoding"/> corrects what it enlarged, 0 to 10.</summary>
    public int? BackProjection { get; init; }

    /// <summary>Whether a <see cref="NeighborhoodEncoding"/> paints from one view of a place.</summary>
    public bool SingleView { get; init; }

    /// <summary>Whether a <see cref="NeighborhoodEncoding"/> removes the picture's noise.</summary>
    public bool Denoise { get; init; }

    /// <summary>
    /// The standard deviation of the noise that a <see cref="NeighborhoodEncoding"/> removes, in steps of 8 bits, above 0 and at most
    /// <see cref="MaxNoiseLevel"/>; null where it is to be estimated.
    /// </summary>
    public double? NoiseLevel { get; init; }

    /// <summary>The largest <see cref="NoiseLevel"/>.</summary>
    public const int MaxNoiseLevel = 100;

    /// <summary>The noise of samples in [0, 1] of a <see cref="NoiseLevel"/>.</summary>
    public static float? NoiseOf(double? level) => (float?)(level / byte.MaxValue);

    /// <summary>The kind of encoding that alone has what is chosen; null where nothing is that decides it.</summary>
    public EncodingKind? OnlyKind => Denoise || NoiseLevel is not null ? EncodingKind.Neighborhood : null;

    private bool HasGridDetail => (GridLevel, GridFeature, GridCoarsest, GridFinest, GridEntry) != (null, null, null, null, null);

    /// <summary>An encoding with these values.</summary>
    /// <param name="chosen">The encoding that was chosen for the picture.</param>
    /// <param name="width">Pixels in a row of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <exception cref="ArgumentException">A value is out of its range, or belongs to another encoding.</exception>
    public InputEncoding Of(InputEncoding chosen, int width, int height)
    {
        Validate(chosen.Kind);
        return chosen switch
        {
            FrequencyEncoding frequency => frequency with { Octaves = Octave ?? frequency.Octaves },
            FourierEncoding fourier => fourier with { Count = FrequencyCount ?? fourier.Count, Sigma = FrequencySigma ?? fourier.Sigma },
            GridEncoding grid when HasGridDetail => Grid(grid, width, height),
            NeighborhoodEncoding neighborhood => neighborhood with
            {
                Kernel = Kernel ?? neighborhood.Kernel,
                BackProjections = BackProjection ?? neighborhood.BackProjections,
                IsSingleView = SingleView || neighborhood.IsSingleView,
                Task = OnlyKind is null ? neighborhood.Task : NeighborhoodTask.Denoise,
                Noise = NoiseOf(NoiseLevel) ?? neighborhood.Noise,
            },
            _ => chosen,
        };
    }

    /// <summary>Throws unless every value is in its range and belongs to an encoding of this kind.</summary>
    /// <exception cref="ArgumentException">A value is out of its range, or belongs to another encoding; the message names it.</exception>
    public void Validate(EncodingKind kind)
    {
        RequireKind(Octave, nameof(Octave), EncodingKind.Frequency, kind);
        RequireKind(FrequencyCount, nameof(FrequencyCount), EncodingKind.Fourier, kind);
        RequireKind(FrequencySigma, nameof(FrequencySigma), EncodingKind.Fourier, kind);
        RequireKind(GridLevel, nameof(GridLevel), EncodingKind.Grid, kind);
        RequireKind(GridFeature, nameof(GridFeature), EncodingKind.Grid, kind);
        RequireKind(GridCoarsest, nameof(GridCoarsest), EncodingKind.Grid, kind);
        RequireKind(GridFinest, nameof(GridFinest), EncodingKind.Grid, kind);
        RequireKind(GridEntry, nameof(GridEntry), EncodingKind.Grid, kind);
        RequireKind(Kernel, nameof(Kernel), EncodingKind.Neighborhood, kind);
        RequireKind(BackProjection, nameof(BackProjection), EncodingKind.Neighborhood, kind);
        RequireKind(SingleView ? true : null, nameof(SingleView), EncodingKind.Neighborhood, kind);
        RequireKind(Denoise ? true : null, nameof(Denoise), EncodingKind.Neighborhood, kind);
        RequireKind(NoiseLevel, nameof(NoiseLevel), EncodingKind.Neighborhood, kind);
        string? forEnlarging = Kernel is not null ? nameof(Kernel) : BackProjection is not null ? nameof(BackProjection) : null;
        if (forEnlarging is not null && OnlyKind is not null)
            throw new ArgumentException(
                $"{forEnlarging} is for enlarging, and a network that removes noise does not enlarge. Leave out {forEnlarging} or " +
                $"{(Denoise ? nameof(Denoise) : nameof(NoiseLevel))}.");
        if (Kernel == ShrinkKernel.Jpeg && BackProjection > 0)
            throw new ArgumentException(
                $"{nameof(BackProjection)} would paint a JPEG's artefacts again, and is not done for the kernel {Kernel}. Leave {nameof(BackProjection)} out, or choose another kernel.");
        RequireRange(BackProjection, nameof(BackProjection), 0, NeighborhoodEncoding.MaxBackProjections);
        Require(NoiseLevel is null or (> 0 and <= MaxNoiseLevel), nameof(NoiseLevel), NoiseLevel,
            FormattableString.Invariant($"above 0 and at most {MaxNoiseLevel}"));
        RequireRange(Octave, nameof(Octave), 1, FrequencyEncoding.MaxOctaves);
        RequireRange(FrequencyCount, nameof(FrequencyCount), 1, InputEncoding.MaxFeatureCount / 2);
        Require(FrequencySigma is null or (> 0 and <= FourierEncoding.MaxSigma), nameof(FrequencySigma), FrequencySigma,
            FormattableString.Invariant($"above 0 and at most {FourierEncoding.MaxSigma}"));
        RequireRange(GridLevel, nameof(GridLevel), 1, GridEncoding.MaxLevelCount);
        Require(GridFeature is null or 2 or 4 or 8, nameof(GridFeature), GridFeature, "2, 4 or 8");
        RequireRange(GridCoarsest, nameof(GridCoarsest), 1, GridEncoding.MaxSide);
        RequireRange(GridFinest, nameof(GridFinest), 1, GridEncoding.MaxSide);
        RequireRange(GridEntry, nameof(GridEntry), 1, GridEncoding.MaxEntryCount);
        Require(
            !(GridFinest < GridCoarsest), nameof(GridFinest), GridFinest,
            FormattableString.Invariant($"at least GridCoarsest, which is {GridCoarsest}"));
    }

    private GridEncoding Grid(GridEncoding chosen, int width, int height)
    {
        int levels = GridLevel ?? chosen.Levels.Count, features = GridFeature ?? chosen.FeaturesPerLevel;
        // An end that was not given follows one that was.
        double coarsest = GridCoarsest ?? Math.Min(chosen.Levels[0].ShorterSide, GridFinest ?? GridEncoding.MaxSide);
        double finest = GridFinest ?? Math.Max(chosen.Levels[^1].ShorterSide, coarsest);
        GridEncoding grid = GridEntry is int entries
            ? GridEncoding.For(width, height, levels, coarsest, finest, entries, features)
            : GridEncoding.Within(chosen.ParameterCount, width, height, levels, coarsest, finest, features);
        return grid.TellsRowsApart || height == 1 ? grid : throw new ArgumentException(
            $"Each of the {levels} levels of this grid has only one row of entries, which all rows of a picture of {width} x {height} pixels would " +
            $"share: they would all be painted alike. Give a larger {nameof(GridEntry)}" +
            (levels > 1 || features > 2 ? $", or a smaller {nameof(GridLevel)} or {nameof(GridFeature)}." : "."));
    }

    private static void RequireKind(object? value, string name, EncodingKind owner, EncodingKind kind)
    {
        if (value is not null && owner != kind)
            throw new ArgumentException(
                $"{name} is for the encoding {owner}; the encoding is {kind}. Leave {name} out, or choose {owner}.");
    }

    private static void RequireRange(double? value, string name, int least, int most) =>
        Require(value is null || (value >= least && value <= most), name, value, $"{least} to {most}");

    private static void Require(bool holds, string name, object? value, string range)
    {
        if (!holds)
            throw new ArgumentException(FormattableString.Invariant($"{name} must be {range}, not {value}."));
    }
}
