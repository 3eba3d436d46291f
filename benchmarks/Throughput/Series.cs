namespace MonaLisa.Benchmarks;

/// <summary>A contestant's figures, one a round.</summary>
/// <param name="Name">The contestant.</param>
/// <param name="WorkPerPixel">Its floating-point operations for a pixel.</param>
internal sealed record Series(string Name, double WorkPerPixel)
{
    /// <summary>Pixels per second of each round.</summary>
    public List<double> PixelsPerSecond { get; } = [];

    /// <summary>The peak in FLOP/s right before and after each round's slice, their mean.</summary>
    public List<double> Peak { get; } = [];

    /// <summary>Nanoseconds of a cache line's way to another core and back, around each round's slice; NaN for one thread.</summary>
    public List<double> CoreDistance { get; } = [];

    public double MedianPixels => Statistics.Median(PixelsPerSecond);

    public double MedianFlops => MedianPixels * WorkPerPixel;

    public double MedianShare => Statistics.Median(Shares);

    public double BestShare => Shares.Max();

    public double MedianCoreDistance => Statistics.Median(CoreDistance);

    public double MedianPeak => Statistics.Median(Peak);

    /// <summary>How many times faster than another of the same rounds: the median of each round's ratio.</summary>
    public double RatioTo(Series other) =>
        Statistics.Median(PixelsPerSecond.Zip(other.PixelsPerSecond, (mine, theirs) => mine / theirs));

    private IEnumerable<double> Shares => PixelsPerSecond.Zip(Peak, (pixels, peak) => pixels * WorkPerPixel / peak);
}
