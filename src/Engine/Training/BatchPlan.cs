using System.Numerics;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Training;

/// <summary>
/// How a batch is cut up. It falls into groups, each a run of tiles whose gradients are summed in order into one buffer; the groups'
/// sums are then added in order. Both orders are fixed by the numbers here, whatever thread takes a group.
/// </summary>
/// <param name="TileRows">Rows of a tile.</param>
/// <param name="GroupCount">Gradient buffers.</param>
internal readonly record struct BatchPlan(int TileRows, int GroupCount)
{
    /// <summary>With fewer groups than this, many cores would idle; with more, large networks' gradients would cost too much to add.</summary>
    private const int FewestGroups = 8, MostGroups = 32;

    /// <summary>The time of a smaller group would go into its gradient buffer, not into its pixels.</summary>
    private const int FewestGroupRows = 64;

    /// <summary>Two, four or eight threads have the same number of groups each.</summary>
    private const int GroupStep = 8;

    private const long GradientBytes = 4 << 20;

    /// <summary>The plan for a batch.</summary>
    /// <param name="batchSize">Pixels in a batch.</param>
    /// <param name="tileRows">Rows of the largest tile that suits the network.</param>
    /// <param name="parameterCount">Floats of a gradient.</param>
    public static BatchPlan For(int batchSize, int tileRows, long parameterCount)
    {
        const int Granule = PanelLayout.Width;
        long affordable = Math.Clamp(GradientBytes / (parameterCount * sizeof(float)) + GroupStep / 2, FewestGroups, MostGroups);
        int groups = RoundDown((int)Math.Min(affordable, (batchSize + FewestGroupRows - 1) / FewestGroupRows));
        int groupRows = RoundUp((batchSize + groups - 1) / groups, Granule);
        // Equal tiles within a group, rather than full ones and a rest.
        int tiles = (groupRows + tileRows - 1) / tileRows;
        return new BatchPlan(RoundUp((groupRows + tiles - 1) / tiles, Granule), groups);
    }

    /// <summary>The pixels of a group in a batch of a given size, as evenly as possible.</summary>
    public (int First, int Count) Group(int group, int batchSize)
    {
        int first = (int)((long)group * batchSize / GroupCount), end = (int)((group + 1L) * batchSize / GroupCount);
        return (first, end - first);
    }

    /// <summary>
    /// The pixels of an epoch from which all batches take those of a group: neighbouring ones, so that what a group's pixels need of a
    /// table lies close together, and that a batch has its share of every part of the picture.
    /// </summary>
    /// <param name="group">The group.</param>
    /// <param name="calls">The epoch's batches.</param>
    public (int First, int Count) Stripe(int group, EpochCalls calls) =>
        (FirstOf(group, calls, calls.Count), PlaceInStripe(group, calls, calls.Count));

    /// <summary>How many of its stripe's pixels a group took in the batches before one.</summary>
    /// <param name="group">The group.</param>
    /// <param name="calls">The epoch's batches.</param>
    /// <param name="call">The batch; <see cref="EpochCalls.Count"/> for all of them.</param>
    public int PlaceInStripe(int group, EpochCalls calls, int call) => FirstOf(group + 1, calls, call) - FirstOf(group, calls, call);

    /// <summary>How many pixels all groups before one took in the batches before one, which have one of two sizes.</summary>
    private int FirstOf(int group, EpochCalls calls, int call)
    {
        int size = calls.PixelCount / calls.Count, larger = calls.FirstPlaceOf(call) - call * size;
        return larger * Group(group, size + 1).First + (call - larger) * Group(group, size).First;
    }

    /// <summary>Rows of a buffer that holds any group of batches up to a given size, tile by tile.</summary>
    public int GroupCapacity(int batchSize) => RoundUp((batchSize + GroupCount - 1) / GroupCount, TileRows);

    private static int RoundDown(int groups) => groups >= GroupStep ? groups / GroupStep * GroupStep : 1 << BitOperations.Log2((uint)groups);

    private static int RoundUp(int value, int granule) => (value + granule - 1) / granule * granule;
}
