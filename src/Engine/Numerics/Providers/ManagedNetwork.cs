using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>
/// The engine's own provider. Every product of a step is the <see cref="Microkernel{TVector, TOps}"/> on operands that already lie
/// as it wants them; activations and their derivatives are applied to each panel while it is in the first-level cache.
/// </summary>
internal sealed unsafe class ManagedNetwork<TVector, TOps, TActivation> : TiledNetwork
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
    where TActivation : struct, IActivationKernel
{
    private const int Width = PanelLayout.Width;

    private readonly ManagedLayout _layout;

    /// <summary>The layers' weights as packed <c>[outputs, inputs]</c>, for the way back; null where there is none.</summary>
    private readonly AlignedBuffer?[] _transposed;

    private ManagedNetwork(Mlp network, ManagedLayout layout, InstructionSet instructionSet, bool training)
        : base(network, layout.Length, Encoders.Create<TVector, TOps>(network))
    {
        _layout = layout;
        InstructionSet = instructionSet;
        _transposed = new AlignedBuffer?[network.Layers.Count];
        for (int layer = Design.Encoding.IsTrained ? 0 : 1; training && layer < LastLayer; layer++)
            _transposed[layer] = new AlignedBuffer((long)PanelLayout.PaddedColumns(InputsOf(layer)) * Design.HiddenLayers[layer]);
        Load(network);
    }

    /// <summary>Lays out a network and loads its weights.</summary>
    public static ManagedNetwork<TVector, TOps, TActivation> Create(Mlp network, InstructionSet instructionSet, bool training) =>
        new(network, new ManagedLayout(network), instructionSet, training);

    public override IReadOnlyList<ParameterSlice> Slices => _layout.Slices;

    public override IReadOnlyList<HiddenMatrix> HiddenMatrices => _layout.HiddenMatrices;

    public override string Description => $"{ComputeProvider.Managed} ({InstructionSets.NameOf(InstructionSet)})";

    public override InstructionSet InstructionSet { get; }

    public override Tile CreateTile(int capacity, bool training) =>
        new(Design.OutputCount, capacity, FeatureLength(capacity), [.. Design.HiddenLayers.Select(PanelLayout.PaddedColumns)], training,
            TActivation.KeepsDerivative);

    public override PackedLayout FeatureLayout(int capacity) => new(Width, capacity * Width);

    public override PackedLayout HiddenLayout(int layer, int capacity) => FeatureLayout(capacity);

    public override int FeatureLength(int capacity) => Encoder is null ? 0 : capacity * PanelLayout.PaddedColumns(InputsOf(0));

    public override void LoadLayers(IReadOnlyList<DenseLayer> layers, AlignedBuffer destination)
    {
        for (int layer = 0; layer <= LastLayer; layer++)
        {
            DenseLayer dense = layers[layer];
            for (int output = 0; output < dense.OutputCount; output++)
                for (int input = 0; input < dense.InputCount; input++)
                    destination.Pointer[WeightOffset(layer, input, output)] = dense.Weights[output * dense.InputCount + input];
            dense.Biases.CopyTo(destination.Span[_layout.Biases(layer)..]);
        }
    }

    public override void SaveLayers(AlignedBuffer source, IReadOnlyList<DenseLayer> layers)
    {
        for (int layer = 0; layer <= LastLayer; layer++)
        {
            DenseLayer dense = layers[layer];
            for (int output = 0; output < dense.OutputCount; output++)
                for (int input = 0; input < dense.InputCount; input++)
                    dense.Weights[output * dense.InputCount + input] = source.Pointer[WeightOffset(layer, input, output)];
            source.Span.Slice(_layout.Biases(layer), dense.OutputCount).CopyTo(dense.Biases);
        }
    }

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
            Parameters.Pointer + _layout.Weights(LastLayer), Parameters.Pointer + _layout.Biases(LastLayer), tile.Outputs.Pointer);
    }

    /// <summary>A panel of a hidden layer's sums, finished on their way to memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ForwardPanel<TFinish>(Tile tile, int layer, int panel, int rows)
        where TFinish : struct, IFinish
    {
        int inputs = InputsOf(layer), columns = PanelLayout.ComputedColumns(panel, Design.HiddenLayers[layer]);
        float* weights = WeightPanel(layer, panel, inputs), bias = Parameters.Pointer + _layout.Biases(layer) + panel * Width;
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
            new Span<float>(gradient + _layout.Biases(layer), PanelLayout.PaddedColumns(OutputsOf(layer))).Clear();
        Backward<FromZero>(tile, rows, gradient);
    }

    public override void Refresh(in ParameterSlice slice)
    {
        int layer = slice.Layer;
        if (_transposed[layer] is not { } transposed || slice.Start >= _layout.Biases(layer))
            return;
        int inputs = InputsOf(layer), outputs = Design.HiddenLayers[layer];
        int offset = slice.Start - _layout.Weights(layer);
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
                gradient + _layout.Weights(LastLayer) + offset, null);
            ClearPadding(gradient + _layout.Weights(LastLayer) + offset, outputs, inputs - panel * Width, columns);
            MultiplySkinny<FromZero, TimesDerivative<TActivation>>(
                errors, outputs, rows, columns, Parameters.Pointer + _layout.Weights(LastLayer) + offset,
                Errors(tile, LastLayer - 1) + panel * tile.Capacity * Width, null);
        }
        SkinnyProduct<TVector, TOps>.AddSkinnyColumnSums(rows, outputs, errors, gradient + _layout.Biases(LastLayer));
    }

    /// <summary>The padding of the activations is f(0), which is not zero for sigmoid; its weights must stay zero nevertheless.</summary>
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
            float* gradientPanel = gradient + _layout.Weights(layer) + panel * inputs * Width;
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
                tile.Coordinates.Pointer, errorPanel, gradient + _layout.Weights(0) + panel * Mlp.InputCount * Width, null);
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
            rows, columns, Errors(tile, layer) + layout.Column(first * Width), layout, gradient + _layout.Biases(layer) + first * Width);
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

    /// <summary>The same, the sums finished on their way to memory.</summary>
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

    private float* WeightPanel(int layer, int panel, int inputs) => Parameters.Pointer + _layout.Weights(layer) + panel * inputs * Width;

    private int WeightOffset(int layer, int input, int output) => _layout.Weights(layer) + (layer == LastLayer
        ? (input / Width * Design.OutputCount + output) * Width + input % Width
        : (output / Width * InputsOf(layer) + input) * Width + output % Width);

    /// <summary>Rows with the padding that lets the microkernel take whole blocks of eight.</summary>
    private static int ComputedRows(int rows) => (rows + 7) & ~7;
}
