using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Training;

/// <summary>How the tables of an encoding are trained, whatever the layers' optimizer.</summary>
internal enum TableOptimizer
{
    /// <summary><see cref="AdamTableLearner{TVector, TOps}"/>: knows the entries that no pixel has changed, which gaps need.</summary>
    Adam,

    /// <summary><see cref="NovoGradTableLearner{TVector, TOps}"/>: for large pictures, that can be learned only a few times.</summary>
    NovoGrad,

    /// <summary>
    /// <see cref="Adam"/> with gradient accumulation: a large table moves once in several steps, by the sum of their gradients, because a step
    /// has a gradient for few of its entries and Adam looks at all of them.
    /// </summary>
    AccumulatedAdam,
}

/// <summary>Chooses how tables are trained.</summary>
internal static class TableOptimizers
{
    /// <summary>Pixels from which a picture is large: docs/quality.md has the experiment.</summary>
    public const int LargePicture = 1_000_000;

    /// <summary>
    /// Where the table has so many entries for each pixel of a batch, few get a gradient from two pixels; so NovoGrad needs no sum of its
    /// gradients, of which it wants the mean square.
    /// </summary>
    private const int EntriesPerPixel = 2;

    /// <summary>The most steps whose gradients are added up: where batches are tiny, a table should not stay for long as it is.</summary>
    private const int MostSteps = 32;

    /// <summary>Entries from which NovoGrad adds the gradient of each pixel to a table at once.</summary>
    /// <param name="batchSize">The most pixels in a batch.</param>
    public static int FewestMovedAtOnce(int batchSize) => (int)Math.Min((long)EntriesPerPixel * batchSize, int.MaxValue);

    /// <summary>
    /// Entries from which nothing but such additions changes a table, so that it may be one of the network's; more than any table has where
    /// something else does.
    /// </summary>
    /// <param name="options">Options with every default filled in.</param>
    /// <param name="pixelCount">Training pixels.</param>
    public static int FewestShared(TrainingOptions options, int pixelCount) =>
        options is { TableOptimizer: TableOptimizer.NovoGrad, GradientClip: null, AverageDecay: null }
            ? FewestMovedAtOnce(Math.Min(options.BatchSize, pixelCount)) : int.MaxValue;

    /// <summary>Steps in which about each entry of a table gets a gradient, as a pixel has four vertices; no more than <see cref="MostSteps"/>.</summary>
    /// <param name="entries">Entries of the table.</param>
    /// <param name="batchSize">The most pixels in a batch.</param>
    public static int StepsOf(int entries, int batchSize) => (int)Math.Clamp(entries / (4L * batchSize), 1, MostSteps);

    /// <summary>The choice for a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="clips">Whether the run clips gradients, and so needs those of each step.</param>
    public static TableOptimizer For(PixelDataset picture, bool clips = false) =>
        picture.Partition is not null ? TableOptimizer.Adam
        : picture.PixelCount >= LargePicture ? TableOptimizer.NovoGrad
        : clips ? TableOptimizer.Adam : TableOptimizer.AccumulatedAdam;
}
