using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>
/// The engine's own provider. Every product of a step is the <see cref="Microkernel{TVector, TOps}"/> on operands that are already stored
/// as it needs them; activations and their derivatives are applied to each panel while it is in the first-level cache.
/// </summary>
internal sealed unsafe class ManagedNetwork<TVector, TOps, TActivation> : TiledNetwork
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
    where TActivation : struct, IActivationKernel
{
    private const int Width = PanelLayout.Width;

    /// <summary>The layers' weights as packed <c>[outputs, inputs]</c>, for the backward pass; null where there is none.</summary>
    private readonly AlignedBuffer?[] _transposed;

    /// <summary>Lays out a network and loads its weights.</summary>
    /// <param name="network">The network.</param>
    /// <param name="instructionSet">The vectors to use.</param>
    /// <param name="training">Whether there will be backward passes.</param>
    /// <param name="fewestShared">Entries from which a large table is the network's own and not a copy.</param>
    public ManagedNetwork(Mlp network, InstructionSet instructionSet, bool training, int fewestShared)
        : base(network, instructionSet, LayOut(network), Encoders.Create<TVector, TOps>(network, fewestShared))
    {
        _transposed = new AlignedBuffer?[network.Layers.Count];
        for (int layer = Design.Encoding.IsTrained ? 0 : 1; training && layer < LastLayer; layer++)
            _transposed[layer] = new AlignedBuffer((long)PanelLayout.PaddedColumns(InputsOf(layer)) * Design.HiddenLayers[layer]);
        Load(network);
    }

    /// <summary>
    /// A layer but the last is a packed <c>[inputs, outputs]</c>; the output layer is transposed, panel by panel of its inputs. Biases are
    /// padded to whole panels.
    /// </summary>
    private static LayerLayout[] LayOut(Mlp network)
    {
        var layouts = new LayerLayout[network.Layers.Count];
        int next = 0;
        for (int layer = 0; layer < layouts.Length; layer++)
        {
            DenseLayer dense = network.Layers[layer];
            bool isOutput = layer == layouts.Length - 1;
            (int rows, int columns) = isOutput ? (dense.OutputCount, dense.InputCount) : (dense.InputCount, dense.OutputCount);
            int biases = checked((int)(next + (long)PanelLayout.PaddedColumns(columns) * rows));
            int end = checked(biases + PanelLayout.PaddedColumns(dense.OutputCount));
            // A slice of a packed layer stays within one panel, and keeps whole squares of 32 by 32, for the sake of the transpose.
            bool isOneRun = isOutput || (layer == 0 && network.Design.Encoding.Kind == EncodingKind.None);
            layouts[layer] = new LayerLayout(
                next, biases, end, dense.InputCount, dense.OutputCount, Width, rows * Width, isOneRun ? biases - next : rows * Width, isOutput);
            next = end;
        }
        return layouts;
    }

    public override string Description => $"{ComputeProvider.Managed} ({InstructionSets.NameOf(InstructionSet)})";

    public override Tile CreateTile(int capacity, bool training) =>
        new(Design.OutputCount, capacity, FeatureLength(capacity), [.. Design.HiddenLayers.Select(PanelLayout.PaddedColumns)], training,
            TActivation.KeepsDerivative);

    public override PackedLayout FeatureLayout(int capacity) => new(Width, capacity * Width);

    public override PackedLayout HiddenLayout(int layer, int capacity) => FeatureLayout(capacity);

    public override int FeatureLength(int capacity) => Encoder is null ? 0 : capacity * PanelLayout.PaddedColumns(InputsOf(0));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(Tile tile, int rows)
    {
        int computedRows = ComputedRows(rows);
        Encoder?.Forward(tile.Coordinates.Pointer, rows, tile.Features.Pointer, FeatureLayout(tile.Capacity));
        for (int layer = 0; layer < LastLayer; layer++)
            for (int panel = 0; panel < PanelLayout.PanelCount(Design.HiddenLayers[layer]); panel++)
                if (TActivation.IsCheap)
                    ForwardPanel<Activated<TActivation>>(tile, layer, panel, rows);
                else
                {
                    ForwardPanel<AsItIs>(tile, layer, panel, rows);
                    Activate(tile, layer, panel, computedRows);
                }
        int terms = InputsOf(LastLayer);
        SkinnyProduct<TVector, TOps>.Multiply(
            rows, terms, Design.OutputCount, tile.Activations[LastLayer - 1].Pointer, tile.Capacity * Width,
            Parameters.Pointer + Layers[LastLayer].Weights, Parameters.Pointer + Layers[LastLayer].Biases, tile.Outputs.Pointer);
        Encoder?.Finish(tile.Coordinates.Pointer, rows, tile.Outputs.Pointer);
    }

    /// <summary>A panel of a hidden layer's sums, finished before they are stored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ForwardPanel<TFinish>(Tile tile, int layer, int panel, int rows)
        where TFinish : struct, IFinish
    {
        int inputs = InputsOf(layer), columns = PanelLayout.ComputedColumns(panel, Design.HiddenLayers[layer]);
        float* weights = WeightPanel(layer, panel, inputs), bias = Parameters.Pointer + Layers[layer].Biases + panel * Width;
        float* result = tile.Activations[layer].Pointer + panel * tile.Capacity * Width;
        if (layer == 0 && Encoder is null)
            MultiplySkinny<FromBias, TFinish>(tile.Coordinates.Pointer, Mlp.InputCount, rows, columns, weights, result, bias);
        else
            Multiply<AlongRows, FromBias, TFinish>(
                Product.Blocked(inputs, tile.Capacity * Width), ComputedRows(rows), columns, Inputs(tile, layer), weights, result, bias);
    }

    public override void MeasureLoss(Tile tile, int rows, PixelLoss loss, float gradientScale, ref ErrorSums sums) =>
        LossKernel<TVector, TOps>.Measure(loss, rows, Design.OutputCount, tile.Outputs.Pointer, tile.Targets.Pointer, tile.SampleWeights,
            Colors, gradientScale == 0 ? null : tile.OutputGradients.Pointer, gradientScale, ref sums);

    public override void Backward(Tile tile, int rows, float* gradient, bool add)
    {
        if (add)
        {
            Backward<FromSum>(tile, rows, gradient);
            return;
        }
        for (int layer = 0; layer <= LastLayer; layer++)
            new Span<float>(gradient + Layers[layer].Biases, PanelLayout.PaddedColumns(OutputsOf(layer))).Clear();
        Backward<FromZero>(tile, rows, gradient);
    }

    public override void Refresh(in ParameterSlice slice)
    {
        int layer = slice.Layer;
        if (_transposed[layer] is not { } transposed || slice.Start >= Layers[layer].Biases)
            return;
        int inputs = InputsOf(layer), outputs = Design.HiddenLayers[layer];
        int offset = slice.Start - Layers[layer].Weights;
        int panel = offset / (inputs * Width), firstInput = offset % (inputs * Width) / Width;
        int firstOutput = panel * Width, outputCount = Math.Min(Width, outputs - firstOutput);
        float* source = Parameters.Pointer + slice.Start;
        for (int left = slice.Length / Width, input = firstInput; left > 0; left -= Width, input += Width, source += Width * Width)
            BlockTranspose.Transpose(Math.Min(Width, left), outputCount, source, transposed.Pointer + (input / Width * outputs + firstOutput) * Width);
    }

    private void Backward<TStart>(Tile tile, int rows, float* gradient)
        where TStart : struct, IStart
    {
        OutputBackward<TStart>(tile, rows, gradient);
        for (int layer = LastLayer - 1; layer > 0; layer--)
        {
            WeightGradient<TStart>(tile, layer, rows, gradient);
            ErrorsBelow(tile, layer, rows);
        }
        if (Encoder is null)
        {
            SkinnyWeightGradient<TStart>(tile, rows, gradient);
            return;
        }
        WeightGradient<TStart>(tile, 0, rows, gradient);
        if (tile.FeatureGradients != null)
            FeatureGradients(tile, rows);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void OutputBackward<TStart>(Tile tile, int rows, float* gradient)
        where TStart : struct, IStart
    {
        int inputs = InputsOf(LastLayer), outputs = Design.OutputCount;
        float* errors = tile.OutputGradients.Pointer, activations = tile.Activations[LastLayer - 1].Pointer;
        var product = Product.Blocked(rows, outputs * Width);
        for (int panel = 0; panel < PanelLayout.PanelCount(inputs); panel++)
        {
            int columns = PanelLayout.ComputedColumns(panel, inputs), offset = panel * outputs * Width;
            Multiply<AlongRows, TStart>(product, outputs, columns, errors, activations + panel * tile.Capacity * Width,
                gradient + Layers[LastLayer].Weights + offset, null);
            ClearPadding(gradient + Layers[LastLayer].Weights + offset, outputs, inputs - panel * Width, columns);
            MultiplySkinny<FromZero, TimesDerivative<TActivation>>(
                errors, outputs, rows, columns, Parameters.Pointer + Layers[LastLayer].Weights + offset,
                Errors(tile, LastLayer - 1) + panel * tile.Capacity * Width, null);
        }
        SkinnyProduct<TVector, TOps>.AddSkinnyColumnSums(rows, outputs, errors, gradient + Layers[LastLayer].Biases);
    }

    /// <summary>The padding of the activations is f(0), which is not zero for sigmoid; its weights must stay zero all the same.</summary>
    private static void ClearPadding(float* gradientPanel, int outputs, int used, int columns)
    {
        for (int output = 0; used < columns && output < outputs; output++)
            new Span<float>(gradientPanel + output * Width + used, columns - used).Clear();
    }

    /// <summary>The gradient of a layer with packed inputs: the inputs, transposed, times the errors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WeightGradient<TStart>(Tile tile, int layer, int rows, float* gradient)
        where TStart : struct, IStart
    {
        int inputs = InputsOf(layer), outputs = Design.HiddenLayers[layer];
        float* errors = Errors(tile, layer), activations = Inputs(tile, layer);
        for (int panel = 0; panel < PanelLayout.PanelCount(outputs); panel++)
        {
            float* errorPanel = errors + panel * tile.Capacity * Width;
            float* gradientPanel = gradient + Layers[layer].Weights + panel * inputs * Width;
            int columns = PanelLayout.ComputedColumns(panel, outputs);
            for (int input = 0; input < inputs; input += Width)
                Multiply<DownColumns, TStart>(Product.Even(rows), Math.Min(Width, inputs - input), columns,
                    activations + input * tile.Capacity, errorPanel, gradientPanel + input * Width, null);
            BiasGradient(tile, layer, rows, panel, gradient);
        }
    }

    /// <summary>The errors of the layer below: the errors times the transposed weights, times the derivative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ErrorsBelow(Tile tile, int layer, int rows)
    {
        int inputs = InputsOf(layer), outputs = Design.HiddenLayers[layer];
        var product = Product.Blocked(outputs, tile.Capacity * Width);
        for (int panel = 0; panel < PanelLayout.PanelCount(inputs); panel++)
        {
            int columns = PanelLayout.ComputedColumns(panel, inputs);
            Multiply<AlongRows, FromZero, TimesDerivative<TActivation>>(product, ComputedRows(rows), columns,
                Errors(tile, layer), _transposed[layer]!.Pointer + panel * outputs * Width,
                Errors(tile, layer - 1) + panel * tile.Capacity * Width, null);
        }
    }

    /// <summary>The same for the features, which have no activation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FeatureGradients(Tile tile, int rows)
    {
        int features = InputsOf(0), outputs = Design.HiddenLayers[0];
        var product = Product.Blocked(outputs, tile.Capacity * Width);
        for (int panel = 0; panel < PanelLayout.PanelCount(features); panel++)
            Multiply<AlongRows, FromZero>(product, ComputedRows(rows), PanelLayout.ComputedColumns(panel, features), Errors(tile, 0),
                _transposed[0]!.Pointer + panel * outputs * Width,
                tile.FeatureGradients + panel * tile.FeatureGradientLayout.PanelStride, null);
    }

    /// <summary>The gradient of a first layer that sees the coordinates.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SkinnyWeightGradient<TStart>(Tile tile, int rows, float* gradient)
        where TStart : struct, IStart
    {
        int outputs = Design.HiddenLayers[0];
        float* errors = Errors(tile, 0);
        var product = Product.Blocked(rows, Mlp.InputCount * Width);
        for (int panel = 0; panel < PanelLayout.PanelCount(outputs); panel++)
        {
            float* errorPanel = errors + panel * tile.Capacity * Width;
            int columns = PanelLayout.ComputedColumns(panel, outputs);
            Multiply<AlongRows, TStart>(product, Mlp.InputCount, columns,
                tile.Coordinates.Pointer, errorPanel, gradient + Layers[0].Weights + panel * Mlp.InputCount * Width, null);
            BiasGradient(tile, 0, rows, panel, gradient);
        }
    }

    /// <summary>The gradient of the biases, two panels of errors at a time: at every second panel, and at the last.</summary>
    private void BiasGradient(Tile tile, int layer, int rows, int panel, float* gradient)
    {
        int outputs = Design.HiddenLayers[layer], first = panel & ~1;
        if (panel == first && panel < PanelLayout.PanelCount(outputs) - 1)
            return;
        int columns = (panel - first) * Width + PanelLayout.ComputedColumns(panel, outputs);
        PackedLayout layout = HiddenLayout(layer, tile.Capacity);
        SkinnyProduct<TVector, TOps>.AddColumnSums(
            rows, columns, Errors(tile, layer) + layout.Column(first * Width), layout, gradient + Layers[layer].Biases + first * Width);
    }

    /// <summary>A skinny matrix times a panel: chunk by chunk of 32 rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplySkinny<TStart, TFinish>(
        float* skinny, int terms, int rows, int columns, float* weights, float* result, float* bias)
        where TStart : struct, IStart
        where TFinish : struct, IFinish
    {
        var product = Product.Even(terms);
        for (int row = 0; row < rows; row += Width)
            Multiply<DownColumns, TStart, TFinish>(
                product, ComputedRows(Math.Min(Width, rows - row)), columns, skinny + row * terms, weights, result + row * Width, bias);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply<TFactor, TStart>(in Product product, int rows, int columns, float* a, float* b, float* c, float* start)
        where TFactor : struct, IFactor
        where TStart : struct, IStart =>
        Microkernel<TVector, TOps>.Multiply<TFactor, TStart>(product, rows, columns, a, b, c, start);

    /// <summary>The same, the sums finished before they are stored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Multiply<TFactor, TStart, TFinish>(in Product product, int rows, int columns, float* a, float* b, float* c, float* start)
        where TFactor : struct, IFactor
        where TStart : struct, IStart
        where TFinish : struct, IFinish =>
        Microkernel<TVector, TOps>.Multiply<TFactor, TStart, TFinish>(product, rows, columns, a, b, c, start, ActivationParameters);

    private void Activate(Tile tile, int layer, int panel, int rows)
    {
        int offset = panel * tile.Capacity * Width, columns = PanelLayout.ComputedColumns(panel, Design.HiddenLayers[layer]);
        float* derivatives = tile.Derivatives[layer] is { } kept ? kept.Pointer + offset : null;
        ElementwiseKernel<TVector, TOps, TActivation>.Activate(
            rows, columns, Width, tile.Activations[layer].Pointer + offset, derivatives, ActivationParameters);
    }

    /// <summary>A layer's inputs where they are packed.</summary>
    private static float* Inputs(Tile tile, int layer) => (layer == 0 ? tile.Features : tile.Activations[layer - 1]).Pointer;

    /// <summary>A layer's gradients by its weighted sums, which take the place of what was kept for the derivative.</summary>
    private static float* Errors(Tile tile, int layer) => (tile.Derivatives[layer] ?? tile.Activations[layer]).Pointer;

    private float* WeightPanel(int layer, int panel, int inputs) => Parameters.Pointer + Layers[layer].Weights + panel * inputs * Width;

    /// <summary>Rows with the padding that lets the microkernel take whole blocks of eight.</summary>
    private static int ComputedRows(int rows) => (rows + 7) & ~7;
}
