using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Training;

/// <summary>Plain gradient descent, one pixel a step, as the 2012 program does it.</summary>
internal static class OnlineLearner
{
    /// <summary>The most pixels that a call of the learner takes, a step each.</summary>
    public const int PixelsPerCall = 64;

    /// <summary>A learner.</summary>
    /// <param name="dataset">The picture.</param>
    /// <param name="network">The weights to start from.</param>
    /// <param name="options">How to train.</param>
    /// <param name="instructionSet">The vectors to use.</param>
    public static IPixelLearner Create(PixelDataset dataset, Mlp network, TrainingOptions options, InstructionSet instructionSet) =>
        KernelDispatch.Create(instructionSet, network.Activation, new Factory(dataset, network, options.WithDefaults(network.Design), instructionSet));

    private sealed class Factory(PixelDataset dataset, Mlp network, TrainingOptions options, InstructionSet instructionSet)
        : IKernelFactory<IPixelLearner>
    {
        IPixelLearner IKernelFactory<IPixelLearner>.Create<TVector, TOps, TActivation>() =>
            new OnlineLearner<TVector, TOps, TActivation>(dataset, network, options, instructionSet);
    }
}

/// <summary>
/// One pixel a step on one thread. Each step needs the weights of the last one, so threads could only share a layer, and to wait for each other
/// twice a layer costs most of what they gain: docs/performance.md has how much.
/// </summary>
internal sealed unsafe class OnlineLearner<TVector, TOps, TActivation> : IPixelLearner
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
    where TActivation : struct, IActivationKernel
{
    private readonly TrainingOptions _options;
    private readonly InstructionSet _instructionSet;
    private readonly Mlp _network;
    private readonly TileLoader _loader;
    private readonly Tile _pixel;
    private readonly OnlineLayer<TVector, TOps>[] _layers;
    private readonly AlignedBuffer _errors, _nextErrors;
    private readonly ActivationParameters _parameters;

    /// <summary>Prepares to train a network on a picture; the options have every default filled in.</summary>
    public OnlineLearner(PixelDataset dataset, Mlp network, TrainingOptions options, InstructionSet instructionSet)
    {
        (_options, _instructionSet, _network) = (options, instructionSet, network.Clone());
        _loader = new TileLoader(dataset, network.Design.Coordinates);
        _pixel = new Tile(network.OutputCount, PanelLayout.Width, 0, [], training: false, keepsDerivatives: false);
        _layers = [.. network.Layers.Select(layer => new OnlineLayer<TVector, TOps>(layer))];
        int widest = _layers.Max(layer => Math.Max(layer.Stride, PanelLayout.PadToHalfPanels(layer.Outputs)));
        (_errors, _nextErrors) = (new AlignedBuffer(widest), new AlignedBuffer(widest));
        _parameters = network.Design.ActivationParameters;
    }

    public int PixelsPerCall => OnlineLearner.PixelsPerCall;

    public long Steps { get; private set; }

    public string Provider => $"{ComputeProvider.Managed} ({InstructionSets.NameOf(_instructionSet)}, one pixel at a time)";

    public int ThreadCount => 1;

    public void BeginEpoch(int epoch, bool isUnderWay)
    {
        // Each pixel comes once, as the shuffle has it.
    }

    public bool Learn(
        in PixelShuffle shuffle, int firstPlace, int count, double learningRate, out ErrorSums sums, CancellationToken cancellationToken)
    {
        sums = default;
        for (int place = firstPlace; place < firstPlace + count && double.IsFinite(sums.Squared); place++)
        {
            _loader.Load(_pixel, shuffle, place, rows: 1);
            Forward();
            Backward(learningRate, ref sums);
            if (double.IsFinite(sums.Squared))
                Steps++;
        }
        foreach (OnlineLayer<TVector, TOps> layer in _layers)
            layer.Finish();
        return true;
    }

    public ErrorSums Measure(PixelRange pixels, CancellationToken cancellationToken)
    {
        Save(_network);
        TiledNetwork tiled = TiledNetworks.CreateManaged(_network, training: false, _instructionSet);
        using var pool = new WorkerPool(_options.ThreadCount!.Value);
        int rows = TilePlan.RowsFor(_network.Design, training: false);
        Tile[] tiles = [.. Enumerable.Range(0, pool.WorkerCount).Select(_ => tiled.CreateTile(rows, training: false))];
        return NetworkMeter.Measure(tiled, pixels, _loader, tiles, pool, cancellationToken);
    }

    public void Save(Mlp network)
    {
        for (int layer = 0; layer < _layers.Length; layer++)
            _layers[layer].Save(network.Layers[layer]);
    }

    public void CopyState(LearnerSnapshot destination) => Save(destination.Network);

    public void Restore(LearnerSnapshot source, long steps)
    {
        Steps = steps;
        for (int layer = 0; layer < _layers.Length; layer++)
            _layers[layer].Load(source.Network.Layers[layer]);
    }

    public void Dispose()
    {
    }

    private void Forward()
    {
        float* input = _layers[0].Input.Pointer;
        for (int i = 0; i < Mlp.InputCount; i++)
            input[i] = _pixel.Coordinates.Pointer[i * PanelLayout.Width];
        for (int i = 0; i < _layers.Length; i++)
        {
            OnlineLayer<TVector, TOps> layer = _layers[i];
            bool isOutput = i == _layers.Length - 1;
            float* result = isOutput ? layer.Result.Pointer : _layers[i + 1].Input.Pointer;
            layer.Forward(result);
            if (isOutput)
                continue;
            // The activation must leave the padding zero, and sigmoid(0) is not.
            ElementwiseKernel<TVector, TOps, TActivation>.Activate(
                1, PanelLayout.PadToHalfPanels(layer.Outputs), 0, result, TActivation.KeepsDerivative ? layer.Result.Pointer : null, _parameters);
            new Span<float>(result + layer.Outputs, PanelLayout.PadToHalfPanels(layer.Outputs) - layer.Outputs).Clear();
        }
    }

    private void Backward(double learningRate, ref ErrorSums sums)
    {
        float* errors = _errors.Pointer, nextErrors = _nextErrors.Pointer;
        OutputErrors(errors, ref sums);
        for (int i = _layers.Length - 1; i >= 0; i--)
        {
            OnlineLayer<TVector, TOps> layer = _layers[i];
            float rate = (float)(_options.ScaleRateByFanIn ? learningRate / Math.Sqrt(layer.Inputs + 1) : learningRate);
            layer.Backward(errors, rate, nextErrors);
            if (i == 0)
                break;
            float* kept = TActivation.KeepsDerivative ? _layers[i - 1].Result.Pointer : layer.Input.Pointer;
            ElementwiseKernel<TVector, TOps, TActivation>.MultiplyByDerivative(1, layer.Stride, 0, kept, nextErrors, _parameters);
            new Span<float>(kept, layer.Stride).CopyTo(new Span<float>(errors, layer.Stride));
        }
    }

    private void OutputErrors(float* errors, ref ErrorSums sums)
    {
        var colors = ColorTransform.Of(_network.Design.Colors);
        PixelLoss loss = _options.PixelLoss;
        float scale = colors.Scale * loss.GradientFactor(_network.OutputCount);
        new Span<float>(errors, PanelLayout.PadToHalfPanels(_network.OutputCount)).Clear();
        for (int channel = 0; channel < _network.OutputCount; channel++)
        {
            float color = _layers[^1].Result.Pointer[channel] * colors.Scale + colors.Offset;
            float target = _pixel.Targets.Pointer[channel * PanelLayout.Width], error = color - target;
            float clamped = Math.Clamp(color, 0, 1) - target;
            errors[channel] = loss.Derivative(error) * scale;
            sums.Loss += loss.Value(error);
            sums.Squared += error * error;
            sums.ClampedSquared += clamped * clamped;
            sums.Absolute += Math.Abs(error);
        }
        sums.Pixels++;
        sums.Samples += _network.OutputCount;
    }
}
