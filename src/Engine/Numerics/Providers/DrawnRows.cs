namespace MonaLisa.Engine.Numerics;

/// <summary>Which pixels a tile's rows are, where they were drawn and not taken one by one.</summary>
/// <param name="capacity">The tile's rows.</param>
internal sealed class DrawnRows(int capacity)
{
    /// <summary>Stands for a pixel that another row of the epoch stands for as well.</summary>
    public const uint Repeated = uint.MaxValue;

    /// <summary>The pixels' places in the dataset's order.</summary>
    public uint[] Places { get; } = new uint[capacity];

    /// <summary>What each counts in sums of errors, so that the drawn pixels' sums are about those of all pixels.</summary>
    public AlignedBuffer Weights { get; } = new(capacity);
}
