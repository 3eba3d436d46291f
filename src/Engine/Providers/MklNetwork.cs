using MonaLisa.Engine.Kernels;

namespace MonaLisa.Engine.Providers;

/// <summary>
/// MKL's provider: one call a product, on plain row-major tiles. A layer's weights are <c>[inputs, outputs]</c>, rows padded to
/// whole half panels so that the passes between the products run over whole vectors; its biases follow.
/// </summary>
internal sealed unsafe class MklNetwork<TVector, TOps, TActivation> : TiledNetwork
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
    where TActivation : struct, IActivationKernel
{
    private const int SliceLength = 4096;

    private readonly MklLibrary _library;
    private readonly int[] _weights;
    private readonly List<ParameterSlice> _slices = [];

    /// <summary>Lays out a network and loads its weights.</summary>
    public MklNetwork(Mlp network, InstructionSet instructionSet, MklLibrary library)
        : base(network, network.Layers.Sum(layer => checked((layer.InputCount + 1) * Stride(layer.OutputCount))))
    {
        _library = library;
        InstructionSet = instructionSet;
        _weights = new int[network.Layers.Count];
        int next = 0;
        for (int layer = 0; layer < _weights.Length; layer++)
        {
            _weights[layer] = next;
            int length = (InputsOf(layer) + 1) * Stride(OutputsOf(layer));
            for (int start = 0; start < length; start += SliceLength)
                _slices.Add(new ParameterSlice(layer, next + start, Math.Min(SliceLength, length - start)));
            next += length;
        }
        Load(network);
    }

    public override IReadOnlyList<ParameterSlice> Slices => _slices;

    public override string Description => $"{ComputeProvider.Mkl} ({_library.Version})";

    public override InstructionSet InstructionSet { get; }

    private int LastLayer => _weights.Length - 1;

    public override Tile CreateTile(int capacity, bool training) =>
        new MklTile(capacity, [.. Design.HiddenLayers.Select(Stride)], training, TActivation.KeepsDerivative);

    public override void Load(Mlp network)
    {
        for (int layer = 0; layer <= LastLayer; layer++)
        {
            DenseLayer dense = network.Layers[layer];
            for (int output = 0; output < dense.OutputCount; output++)
                for (int input = 0; input < dense.InputCount; input++)
                    Weights(layer)[input * Stride(dense.OutputCount) + output] = dense.Weights[output * dense.InputCount + input];
            dense.Biases.CopyTo(new Span<float>(Biases(layer), dense.OutputCount));
        }
    }

    public override void Save(Mlp network)
    {
        for (int layer = 0; layer <= LastLayer; layer++)
        {
            DenseLayer dense = network.Layers[layer];
            for (int output = 0; output < dense.OutputCount; output++)
                for (int input = 0; input < dense.InputCount; input++)
                    dense.Weights[output * dense.InputCount + input] = Weights(layer)[input * Stride(dense.OutputCount) + output];
            new Span<float>(Biases(layer), dense.OutputCount).CopyTo(dense.Biases);
        }
    }

    public override void Forward(Tile tile, int rows)
    {
        var rowMajor = (MklTile)tile;
        ToRows(tile.Coordinates.Pointer, Mlp.InputCount, rows, rowMajor.Inputs.Pointer);
        for (int layer = 0; layer <= LastLayer; layer++)
        {
            int inputs = InputsOf(layer), outputs = OutputsOf(layer), stride = Stride(outputs);
            float* result = layer == LastLayer ? rowMajor.Results.Pointer : tile.Activations[layer].Pointer;
            var bias = new ReadOnlySpan<float>(Biases(layer), stride);
            for (int row = 0; row < rows; row++)
                bias.CopyTo(new Span<float>(result + row * stride, stride));
            _library.Multiply(false, false, rows, outputs, inputs, Input(rowMajor, layer), Stride(inputs), Weights(layer), stride, 1, result, stride);
            if (layer < LastLayer)
                ElementwiseKernel<TVector, TOps, TActivation>.Activate(
                    rows, stride, stride, result, tile.Derivatives[layer] is { } kept ? kept.Pointer : null, ActivationParameters);
        }
        ToNarrow(rowMajor.Results.Pointer, Mlp.OutputCount, rows, tile.Outputs.Pointer);
    }

    public override void MeasureLoss(Tile tile, int rows, float gradientScale, ref ErrorSums sums) =>
        LossKernel<TVector, TOps>.Measure(rows, tile.Outputs.Pointer, tile.Targets.Pointer, Colors,
            gradientScale == 0 ? null : tile.OutputGradients.Pointer, gradientScale, ref sums);

    public override void Backward(Tile tile, int rows, float* gradient, bool add)
    {
        var rowMajor = (MklTile)tile;
        float* errors = rowMajor.Results.Pointer;
        ToRows(tile.OutputGradients.Pointer, Mlp.OutputCount, rows, errors);
        for (int layer = LastLayer; layer >= 0; layer--)
        {
            int inputs = InputsOf(layer), outputs = OutputsOf(layer), stride = Stride(outputs), inputStride = Stride(inputs);
            float* layerGradient = gradient + _weights[layer], biasGradient = layerGradient + inputs * stride;
            _library.Multiply(
                true, false, inputs, outputs, rows, Input(rowMajor, layer), inputStride, errors, stride, add ? 1 : 0, layerGradient, stride);
            if (!add)
                new Span<float>(biasGradient, stride).Clear();
            NarrowProduct<TVector, TOps>.AddColumnSums(rows, stride, stride, errors, biasGradient);
            // A product of another stride may have left something in the padding of these errors.
            new Span<float>(biasGradient + outputs, stride - outputs).Clear();
            if (layer == 0)
                break;
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

    private static void ToRows(float* narrow, int columns, int rows, float* result)
    {
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
                result[row * PanelLayout.HalfWidth + column] = narrow[PanelLayout.NarrowOffset(row, columns) + column * PanelLayout.Width];
    }

    private static void ToNarrow(float* matrix, int columns, int rows, float* narrow)
    {
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
                narrow[PanelLayout.NarrowOffset(row, columns) + column * PanelLayout.Width] = matrix[row * PanelLayout.HalfWidth + column];
    }

    private int OutputsOf(int layer) => layer == LastLayer ? Mlp.OutputCount : Design.HiddenLayers[layer];

    private float* Weights(int layer) => Parameters.Pointer + _weights[layer];

    private float* Biases(int layer) => Weights(layer) + InputsOf(layer) * Stride(OutputsOf(layer));

    private static float* Input(MklTile tile, int layer) => layer == 0 ? tile.Inputs.Pointer : tile.Activations[layer - 1].Pointer;
}
