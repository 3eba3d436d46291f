namespace MonaLisa.Engine.Numerics;

/// <summary>A tile whose hidden activations are plain row-major matrices, with its outputs in that form too.</summary>
internal sealed class MklTile : Tile
{
    /// <summary>Allocates a tile; see <see cref="Tile"/>.</summary>
    public MklTile(
        int outputCount, int capacity, int featureLength, IReadOnlyList<int> hiddenStrides, bool training, bool keepsDerivatives)
        : base(outputCount, capacity, featureLength, hiddenStrides, training, keepsDerivatives)
    {
        Results = new AlignedBuffer((long)capacity * PanelLayout.HalfWidth);
        Products = new AlignedBuffer(training ? (long)capacity * hiddenStrides.Max() : 1);
    }

    /// <summary>The outputs, then their gradients, <c>[rows, 16]</c>.</summary>
    public AlignedBuffer Results { get; }

    /// <summary>Room for a product on its way.</summary>
    public AlignedBuffer Products { get; }
}
