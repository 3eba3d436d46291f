namespace MonaLisa.Engine.Numerics;

/// <summary>
/// One thread's working memory: a tile of pixels on its way through the network. Its activations stay in the second-level cache.
/// Coordinates, targets, outputs and output gradients are skinny matrices, see <see cref="PanelLayout"/>.
/// </summary>
internal unsafe class Tile
{
    /// <summary>Allocates a tile.</summary>
    /// <param name="outputCount">Outputs of the network: 1, 3 or 4.</param>
    /// <param name="capacity">The most rows, a multiple of <see cref="PanelLayout.Width"/>.</param>
    /// <param name="featureLength">Floats for the features, 0 where the first layer sees the coordinates.</param>
    /// <param name="hiddenWidths">Padded widths of the hidden layers.</param>
    /// <param name="training">Whether a backward pass will come: every layer's activations are kept.</param>
    /// <param name="keepsDerivatives">Whether derivatives are kept beside them.</param>
    public Tile(int outputCount, int capacity, int featureLength, IReadOnlyList<int> hiddenWidths, bool training, bool keepsDerivatives)
    {
        Capacity = capacity;
        Features = new AlignedBuffer(featureLength);
        Coordinates = new AlignedBuffer((long)capacity * Mlp.InputCount);
        Targets = new AlignedBuffer((long)capacity * outputCount);
        Outputs = new AlignedBuffer((long)capacity * outputCount);
        OutputGradients = new AlignedBuffer((long)capacity * outputCount);
        Activations = new AlignedBuffer[hiddenWidths.Count];
        Derivatives = new AlignedBuffer?[hiddenWidths.Count];
        for (int layer = 0; layer < hiddenWidths.Count; layer++)
        {
            // Without a backward pass two buffers are enough.
            Activations[layer] = training || layer < 2
                ? new AlignedBuffer((long)capacity * (training ? hiddenWidths[layer] : hiddenWidths.Max()))
                : Activations[layer - 2];
            if (training && keepsDerivatives)
                Derivatives[layer] = new AlignedBuffer((long)capacity * hiddenWidths[layer]);
        }
    }

    /// <summary>The most rows.</summary>
    public int Capacity { get; }

    /// <summary>The inputs, <c>[rows, 2]</c>.</summary>
    public AlignedBuffer Coordinates { get; }

    /// <summary>What the encoder makes of them, <c>[rows, features]</c>, laid out by the provider.</summary>
    public AlignedBuffer Features { get; }

    /// <summary>Where the backward pass leaves the loss's derivatives by the features; null where they are not needed.</summary>
    public float* FeatureGradients { get; set; }

    /// <summary>How they lie.</summary>
    public PackedLayout FeatureGradientLayout { get; set; }

    /// <summary>Which pixels the rows are; null where each pixel comes once.</summary>
    public DrawnRows? DrawnRows { get; set; }

    /// <summary>The weight of each row in sums of errors; null where all are 1.</summary>
    public float* SampleWeights { get; set; }

    /// <summary>The colours to learn, in [0, 1], <c>[rows, outputs]</c>.</summary>
    public AlignedBuffer Targets { get; }

    /// <summary>The outputs, <c>[rows, outputs]</c>.</summary>
    public AlignedBuffer Outputs { get; }

    /// <summary>The loss's derivatives by the outputs, <c>[rows, outputs]</c>.</summary>
    public AlignedBuffer OutputGradients { get; }

    /// <summary>Each hidden layer's activations; after the backward pass maybe its gradients.</summary>
    public AlignedBuffer[] Activations { get; }

    /// <summary>Each hidden layer's derivatives, where the activation keeps them.</summary>
    public AlignedBuffer?[] Derivatives { get; }
}

/// <summary>Which pixels a tile's rows are, where pixels are drawn by their errors.</summary>
/// <param name="capacity">The tile's rows.</param>
internal sealed class DrawnRows(int capacity)
{
    /// <summary>In the place of a pixel that the epoch has in another row as well.</summary>
    public const uint Repeated = uint.MaxValue;

    /// <summary>The pixels' places in the dataset's order.</summary>
    public uint[] Places { get; } = new uint[capacity];

    /// <summary>The weight of each in sums of errors, so that these are about the sums over all pixels.</summary>
    public AlignedBuffer Weights { get; } = new(capacity);
}
