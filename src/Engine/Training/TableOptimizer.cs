using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Training;

/// <summary>How the tables of an encoding are trained, whatever the layers' optimizer.</summary>
internal enum TableOptimizer
{
    /// <summary><see cref="AdamTableLearner{TVector, TOps}"/>: reaches most, and knows the entries that no pixel has changed, which gaps need.</summary>
    Adam,

    /// <summary><see cref="NovoGradTableLearner{TVector, TOps}"/>: for large pictures, that can be learned only a few times.</summary>
    NovoGrad,
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

    /// <summary>The choice for a picture.</summary>
    public static TableOptimizer For(PixelDataset picture) =>
        picture.Partition is null && picture.PixelCount >= LargePicture ? TableOptimizer.NovoGrad : TableOptimizer.Adam;
}
