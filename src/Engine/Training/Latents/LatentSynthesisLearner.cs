using System.Runtime.CompilerServices;
using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Training;

/// <summary>Trains the synthesis with what the latents give, and passes the gradient of the picture's error back to them.</summary>
internal sealed unsafe class LatentSynthesisLearner
{
    private readonly PixelDataset _picture;
    private readonly LatentEncoding _encoding;
    private readonly LatentColors _colors;
    private readonly LatentGaps? _gaps;
    private readonly float[][] _planes;
    private readonly LatentWork _work;
    private readonly LatentPasses _passes;
    private readonly LatentStripe[] _stripes;
    private readonly ThinScratch[] _scratch;
    private readonly AlignedBuffer[] _gradients;
    private readonly ThinAdam _adam;
    private readonly float[][] _colorRows;
    private readonly float[][][] _wantedRows;
    private readonly double[] _errors;
    private readonly ErrorSums[] _colorErrors;
    private readonly int _rowsPerPiece, _rowsPerMove;
    private readonly LatentGradient _planeGradient;

    /// <summary>Prepares the training.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="encoding">Its size.</param>
    /// <param name="colors">Its colours.</param>
    /// <param name="gaps">Its pixels that do not count, or null.</param>
    /// <param name="planes">What the latents give, <c>[height, width]</c> of each channel in steps.</param>
    /// <param name="network">The synthesis to start with.</param>
    /// <param name="start">Its numbers that cost nothing.</param>
    /// <param name="pull">The pull to them, as for <see cref="ThinAdam"/>.</param>
    /// <param name="work">The threads.</param>
    /// <param name="passes">The order of the pieces of work.</param>
    public LatentSynthesisLearner(
        PixelDataset picture, LatentEncoding encoding, LatentColors colors, LatentGaps? gaps, float[][] planes, ThinNetwork network, float[] start, float pull,
        LatentWork work, LatentPasses passes)
    {
        (_picture, _encoding, _colors, _gaps, _planes, Network, _work, _passes) = (picture, encoding, colors, gaps, planes, network, work, passes);
        _rowsPerPiece = Math.Max(2 * LatentEncoding.Radius, LatentPasses.PieceSize / encoding.Width);
        _rowsPerMove = Math.Max(2 * LatentStripe.LeastRows, _rowsPerPiece);
        _planeGradient = new LatentGradient(encoding, (2 * LatentPasses.PiecesPerStep + 1) * _rowsPerMove + 2 * LatentStripe.Reach);
        _stripes = work.PerThread(() => new LatentStripe(encoding, _rowsPerMove, hasErrors: true));
        _scratch = work.PerThread(() => new ThinScratch(network));
        _gradients = [.. Enumerable.Range(0, LatentPasses.PiecesPerStep).Select(_ => new AlignedBuffer(network.Parameters.Length))];
        _adam = new ThinAdam(network, start, pull);
        Rounding = new LatentRounding(network, start);
        _colorRows = work.PerThread(() => new float[encoding.Width * encoding.Channels]);
        float[][] PlaneRows() => [.. Enumerable.Range(0, encoding.Channels).Select(_ => new float[encoding.Width])];
        _wantedRows = work.PerThread(PlaneRows);
        _errors = new double[PiecesOf(_rowsPerPiece)];
        _colorErrors = new ErrorSums[_errors.Length];
    }

    /// <summary>The synthesis.</summary>
    public ThinNetwork Network { get; }

    /// <summary>Rounds the synthesis's numbers.</summary>
    public LatentRounding Rounding { get; }

    /// <summary>The absolute errors of the colours, and the squared ones of the clamped colours, when the synthesis last learned.</summary>
    public ErrorSums ColorErrors { get; private set; }

    private long SampleCount => (long)_picture.TrainingPixelCount * _encoding.Channels;

    /// <summary>The synthesis learns from what the latents give.</summary>
    /// <param name="learningRate">The learning rate; 0 to learn nothing.</param>
    /// <param name="step">The quantisation step.</param>
    /// <param name="cancellationToken">Ends the pass.</param>
    /// <returns>The mean squared error of the picture, before rounding to whole samples.</returns>
    public double Learn(float learningRate, float step, CancellationToken cancellationToken)
    {
        foreach (int[] pieces in _passes.Next(_errors.Length))
        {
            cancellationToken.ThrowIfCancellationRequested();
            _work.ForEach(pieces.Length, (worker, i) => _errors[pieces[i]] = SynthesizePiece(
                worker, pieces[i], _rowsPerPiece, step, learningRate > 0 ? _gradients[i].Pointer : null, passesBack: false));
            if (learningRate == 0)
                continue;
            long rows = pieces.Sum(piece => (long)RowsOf(piece, _rowsPerPiece).Count);
            _adam.Step(_gradients, pieces.Length, 1f / (rows * _encoding.Width), learningRate);
        }
        var errors = new ErrorSums { Samples = SampleCount };
        foreach (ref readonly ErrorSums piece in _colorErrors.AsSpan())
            errors.Add(piece);
        ColorErrors = errors;
        return MeanError(_errors.Length, step);
    }

    /// <summary>Puts the gradient of the squared error in the place of what the latents give.</summary>
    /// <param name="step">The quantisation step.</param>
    /// <param name="cancellationToken">Ends the pass; then the planes are of no use.</param>
    /// <returns>The mean squared error of the picture.</returns>
    public double PassBack(float step, CancellationToken cancellationToken)
    {
        _planeGradient.Begin();
        int pieces = PiecesOf(_rowsPerMove), even = 0, odd = 1;
        // Pieces next to each other add to the same rows: first every other one, then those between.
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            even = AddPlaneGradient(even, Math.Min(pieces, odd + 2 * LatentPasses.PiecesPerStep), step);
            odd = AddPlaneGradient(odd, Math.Min(pieces, odd + 2 * LatentPasses.PiecesPerStep - 1), step);
            _planeGradient.MoveTo(_planes, odd < pieces ? odd * _rowsPerMove - LatentStripe.Reach : _encoding.Height);
        }
        while (odd < pieces);
        return MeanError(pieces, step);
    }

    /// <summary>
    /// Changes what the synthesis corrects with the step: layers of rectifiers whose biases are scaled give the scaled result of scaled inputs.
    /// Where a bias would become larger than a file can have it, nothing changes.
    /// </summary>
    /// <param name="factor">The step before, divided by the new one.</param>
    public void ScaleBiases(float factor)
    {
        const float Most = 0.9f * LatentWeight.Largest / LatentWeight.Unit;
        float largest = 0;
        for (int layer = 0; layer < Network.Widths.Count - 1; layer++)
            foreach (float bias in Network.Biases(layer))
                largest = Math.Max(largest, MathF.Abs(bias));
        if (largest * factor > Most)
            return;
        for (int layer = 0; layer < Network.Widths.Count - 1; layer++)
            foreach (ref float bias in Network.Biases(layer))
                bias *= factor;
        Rounding.RoundAgain();
    }

    /// <summary>Makes the synthesis correct nothing.</summary>
    public void Forget()
    {
        int last = Network.Widths.Count - 2;
        Network.Weights(last).Clear();
        Network.Biases(last).Clear();
    }

    /// <summary>Copies what the next pass depends on, besides the synthesis.</summary>
    public void CopyTo(LatentState state)
    {
        _adam.CopyTo(state.SynthesisMoments);
        state[LatentNumber.SynthesisSteps] = _adam.Steps;
    }

    /// <summary>Takes over what the next pass depends on, besides the synthesis.</summary>
    public void Restore(LatentState state) => _adam.Restore(state.SynthesisMoments, (int)state[LatentNumber.SynthesisSteps]);

    private int PiecesOf(int rows) => (_encoding.Height + rows - 1) / rows;

    private (int First, int Count) RowsOf(int piece, int rows) => (piece * rows, Math.Min(rows, _encoding.Height - piece * rows));

    private double MeanError(int pieces, float step)
    {
        double sum = 0;
        for (int i = 0; i < pieces; i++)
            sum += _errors[i];
        return sum * step * step / SampleCount;
    }

    /// <summary>Adds up the gradient of every other piece.</summary>
    /// <returns>The piece to go on with.</returns>
    private int AddPlaneGradient(int first, int end, float step)
    {
        int count = Math.Max(0, (end - first + 1) / 2);
        _work.ForEach(count, (worker, i) => _errors[first + 2 * i] = SynthesizePiece(
            worker, first + 2 * i, _rowsPerMove, step, gradients: null, passesBack: true));
        return first + 2 * count;
    }

    /// <returns>The sum of squared errors, in squared steps.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double SynthesizePiece(int worker, int piece, int rowsPerPiece, float step, float* gradients, bool passesBack)
    {
        ThinScratch scratch = _scratch[worker];
        LatentStripe stripe = _stripes[worker];
        (int first, int rows) = RowsOf(piece, rowsPerPiece);
        stripe.Show(_planes, first, rows);
        int width = _encoding.Width, channels = _encoding.Channels;
        float** features = stackalloc float*[_encoding.FeatureCount];
        float** featureErrors = stackalloc float*[_encoding.FeatureCount];
        float[] colors = _colorRows[worker];
        float[][] wanted = _wantedRows[worker];
        Span<float> painted = stackalloc float[ThinNetwork.MaxCount * channels];
        double sum = 0;
        ErrorSums colorErrors = default;
        for (int y = first; y < first + rows; y++)
        {
            _picture.CopyRows(y, 1, colors);
            _colors.ToPlanes(colors, wanted, 0);
            for (int x = 0; x < width; x += ThinNetwork.MaxCount)
            {
                int count = Math.Min(ThinNetwork.MaxCount, width - x), rounded = ThinNetwork.Rounded(count);
                ReadOnlySpan<bool> isKnown = _gaps is null ? default : _gaps.Known(y * width + x, count);
                stripe.Locate(x, y, features);
                Network.Forward(features, rounded, kind: 0, scratch);
                for (int channel = 0; channel < channels; channel++)
                {
                    float* errors = scratch.LastErrors + channel * ThinNetwork.MaxCount;
                    sum += Errors(
                        _planes[channel].AsSpan(y * width + x, count), wanted[channel].AsSpan(x, count),
                        isKnown, scratch.Last + channel * ThinNetwork.MaxCount, errors, rounded, step);
                    if (passesBack)
                        fixed (float* gradient = _planeGradient.Row(channel, y)[x..])
                            LatentStripe.AddTo(gradient, errors, count);
                }
                if (!passesBack)
                    AddColorErrors(scratch.Last, colors.AsSpan(x * channels, count * channels), isKnown, painted, ref colorErrors);
                if (gradients is null && !passesBack)
                    continue;
                if (passesBack)
                    stripe.LocateErrors(x, y, featureErrors);
                Network.Backward(features, rounded, kind: 0, scratch, gradients, passesBack ? featureErrors : null);
            }
        }
        if (passesBack)
            stripe.AddGradient(_planeGradient.Row);
        else
            _colorErrors[piece] = colorErrors;
        return sum;
    }

    /// <summary>Adds pixels' absolute errors, and the squared errors of their clamped colours.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddColorErrors(
        float* outputs, ReadOnlySpan<float> wanted, ReadOnlySpan<bool> isKnown, Span<float> painted, ref ErrorSums sums)
    {
        painted = painted[..wanted.Length];
        _colors.ToColors(outputs, ThinNetwork.MaxCount, painted);
        float absolute = 0, clamped = 0;
        for (int i = 0; i < painted.Length; i++)
        {
            if (!isKnown.IsEmpty && !isKnown[i / _encoding.Channels])
                continue;
            absolute += MathF.Abs(painted[i] - wanted[i]);
            float error = Math.Clamp(painted[i], 0f, 1f) - wanted[i];
            clamped += error * error;
        }
        sums.Absolute += absolute;
        sums.ClampedSquared += clamped;
    }

    /// <summary>Errors of a channel in steps; the corrections become the channel's values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Errors(
        ReadOnlySpan<float> plane, ReadOnlySpan<float> wanted, ReadOnlySpan<bool> isKnown, float* outputs, float* errors, int rounded, float step)
    {
        float sum = 0, scale = 1 / step;
        for (int i = 0; i < plane.Length; i++)
        {
            float value = plane[i] + outputs[i], error = isKnown.IsEmpty || isKnown[i] ? value - wanted[i] * scale : 0;
            outputs[i] = value * step;
            errors[i] = 2 * error;
            sum += error * error;
        }
        for (int i = plane.Length; i < rounded; i++)
            errors[i] = 0;
        return sum;
    }
}
