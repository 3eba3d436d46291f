using System.Runtime.CompilerServices;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Training;

/// <summary>Muon (Jordan et al. 2024) for the matrices between hidden layers, and AdamW for all else.</summary>
internal sealed class MuonKind : OptimizerKind
{
    public override OptimizerValues Defaults => new(0.9, 0.999, 1e-8, 0.95, 0);

    public override IReadOnlyList<string> StateNames => ["mean", "variance", "momentum"];

    public override double DefaultRate(MlpDesign design, int batchSize)
    {
        // Sines and tables allow no larger rate than with Adam.
        double share = design.Encoding.IsTrained || ActivationFacts.Of(design.Activation).UsesOmega ? 1 : 10;
        return share * LearningRates.AdaptiveStart(design, batchSize);
    }

    public override ParameterUpdater CreateUpdater<TVector, TOps>(TrainingOptions options, int parameterLength) =>
        new AdamUpdater<TVector, TOps>(AdamSettings.Of(options, isDecayDecoupled: true), parameterLength);

    public override MuonUpdater<TVector, TOps> CreateMatrixUpdater<TVector, TOps>(TrainingOptions options, TiledNetwork network) =>
        new(options, network);
}

/// <summary>
/// Muon's step for the matrices between hidden layers: first each slice's momentum, beside the updates of the other slices; then, panel by
/// panel on all threads, every matrix's step is made orthogonal; then slice by slice the weights move. Every sum has a fixed order,
/// whatever thread computes it; nothing is allocated in a step.
/// </summary>
internal sealed unsafe class MuonUpdater<TVector, TOps>
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
{
    /// <summary>Steps of the Newton-Schulz iteration.</summary>
    private const int IterationCount = 5;

    /// <summary>Added to a step's norm, as in the reference implementation.</summary>
    private const double NormEpsilon = 1e-7;

    /// <summary>The root mean square that Adam's steps have, which Muon's are scaled to (Liu et al. 2025, arXiv 2502.16982).</summary>
    private const double StepSize = 0.2;

    private readonly float _momentum;
    private readonly double _weightDecay;
    private readonly TiledNetwork _network;
    private readonly int[] _matrixOfSlice;
    private readonly double[] _squares, _stepScale;
    private readonly MuonMatrix[] _matrices;
    private readonly (MuonMatrix Matrix, int Panel)[] _panels, _weightPanels;
    private readonly int[] _slices;
    private readonly Action<int, int> _load, _gram, _polynomial, _apply, _store;

    private float* _step;

    /// <summary>Allocates for a network's hidden matrices.</summary>
    /// <param name="options">Options with every default filled in.</param>
    /// <param name="network">The network.</param>
    public MuonUpdater(TrainingOptions options, TiledNetwork network)
    {
        (_momentum, _weightDecay, _network) = ((float)options.Momentum!.Value, options.WeightDecay!.Value, network);
        LayerLayout[] hidden = network.Layers[1..^1];
        Velocity = new AlignedBuffer(network.Parameters.Length);
        _matrices = [.. hidden.Select(matrix => new MuonMatrix(matrix))];
        _stepScale = [.. hidden.Select(matrix => StepSize * Math.Sqrt(Math.Max(matrix.Inputs, matrix.Outputs)))];
        _squares = new double[network.Slices.Count];
        _matrixOfSlice = [.. network.Slices.Select(slice => MatrixOf(network, slice))];
        _slices = [.. Enumerable.Range(0, _matrixOfSlice.Length).Where(Owns)];
        // The last panels of a symmetric product are the longest: they go first.
        _panels = [.. PanelsOf(matrix => matrix.PanelCount).OrderByDescending(item => item.Panel)];
        _weightPanels = [.. PanelsOf(matrix => matrix.WeightPanelCount)];
        _load = Round(_panels, (matrix, panel) => matrix.Load(panel, _step));
        _gram = Round(_panels, static (matrix, panel) => NewtonSchulzKernel<TVector, TOps>.Gram(
            panel, matrix.Rows, matrix.Columns, matrix.X, matrix.Gram.Pointer));
        _polynomial = Round(_panels, static (matrix, panel) => NewtonSchulzKernel<TVector, TOps>.Polynomial(
            panel, matrix.Columns, matrix.Gram.Pointer, matrix.Polynomial.Pointer));
        _apply = Round(_panels, static (matrix, panel) => NewtonSchulzKernel<TVector, TOps>.Apply(
            panel, matrix.Rows, matrix.Columns, matrix.X, matrix.Polynomial.Pointer, matrix.Next));
        _store = Round(_weightPanels, (matrix, panel) => matrix.Store(panel, _step));
    }

    /// <summary>Numbers of the network's slices that it updates.</summary>
    public IReadOnlyList<int> SliceNumbers => _slices;

    /// <summary>What it remembers from step to step: the momentum.</summary>
    public AlignedBuffer Velocity { get; }

    /// <summary>Whether it updates a slice, by its number.</summary>
    public bool Owns(int sliceNumber) => _matrixOfSlice[sliceNumber] >= 0;

    /// <summary>Takes a slice's gradient into its momentum; the step takes the place of the first group's gradient.</summary>
    /// <param name="sliceNumber">The slice.</param>
    /// <param name="gradients">The groups' gradients.</param>
    /// <param name="gradientCount">How many.</param>
    public void Accumulate(int sliceNumber, float** gradients, int gradientCount)
    {
        ParameterSlice slice = _network.Slices[sliceNumber];
        _squares[sliceNumber] = Momentum(
            slice.Length, Velocity.Pointer + slice.Start, gradients, gradientCount, slice.Start, _momentum);
    }

    /// <summary>After every slice's momentum: makes the matrices' steps orthogonal.</summary>
    /// <param name="pool">The workers, between rounds.</param>
    /// <param name="step">The steps, laid out as the parameters.</param>
    public void Orthogonalize(WorkerPool pool, float* step)
    {
        if (_matrices.Length == 0)
            return;
        _step = step;
        SetScales();
        pool.ForEach(_panels.Length, _load);
        for (int iteration = 0; iteration < IterationCount; iteration++)
        {
            pool.ForEach(_panels.Length, _gram);
            pool.ForEach(_panels.Length, _polynomial);
            pool.ForEach(_panels.Length, _apply);
            foreach (MuonMatrix matrix in _matrices)
                matrix.Advance();
        }
        pool.ForEach(_weightPanels.Length, _store);
    }

    /// <summary>Moves a slice of the weights by its step.</summary>
    /// <param name="sliceNumber">The slice.</param>
    /// <param name="step">The steps, laid out as the parameters.</param>
    /// <param name="learningRate">The learning rate of the slice at this step.</param>
    public void Move(int sliceNumber, float* step, double learningRate)
    {
        ParameterSlice slice = _network.Slices[sliceNumber];
        double scale = _stepScale[_matrixOfSlice[sliceNumber]];
        Step(slice.Length, _network.Parameters.Pointer + slice.Start, step + slice.Start,
            (float)(learningRate * scale), (float)(1 - learningRate * _weightDecay));
    }

    /// <summary>The number of the matrix that a slice is a part of; -1 where it is of none.</summary>
    private static int MatrixOf(TiledNetwork network, in ParameterSlice slice)
    {
        bool isHidden = slice.Layer > 0 && slice.Layer < network.Layers.Length - 1;
        return isHidden && slice.Start < network.Layers[slice.Layer].Biases ? slice.Layer - 1 : -1;
    }

    private IEnumerable<(MuonMatrix Matrix, int Panel)> PanelsOf(Func<MuonMatrix, int> count) =>
        _matrices.SelectMany(matrix => Enumerable.Range(0, count(matrix)).Select(panel => (matrix, panel)));

    private void SetScales()
    {
        Span<double> squares = stackalloc double[_matrices.Length];
        squares.Clear();
        foreach (int slice in _slices)
            squares[_matrixOfSlice[slice]] += _squares[slice];
        for (int i = 0; i < _matrices.Length; i++)
            _matrices[i].Scale = (float)(1 / (Math.Sqrt(squares[i]) + NormEpsilon));
    }

    private static Action<int, int> Round((MuonMatrix Matrix, int Panel)[] panels, Action<MuonMatrix, int> work) =>
        (_, item) => work(panels[item].Matrix, panels[item].Panel);

    /// <summary>
    /// Muon's momentum (Jordan et al. 2024): <c>v = momentum * v + (1 - momentum) g</c>, and the first group's gradient becomes
    /// Nesterov's <c>(1 - momentum) g + momentum * v</c>.
    /// </summary>
    /// <returns>The sum of the squares of what was written.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Momentum(int count, float* velocity, float** gradients, int gradientCount, int offset, float momentum)
    {
        TVector keep = TOps.Broadcast(momentum), share = TOps.Broadcast(1 - momentum), squares = TOps.Broadcast(0);
        for (int i = 0; i < count; i += TOps.Count)
        {
            TVector g = TOps.Multiply(share, SliceKernel<TVector, TOps>.Sum(gradients, gradientCount, offset + i));
            TVector v = TOps.MultiplyAdd(keep, TOps.Load(velocity + i), g), u = TOps.MultiplyAdd(keep, v, g);
            TOps.Store(v, velocity + i);
            TOps.Store(u, gradients[0] + offset + i);
            squares = TOps.MultiplyAdd(u, u, squares);
        }
        return TOps.Sum(squares);
    }

    /// <summary>A given step: <c>w = kept * w - rate * change</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Step(int count, float* parameters, float* change, float rate, float kept)
    {
        TVector negativeRate = TOps.Broadcast(-rate), keep = TOps.Broadcast(kept);
        for (int i = 0; i < count; i += TOps.Count)
        {
            TVector w = TOps.Multiply(keep, TOps.Load(parameters + i));
            TOps.Store(TOps.MultiplyAdd(negativeRate, TOps.Load(change + i), w), parameters + i);
        }
    }
}

/// <summary>
/// Working memory to make one hidden matrix's step orthogonal. The Newton-Schulz iteration works on a packed matrix with no more columns
/// than rows: the weights' <c>[inputs, outputs]</c>, or its transpose where there are more outputs than inputs.
/// </summary>
internal sealed unsafe class MuonMatrix
{
    private const int Width = PanelLayout.Width;

    private readonly LayerLayout _matrix;
    private readonly bool _isTransposed;
    private AlignedBuffer _x, _next;

    /// <summary>Allocates for a matrix.</summary>
    public MuonMatrix(in LayerLayout matrix)
    {
        _matrix = matrix;
        _isTransposed = matrix.Outputs > matrix.Inputs;
        (Rows, Columns) = _isTransposed ? (matrix.Outputs, matrix.Inputs) : (matrix.Inputs, matrix.Outputs);
        long padded = PanelLayout.PaddedColumns(Columns);
        (_x, _next) = (new AlignedBuffer(Rows * padded), new AlignedBuffer(Rows * padded));
        (Gram, Polynomial) = (new AlignedBuffer(Columns * padded), new AlignedBuffer(Columns * padded));
    }

    /// <summary>Rows of the iteration's matrix.</summary>
    public int Rows { get; }

    /// <summary>Columns of the iteration's matrix, at most its rows.</summary>
    public int Columns { get; }

    /// <summary>Panels of the iteration's matrix.</summary>
    public int PanelCount => PanelLayout.PanelCount(Columns);

    /// <summary>Panels of the weights.</summary>
    public int WeightPanelCount => PanelLayout.PanelCount(_matrix.Outputs);

    /// <summary>The iteration's matrix, <c>[Rows, Columns]</c>.</summary>
    public float* X => _x.Pointer;

    /// <summary>Room for the next.</summary>
    public float* Next => _next.Pointer;

    /// <summary><c>XᵀX</c>, <c>[Columns, Columns]</c>.</summary>
    public AlignedBuffer Gram { get; }

    /// <summary>What X is multiplied by, <c>[Columns, Columns]</c>.</summary>
    public AlignedBuffer Polynomial { get; }

    /// <summary>What the momentum's step is multiplied by before the iteration.</summary>
    public float Scale { get; set; }

    /// <summary>The next matrix becomes the present one.</summary>
    public void Advance() => (_x, _next) = (_next, _x);

    /// <summary>Loads a panel of X: the step in the parameters' layout times <see cref="Scale"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Load(int panel, float* step)
    {
        float* destination = X + panel * Rows * Width;
        if (!_isTransposed)
        {
            CopyScaled(Rows, PanelLayout.ComputedColumns(panel, Columns), At(step, 0, panel), _matrix.RowStride, destination, Width, Scale);
            return;
        }
        float* block = stackalloc float[Width * Width];
        int firstInput = panel * Width, inputs = Math.Min(Width, _matrix.Inputs - firstInput);
        for (int outputPanel = 0; outputPanel < WeightPanelCount; outputPanel++)
        {
            int columns = PanelLayout.ComputedColumns(outputPanel, _matrix.Outputs);
            CopyScaled(inputs, columns, At(step, firstInput, outputPanel), _matrix.RowStride, block, Width, Scale);
            BlockTranspose.Transpose(inputs, OutputsOf(outputPanel), block, destination + outputPanel * Width * Width);
        }
    }

    /// <summary>Stores a panel of the weights' layout from X.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Store(int panel, float* step)
    {
        int columns = PanelLayout.ComputedColumns(panel, _matrix.Outputs);
        if (!_isTransposed)
        {
            CopyScaled(Rows, columns, X + panel * Rows * Width, Width, At(step, 0, panel), _matrix.RowStride, 1);
            return;
        }
        // Beyond the outputs the block stays zero, and so does the padding.
        float* block = stackalloc float[Width * Width];
        new Span<float>(block, Width * Width).Clear();
        for (int inputPanel = 0; inputPanel < PanelCount; inputPanel++)
        {
            int firstInput = inputPanel * Width, inputs = Math.Min(Width, _matrix.Inputs - firstInput);
            BlockTranspose.Transpose(OutputsOf(panel), inputs, X + (inputPanel * Rows + panel * Width) * Width, block);
            CopyScaled(inputs, columns, block, Width, At(step, firstInput, panel), _matrix.RowStride, 1);
        }
    }

    private int OutputsOf(int panel) => Math.Min(Width, _matrix.Outputs - panel * Width);

    private float* At(float* values, int input, int panel) =>
        values + _matrix.Weights + panel * _matrix.PanelStride + input * _matrix.RowStride;

    private static void CopyScaled(
        int rows, int columns, float* source, int sourceStride, float* destination, int destinationStride, float scale)
    {
        for (; rows > 0; rows--, source += sourceStride, destination += destinationStride)
            for (int i = 0; i < columns; i++)
                destination[i] = scale * source[i];
    }
}
