namespace MonaLisa.Engine.Training;

/// <summary>How the pixels of an epoch are cut into calls of the learner: parts of equal size.</summary>
/// <param name="PixelCount">The training pixels.</param>
/// <param name="PixelsPerCall">The most that a call takes.</param>
internal readonly record struct EpochCalls(int PixelCount, int PixelsPerCall)
{
    /// <summary>The calls of a run; the options have every default filled in.</summary>
    public static EpochCalls Of(int pixelCount, MlpDesign design, TrainingOptions options) => new(
        pixelCount, PixelLearner.IsPixelByPixel(design, options) ? OnlineLearner.PixelsPerCall : options.BatchSize);

    /// <summary>Calls in an epoch.</summary>
    public int Count => (int)(((long)PixelCount + PixelsPerCall - 1) / PixelsPerCall);

    /// <summary>The place in the epoch's order at which a call begins; that of <see cref="Count"/> is the end.</summary>
    public int FirstPlaceOf(int call) => (int)((long)call * PixelCount / Count);

    /// <summary>The call that begins at a place.</summary>
    public int CallAt(int firstPlace) => (int)(((long)firstPlace * Count + PixelCount - 1) / PixelCount);

    /// <summary>Calls done before a call of an epoch, which counts from 1.</summary>
    public long CallsBefore(int epoch, int call) => (epoch - 1L) * Count + call;

    /// <summary>Pixels that were learned from before a call of an epoch.</summary>
    public long PixelsBefore(int epoch, int call) => (epoch - 1L) * PixelCount + FirstPlaceOf(call);
}
