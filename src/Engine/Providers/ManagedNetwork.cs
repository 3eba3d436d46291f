using System.Runtime.CompilerServices;
using MonaLisa.Engine.Kernels;

namespace MonaLisa.Engine.Providers;

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

    /// <summary>The hidden layers' weights as wide <c>[outputs, inputs]</c>, for the way back; null where there is none or no training.</summary>
    private readonly AlignedBuffer?[] _transposed;

    private ManagedNetwork(Mlp network, ManagedLayout layout, InstructionSet instructionSet, bool training)
        : base(network, layout.Length)
    {
        _layout = layout;
        InstructionSet = instructionSet;
        _transposed = new AlignedBuffer?[network.Layers.Count];
        for (int layer = 1; training && layer < LastLayer; layer++)
            _transposed[layer] = new AlignedBuffer((long)PanelLayout.PaddedColumns(InputsOf(layer)) * Design.HiddenLayers[layer]);
        Load(network);
    }

    /// <summary>Lays out a network and loads its weights.</summary>
    public static ManagedNetwork<TVector, TOps, TActivation> Create(Mlp network, InstructionSet instructionSet, bool training) =>
        new(network, new ManagedLayout(network), instructionSet, training);

    public override IReadOnlyList<ParameterSlice> Slices => _layout.Slices;

    public override string Description => $"{ComputeProvider.Managed} ({InstructionSets.NameOf(InstructionSet)})";

    public override InstructionSet InstructionSet { get; }

    private int LastLayer => Design.HiddenLayers.Count;

    public override Tile CreateTile(int capacity, bool training) =>
        new(Design.OutputCount, capacity, [.. Design.HiddenLayers.Select(PanelLayout.PaddedColumns)], training,
            TActivation.KeepsDerivative);

    public override void Load(Mlp network)
    {
        for (int layer = 0; layer <= LastLayer; layer++)
        {
            DenseLayer dense = network.Layers[layer];
            for (int output = 0; output < dense.OutputCount; output++)
                for (int input = 0; input < dense.InputCount; input++)
                    *Weight(layer, input, output) = dense.Weights[output * dense.InputCount + input];
            dense.Biases.CopyTo(new Span<float>(Parameters.Pointer + _layout.Biases(layer), dense.OutputCount));
        }
        foreach (ParameterSlice slice in Slices)
            Refresh(slice);
    }

    public override void Save(Mlp network)
    {
        for (int layer = 0; layer <= LastLayer; layer++)
        {
            DenseLayer dense = network.Layers[layer];
            for (int output = 0; output < dense.OutputCount; output++)
                for (int input = 0; input < dense.InputCount; input++)
                    dense.Weights[output * dense.InputCount + input] = *Weight(layer, input, output);
            new Span<float>(Parameters.Pointer + _layout.Biases(layer), dense.OutputCount).CopyTo(dense.Biases);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(Tile tile, int rows)
    {
        int computedRows = ComputedRows(rows);
        for (int layer = 0; layer < LastLayer; layer++)
        {
            int inputs = InputsOf(layer), outputs = Design.HiddenLayers[layer];
            float* activations = tile.Activations[layer].Pointer;
            for (int panel = 0; panel < PanelLayout.PanelCount(outputs); panel++)
            {
                float* weights = WeightPanel(layer, panel, inputs);
                float* bias = Parameters.Pointer + _layout.Biases(layer) + panel * Width;
                float* result = activations + panel * tile.Capacity * Width;
                int columns = PanelLayout.ComputedColumns(panel, outputs);
                if (layer == 0)
                    MultiplyNarrow(tile.Coordinates.Pointer, Mlp.InputCount, rows, columns, weights, result, bias);
                else
                    Multiply<AlongRows, FromBias>(Product.Blocked(inputs, tile.Capacity * Width), computedRows, columns,
                        tile.Activations[layer - 1].Pointer, weights, result, bias);
                Activate(tile, layer, panel, computedRows, columns);
            }
        }
        int terms = InputsOf(LastLayer);
        NarrowProduct<TVector, TOps>.Multiply(
            rows, terms, Design.OutputCount, tile.Activations[LastLayer - 1].Pointer, tile.Capacity * Width,
            Parameters.Pointer + _layout.Weights(LastLayer), Parameters.Pointer + _layout.Biases(LastLayer), tile.Outputs.Pointer);
    }

    public override void MeasureLoss(Tile tile, int rows, float gradientScale, ref ErrorSums sums) =>
        LossKernel<TVector, TOps>.Measure(rows, Design.OutputCount, tile.Outputs.Pointer, tile.Targets.Pointer, Colors,
            gradientScale == 0 ? null : tile.OutputGradients.Pointer, gradientScale, ref sums);

    public override void Backward(Tile tile, int rows, float* gradient, bool add)
    {
        if (!add)
            new Span<float>(gradient, Parameters.Length).Clear();
        OutputBackward(tile, rows, gradient);
        for (int layer = LastLayer - 1; layer > 0; layer--)
            HiddenBackward(tile, layer, rows, gradient);
        InputBackward(tile, rows, gradient);
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void OutputBackward(Tile tile, int rows, float* gradient)
    {
        int inputs = InputsOf(LastLayer), outputs = Design.OutputCount;
        float* errors = tile.OutputGradients.Pointer, activations = tile.Activations[LastLayer - 1].Pointer;
        var product = Product.Blocked(rows, outputs * Width);
        for (int panel = 0; panel < PanelLayout.PanelCount(inputs); panel++)
        {
            int columns = PanelLayout.ComputedColumns(panel, inputs), offset = panel * outputs * Width;
            Multiply<AlongRows, FromSum>(product, outputs, columns, errors, activations + panel * tile.Capacity * Width,
                gradient + _layout.Weights(LastLayer) + offset, null);
            ClearPadding(gradient + _layout.Weights(LastLayer) + offset, outputs, inputs - panel * Width, columns);
            MultiplyNarrow(errors, outputs, rows, columns, Parameters.Pointer + _layout.Weights(LastLayer) + offset,
                tile.Scratch.Pointer, null);
            MultiplyByDerivative(tile, LastLayer - 1, panel, ComputedRows(rows), columns);
        }
        NarrowProduct<TVector, TOps>.AddNarrowColumnSums(rows, outputs, errors, gradient + _layout.Biases(LastLayer));
    }

    /// <summary>The padding of the activations is f(0), which is not zero for sigmoid; its weights must stay zero nevertheless.</summary>
    private static void ClearPadding(float* gradientPanel, int outputs, int used, int columns)
    {
        for (int output = 0; used < columns && output < outputs; output++)
            new Span<float>(gradientPanel + output * Width + used, columns - used).Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void HiddenBackward(Tile tile, int layer, int rows, float* gradient)
    {
        int inputs = InputsOf(layer), outputs = Design.HiddenLayers[layer];
        float* errors = Errors(tile, layer), activations = tile.Activations[layer - 1].Pointer;
        for (int panel = 0; panel < PanelLayout.PanelCount(outputs); panel++)
        {
            float* errorPanel = errors + panel * tile.Capacity * Width;
            float* gradientPanel = gradient + _layout.Weights(layer) + panel * inputs * Width;
            int columns = PanelLayout.ComputedColumns(panel, outputs);
            for (int input = 0; input < inputs; input += Width)
                Multiply<DownColumns, FromSum>(Product.Even(rows), Math.Min(Width, inputs - input), columns,
                    activations + input * tile.Capacity, errorPanel, gradientPanel + input * Width, null);
            NarrowProduct<TVector, TOps>.AddColumnSums(rows, columns, Width, errorPanel, gradient + _layout.Biases(layer) + panel * Width);
        }
        var product = Product.Blocked(outputs, tile.Capacity * Width);
        for (int panel = 0; panel < PanelLayout.PanelCount(inputs); panel++)
        {
            int columns = PanelLayout.ComputedColumns(panel, inputs);
            Multiply<AlongRows, FromZero>(product, ComputedRows(rows), columns,
                errors, _transposed[layer]!.Pointer + panel * outputs * Width, tile.Scratch.Pointer, null);
            MultiplyByDerivative(tile, layer - 1, panel, ComputedRows(rows), columns);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void InputBackward(Tile tile, int rows, float* gradient)
    {
        int outputs = Design.HiddenLayers[0];
        float* errors = Errors(tile, 0);
        var product = Product.Blocked(rows, Mlp.InputCount * Width);
        for (int panel = 0; panel < PanelLayout.PanelCount(outputs); panel++)
        {
            float* errorPanel = errors + panel * tile.Capacity * Width;
            int columns = PanelLayout.ComputedColumns(panel, outputs);
            Multiply<AlongRows, FromSum>(product, Mlp.InputCount, columns,
                tile.Coordinates.Pointer, errorPanel, gradient + _layout.Weights(0) + panel * Mlp.InputCount * Width, null);
            NarrowProduct<TVector, TOps>.AddColumnSums(rows, columns, Width, errorPanel, gradient + _layout.Biases(0) + panel * Width);
        }
    }

    /// <summary>A narrow matrix times a panel: chunk by chunk of 32 rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyNarrow(float* narrow, int terms, int rows, int columns, float* weights, float* result, float* bias)
    {
        var product = Product.Even(terms);
        for (int row = 0; row < rows; row += Width)
        {
            int chunkRows = ComputedRows(Math.Min(Width, rows - row));
            if (bias != null)
                Multiply<DownColumns, FromBias>(product, chunkRows, columns, narrow + row * terms, weights, result + row * Width, bias);
            else
                Multiply<DownColumns, FromZero>(product, chunkRows, columns, narrow + row * terms, weights, result + row * Width, bias);
        }
    }

    /// <summary>One panel of a product; a half panel is done by vectors of half the width, where these are a whole panel wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<TFactor, TStart>(in Product product, int rows, int columns, float* a, float* b, float* c, float* start)
        where TFactor : struct, IFactor
        where TStart : struct, IStart
    {
        if (columns < 2 * TOps.Count)
            Microkernel<System.Runtime.Intrinsics.Vector256<float>, Vector256Ops>.Multiply<TFactor, TStart>(product, rows, columns, a, b, c, start);
        else
            Microkernel<TVector, TOps>.Multiply<TFactor, TStart>(product, rows, columns, a, b, c, start);
    }

    private void Activate(Tile tile, int layer, int panel, int rows, int columns)
    {
        int offset = panel * tile.Capacity * Width;
        float* derivatives = tile.Derivatives[layer] is { } kept ? kept.Pointer + offset : null;
        ElementwiseKernel<TVector, TOps, TActivation>.Activate(
            rows, columns, Width, tile.Activations[layer].Pointer + offset, derivatives, ActivationParameter);
    }

    /// <summary>Turns what was kept of a panel into its gradients, from the products in the tile's scratch.</summary>
    private void MultiplyByDerivative(Tile tile, int layer, int panel, int rows, int columns) =>
        ElementwiseKernel<TVector, TOps, TActivation>.MultiplyByDerivative(
            rows, columns, Width, Errors(tile, layer) + panel * tile.Capacity * Width, tile.Scratch.Pointer, ActivationParameter);

    /// <summary>A layer's gradients by its weighted sums, which take the place of what was kept for the derivative.</summary>
    private static float* Errors(Tile tile, int layer) => (tile.Derivatives[layer] ?? tile.Activations[layer]).Pointer;

    private float* WeightPanel(int layer, int panel, int inputs) => Parameters.Pointer + _layout.Weights(layer) + panel * inputs * Width;

    private float* Weight(int layer, int input, int output) => layer == LastLayer
        ? Parameters.Pointer + _layout.Weights(layer) + (input / Width * Design.OutputCount + output) * Width + input % Width
        : WeightPanel(layer, output / Width, InputsOf(layer)) + input * Width + output % Width;

    /// <summary>Rows with the padding that lets the microkernel take whole blocks of eight.</summary>
    private static int ComputedRows(int rows) => (rows + 7) & ~7;
}
