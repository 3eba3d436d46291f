using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Training;

/// <summary>
/// Muon with the vectors at hand. Every sum has a fixed order, whichever thread computes it; nothing is allocated in a step.
/// </summary>
internal sealed unsafe class MuonUpdater<TVector, TOps> : MuonUpdater
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
    private readonly AlignedBuffer _velocity;
    private readonly int[] _matrixOfSlice;
    private readonly double[] _squares, _stepScale;
    private readonly MuonMatrix[] _matrices;
    private readonly (int Matrix, int Panel)[] _panels, _weightPanels;
    private readonly int[] _slices;
    private readonly WorkQueue _queue = new();
    private readonly Action<int> _load, _gram, _polynomial, _apply, _store;

    private float* _step;

    /// <summary>Allocates for a network's hidden matrices.</summary>
    public MuonUpdater(OptimizerValues values, TiledNetwork network)
    {
        (_momentum, _weightDecay, _network) = ((float)values.Momentum!.Value, values.WeightDecay, network);
        IReadOnlyList<HiddenMatrix> hidden = network.HiddenMatrices;
        _velocity = new AlignedBuffer(network.Parameters.Length);
        _matrices = [.. hidden.Select(matrix => new MuonMatrix(matrix))];
        _stepScale = [.. hidden.Select(matrix => StepSize * Math.Sqrt(Math.Max(matrix.Inputs, matrix.Outputs)))];
        _squares = new double[network.Slices.Count];
        _matrixOfSlice = [.. network.Slices.Select(slice => NumberOf(hidden, slice))];
        _slices = [.. Enumerable.Range(0, _matrixOfSlice.Length).Where(Owns)];
        // The last panels of a symmetric product are the longest: they go first.
        _panels = [.. PanelsOf(matrix => matrix.PanelCount).OrderByDescending(item => item.Panel)];
        _weightPanels = [.. PanelsOf(matrix => matrix.WeightPanelCount)];
        (_load, _gram, _polynomial, _apply, _store) = (Load, Gram, Polynomial, Apply, Store);
    }

    public override IReadOnlyList<int> SliceNumbers => _slices;

    public override LearnerState State => new(StateNames.Momentum, _velocity, []);

    public override bool Owns(int sliceNumber) => _matrixOfSlice[sliceNumber] >= 0;

    public override void Accumulate(int sliceNumber, float** gradients, int gradientCount)
    {
        ParameterSlice slice = _network.Slices[sliceNumber];
        _squares[sliceNumber] = UpdateKernel<TVector, TOps>.MuonMomentum(
            slice.Length, _velocity.Pointer + slice.Start, gradients, gradientCount, slice.Start, _momentum);
    }

    public override void Orthogonalize(WorkerPool pool, float* step)
    {
        if (_matrices.Length == 0)
            return;
        _step = step;
        SetScales();
        Run(pool, _load, _panels.Length);
        for (int iteration = 0; iteration < IterationCount; iteration++)
        {
            Run(pool, _gram, _panels.Length);
            Run(pool, _polynomial, _panels.Length);
            Run(pool, _apply, _panels.Length);
            foreach (MuonMatrix matrix in _matrices)
                matrix.Advance();
        }
        Run(pool, _store, _weightPanels.Length);
    }

    public override void Move(int sliceNumber, float* step, double learningRate)
    {
        ParameterSlice slice = _network.Slices[sliceNumber];
        double scale = _stepScale[_matrixOfSlice[sliceNumber]];
        UpdateKernel<TVector, TOps>.Move(slice.Length, _network.Parameters.Pointer + slice.Start, step + slice.Start,
            (float)(learningRate * scale), (float)(1 - learningRate * _weightDecay));
    }

    /// <summary>The number of the matrix that a slice is a part of; -1 where it is of none.</summary>
    private static int NumberOf(IReadOnlyList<HiddenMatrix> hidden, in ParameterSlice slice)
    {
        for (int i = 0; i < hidden.Count; i++)
            if (hidden[i].Contains(slice))
                return i;
        return -1;
    }

    private IEnumerable<(int Matrix, int Panel)> PanelsOf(Func<MuonMatrix, int> count) =>
        _matrices.SelectMany((matrix, number) => Enumerable.Range(0, count(matrix)).Select(panel => (number, panel)));

    private void SetScales()
    {
        Span<double> squares = stackalloc double[_matrices.Length];
        squares.Clear();
        foreach (int slice in _slices)
            squares[_matrixOfSlice[slice]] += _squares[slice];
        for (int i = 0; i < _matrices.Length; i++)
            _matrices[i].Scale = (float)(1 / (Math.Sqrt(squares[i]) + NormEpsilon));
    }

    private void Run(WorkerPool pool, Action<int> round, int count)
    {
        _queue.Reset(count);
        pool.Run(round);
    }

    private void Load(int worker)
    {
        while (_queue.TryTake(out int item))
            _matrices[_panels[item].Matrix].Load(_panels[item].Panel, _step);
    }

    private void Gram(int worker)
    {
        while (_queue.TryTake(out int item))
        {
            MuonMatrix matrix = _matrices[_panels[item].Matrix];
            NewtonSchulzKernel<TVector, TOps>.Gram(_panels[item].Panel, matrix.Rows, matrix.Columns, matrix.X, matrix.Gram.Pointer);
        }
    }

    private void Polynomial(int worker)
    {
        while (_queue.TryTake(out int item))
        {
            MuonMatrix matrix = _matrices[_panels[item].Matrix];
            NewtonSchulzKernel<TVector, TOps>.Polynomial(
                _panels[item].Panel, matrix.Columns, matrix.Gram.Pointer, matrix.Polynomial.Pointer);
        }
    }

    private void Apply(int worker)
    {
        while (_queue.TryTake(out int item))
        {
            MuonMatrix matrix = _matrices[_panels[item].Matrix];
            NewtonSchulzKernel<TVector, TOps>.Apply(
                _panels[item].Panel, matrix.Rows, matrix.Columns, matrix.X, matrix.Polynomial.Pointer, matrix.Next);
        }
    }

    private void Store(int worker)
    {
        while (_queue.TryTake(out int item))
            _matrices[_weightPanels[item].Matrix].Store(_weightPanels[item].Panel, _step);
    }
}
