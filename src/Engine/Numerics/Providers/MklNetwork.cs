namespace MonaLisa.Engine.Numerics;

/// <summary>
/// MKL's provider: one call a product, on plain row-major tiles. A layer's weights are <c>[inputs, outputs]</c>, rows padded to
/// whole half panels so that the passes between the products run over whole vectors; its biases follow.
/// </summary>
internal sealed unsafe class MklNetwork<TVector, TOps, TActivation> : TiledNetwork
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
    where TActivation : struct, IActivationKernel
{
    private readonly MklLibrary _library;

    /// <summary>Lays out a network and loads its weights.</summary>
    /// <param name="network">The network.</param>
    /// <param name="instructionSet">The vectors to use between the products.</param>
    /// <param name="library">The library.</param>
    /// <param name="fewestShared">Entries from which a large table is the network's own and not a copy.</param>
    public MklNetwork(Mlp network, InstructionSet instructionSet, MklLibrary library, int fewestShared)
        : base(network, instructionSet, LayOut(network), Encoders.Create<TVector, TOps>(network, fewestShared))
    {
        _library = library;
        Load(network);
    }

    private static LayerLayout[] LayOut(Mlp network)
    {
        var layouts = new LayerLayout[network.Layers.Count];
        int next = 0;
        for (int layer = 0; layer < layouts.Length; layer++)
        {
            DenseLayer dense = network.Layers[layer];
            int stride = Stride(dense.OutputCount), biases = checked(next + dense.InputCount * stride), end = checked(biases + stride);
            layouts[layer] = new LayerLayout(
                next, biases, end, dense.InputCount, dense.OutputCount, stride, PanelLayout.Width, RunLength: biases - next);
            next = end;
        }
        return layouts;
    }

    public override string Description => $"{ComputeProvider.Mkl} ({_library.Version})";

    public override Tile CreateTile(int capacity, bool training) =>
        new MklTile(Design.OutputCount, capacity, FeatureLength(capacity), [.. Design.HiddenLayers.Select(Stride)], training,
            TActivation.KeepsDerivative);

    public override PackedLayout FeatureLayout(int capacity) => new(Stride(InputsOf(0)), PanelLayout.Width);

    public override PackedLayout HiddenLayout(int layer, int capacity) => new(Stride(Design.HiddenLayers[layer]), PanelLayout.Width);

    public override int FeatureLength(int capacity) => capacity * Stride(InputsOf(0));

    public override void Forward(Tile tile, int rows)
    {
        var rowMajor = (MklTile)tile;
        if (Encoder is null)
            ToRows(tile.Coordinates.Pointer, Mlp.InputCount, rows, tile.Features.Pointer);
        else
            Encoder.Forward(tile.Coordinates.Pointer, rows, tile.Features.Pointer, FeatureLayout(tile.Capacity));
        for (int layer = 0; layer <= LastLayer; layer++)
        {
            int inputs = InputsOf(layer), outputs = OutputsOf(layer), stride = Stride(outputs);
            float* result = layer == LastLayer ? rowMajor.Results.Pointer : tile.Activations[layer].Pointer;
            var bias = new ReadOnlySpan<float>(Biases(layer), stride);
            for (int row = 0; row < rows; row++)
                bias.CopyTo(new Span<float>(result + row * stride, stride));
            _library.Multiply(false, false, rows, outputs, inputs, Input(tile, layer), Stride(inputs), Weights(layer), stride, 1, result, stride);
            if (layer < LastLayer)
                ElementwiseKernel<TVector, TOps, TActivation>.Activate(
                    rows, stride, stride, result, tile.Derivatives[layer] is { } kept ? kept.Pointer : null, ActivationParameters);
        }
        ToSkinny(rowMajor.Results.Pointer, Design.OutputCount, rows, tile.Outputs.Pointer);
        Encoder?.Finish(tile.Coordinates.Pointer, rows, tile.Outputs.Pointer);
    }

    public override void MeasureLoss(Tile tile, int rows, PixelLoss loss, float gradientScale, ref ErrorSums sums) =>
        LossKernel<TVector, TOps>.Measure(loss, rows, Design.OutputCount, tile.Outputs.Pointer, tile.Targets.Pointer, tile.SampleWeights,
            Colors, gradientScale == 0 ? null : tile.OutputGradients.Pointer, gradientScale, ref sums);

    public override void Backward(Tile tile, int rows, float* gradient, bool add)
    {
        var rowMajor = (MklTile)tile;
        float* errors = rowMajor.Results.Pointer;
        ToRows(tile.OutputGradients.Pointer, Design.OutputCount, rows, errors);
        for (int layer = LastLayer; layer >= 0; layer--)
        {
            int inputs = InputsOf(layer), outputs = OutputsOf(layer), stride = Stride(outputs), inputStride = Stride(inputs);
            float* layerGradient = gradient + Layers[layer].Weights, biasGradient = gradient + Layers[layer].Biases;
            _library.Multiply(
                true, false, inputs, outputs, rows, Input(tile, layer), inputStride, errors, stride, add ? 1 : 0, layerGradient, stride);
            if (!add)
                new Span<float>(biasGradient, stride).Clear();
            SkinnyProduct<TVector, TOps>.AddColumnSums(rows, stride, errors, new PackedLayout(stride, PanelLayout.Width), biasGradient);
            // A product of another stride may have left something in the padding of these errors.
            new Span<float>(biasGradient + outputs, stride - outputs).Clear();
            if (layer == 0)
            {
                if (tile.FeatureGradients != null)
                    _library.Multiply(false, true, rows, inputs, outputs, errors, stride, Weights(0), stride, 0,
                        tile.FeatureGradients, tile.FeatureGradientLayout.RowStride);
                break;
            }
            _library.Multiply(
                false, true, rows, inputs, outputs, errors, stride, Weights(layer), stride, 0, rowMajor.Products.Pointer, inputStride);
            errors = (tile.Derivatives[layer - 1] ?? tile.Activations[layer - 1]).Pointer;
            ElementwiseKernel<TVector, TOps, TActivation>.MultiplyByDerivative(
                rows, inputStride, inputStride, errors, rowMajor.Products.Pointer, ActivationParameters);
        }
    }

    public override void Refresh(in ParameterSlice slice)
    {
    }

    private static int Stride(int columns) => PanelLayout.PadToHalfPanels(columns);

    private static void ToRows(float* skinny, int columns, int rows, float* result)
    {
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
                result[row * PanelLayout.HalfWidth + column] = skinny[PanelLayout.SkinnyOffset(row, columns) + column * PanelLayout.Width];
    }

    private static void ToSkinny(float* matrix, int columns, int rows, float* skinny)
    {
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
                skinny[PanelLayout.SkinnyOffset(row, columns) + column * PanelLayout.Width] = matrix[row * PanelLayout.HalfWidth + column];
    }

    private float* Weights(int layer) => Parameters.Pointer + Layers[layer].Weights;

    private float* Biases(int layer) => Parameters.Pointer + Layers[layer].Biases;

    private static float* Input(Tile tile, int layer) => (layer == 0 ? tile.Features : tile.Activations[layer - 1]).Pointer;
}

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
