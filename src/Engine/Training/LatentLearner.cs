using System.Runtime.CompilerServices;
using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Training;

/// <summary>
/// Trains latents, entropy network and synthesis together, for the smallest sum of squared error and bits. In every epoch the entropy
/// network learns from the latents as they are, while each latent becomes the whole number that is best for its target; the synthesis
/// learns from what they give; and the targets move along the gradient that the synthesis passes back: proximal gradient descent, with
/// whole numbers in the place of the threshold. The same for any number of threads.
/// </summary>
internal sealed unsafe class LatentLearner
{
    /// <summary>Latents, and pixels, in a piece of work, about.</summary>
    private const int PieceSize = 4096;

    /// <summary>Pieces of work in a step.</summary>
    private const int PiecesPerStep = 8;

    /// <summary>The share of the gradient that targets follow at first.</summary>
    private const float TargetRate = 0.15f;

    /// <summary>An error that grows by this factor in an epoch says that the targets overshoot; then they follow a smaller share.</summary>
    private const double Overshoot = 1.1;

    /// <summary>What is left of the share then.</summary>
    private const float RateAfterOvershoot = 0.6f;

    /// <summary>Targets may become larger by this factor.</summary>
    private const float RoomForLearning = 1.05f;

    /// <summary>Magnitudes are rounded down up to so much above a half at first.</summary>
    private const float DeadZone = 0.15f;

    private readonly PixelDataset _picture;
    private readonly LatentColors _colors;
    private readonly LatentGaps? _gaps;
    private readonly LatentWork _work;
    private readonly LatentSynthesis _synthesis;
    private readonly LatentStripe[] _stripes;
    private readonly (LatentBand Band, int First, int Count)[] _pieces;
    private readonly LatentContext[] _contexts;
    private readonly ThinScratch[] _entropyScratch, _synthesisScratch;
    private readonly AlignedBuffer[] _entropyGradients, _synthesisGradients;
    private readonly ThinAdam _entropyAdam, _synthesisAdam;
    private readonly LatentRounding _entropyRounding, _synthesisRounding;
    private readonly short[][] _chosen;
    private readonly float[][] _colorRows;
    private readonly float[][][] _wantedRows;
    private readonly double[] _sums;
    private readonly ErrorSums[] _colorErrors;
    private readonly int _rowsPerPiece, _rowsPerMove;
    private readonly float _bitPrice;
    private readonly ulong _seed;
    private readonly LatentGradient _gradient;
    private float[][] _targets;
    private ulong _passes;
    private float _targetRate = TargetRate;
    private double _lastError = double.PositiveInfinity;

    /// <summary>Begins with the latents of the picture itself.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="encoding">Size and levels.</param>
    /// <param name="step">The quantisation step to start with.</param>
    /// <param name="colors">The picture's colours.</param>
    /// <param name="gaps">Its pixels that do not count, or null.</param>
    /// <param name="entropy">The entropy network to start with.</param>
    /// <param name="synthesis">The synthesis to start with.</param>
    /// <param name="starts">The numbers of both that cost nothing.</param>
    /// <param name="pull">The bits that a difference of 1 from them costs, about.</param>
    /// <param name="bitPrice">The squared error, in squared steps, that a bit is worth.</param>
    /// <param name="work">The threads.</param>
    /// <param name="seed">Seed of the order.</param>
    public LatentLearner(
        PixelDataset picture, LatentEncoding encoding, float step, LatentColors colors, LatentGaps? gaps, ThinNetwork entropy, ThinNetwork synthesis,
        (float[] Entropy, float[] Synthesis) starts, float pull, float bitPrice, LatentWork work, int seed)
    {
        (_picture, _colors, _gaps, _work, Entropy, Synthesis) = (picture, colors, gaps, work, entropy, synthesis);
        _bitPrice = bitPrice;
        (Step, _seed) = (step, RandomSource.Mix((ulong)(uint)seed));
        Planes = new LatentPlanes(encoding);
        _synthesis = new LatentSynthesis(encoding);
        _targets = LatentPlanes.PlanesOf<float>(encoding);
        _pieces = [.. PiecesOf(Planes)];
        _rowsPerPiece = Math.Max(2 * LatentEncoding.Radius, PieceSize / encoding.Width);
        _rowsPerMove = Math.Max(2 * LatentStripe.LeastRows, _rowsPerPiece);
        _gradient = new LatentGradient(encoding, (2 * PiecesPerStep + 1) * _rowsPerMove + 2 * LatentStripe.Reach);
        int mostRows = _pieces.Max(piece => piece.Count);
        T[] Each<T>(Func<T> create, int count) => [.. Enumerable.Range(0, count).Select(_ => create())];
        _contexts = Each(() => new LatentContext(Planes, mostRows), work.ThreadCount);
        _entropyScratch = Each(() => new ThinScratch(entropy), work.ThreadCount);
        _synthesisScratch = Each(() => new ThinScratch(synthesis), work.ThreadCount);
        _entropyGradients = Each(() => new AlignedBuffer(entropy.Parameters.Length), PiecesPerStep);
        _synthesisGradients = Each(() => new AlignedBuffer(synthesis.Parameters.Length), PiecesPerStep);
        _entropyAdam = new ThinAdam(entropy, starts.Entropy, pull / ((float)PixelCount * encoding.Channels));
        _synthesisAdam = new ThinAdam(synthesis, starts.Synthesis, pull * bitPrice / PixelCount);
        (_entropyRounding, _synthesisRounding) = (new LatentRounding(entropy, starts.Entropy), new LatentRounding(synthesis, starts.Synthesis));
        _chosen = Each(() => new short[_pieces.Max(piece => piece.Count * piece.Band.Width)], PiecesPerStep);
        _stripes = Each(() => new LatentStripe(encoding, Math.Max(_rowsPerPiece, _rowsPerMove), hasErrors: true), work.ThreadCount);
        _colorRows = Each(() => new float[encoding.Width * encoding.Channels], work.ThreadCount);
        _wantedRows = Each(() => Each(() => new float[encoding.Width], encoding.Channels), work.ThreadCount);
        _sums = new double[Math.Max(_pieces.Length, PiecesOf(_rowsPerPiece))];
        _colorErrors = new ErrorSums[PiecesOf(_rowsPerPiece)];
        FindTargets();
    }

    /// <summary>The latents.</summary>
    public LatentPlanes Planes { get; }

    /// <summary>The entropy network.</summary>
    public ThinNetwork Entropy { get; }

    /// <summary>The synthesis.</summary>
    public ThinNetwork Synthesis { get; }

    /// <summary>The quantisation step.</summary>
    public float Step { get; private set; }

    /// <summary>The least step at which all latents are within their bounds, and at least <see cref="LatentEncoding.MinStep"/>.</summary>
    public float LeastStep { get; private set; } = LatentEncoding.MinStep;

    /// <summary>The absolute errors of the colours, and the squared ones of the clamped colours, when the synthesis last learned.</summary>
    public ErrorSums ColorErrors { get; private set; }

    /// <summary>The picture's pixels that count.</summary>
    private long PixelCount => _picture.TrainingPixelCount;

    private LatentEncoding Encoding => Planes.Encoding;

    /// <summary>
    /// Changes the quantisation step. After a large change all latents are rounded anew; after a small one only latents so large that the
    /// change makes them another number are, and the others stay until they are chosen.
    /// </summary>
    /// <param name="step">The new step; beyond its bounds the nearest of them is taken.</param>
    /// <param name="keepsColors">
    /// Whether the synthesis goes on to correct colours as it does, and not steps: its numbers are in steps, so its biases change.
    /// </param>
    public void ChangeStep(double step, bool keepsColors)
    {
        const float Small = 0.08f;
        float bounded = (float)Math.Clamp(step, LeastStep, LatentEncoding.MaxStep), factor = Step / bounded;
        bool isSmall = MathF.Abs(factor - 1) < Small;
        Step = bounded;
        if (keepsColors)
            ScaleBiases(factor);
        _lastError = double.PositiveInfinity;
        _work.ForEach(Encoding.Channels, (_, channel) =>
        {
            float[] targets = _targets[channel];
            for (int i = 0; i < targets.Length; i++)
                targets[i] *= factor;
            if (!isSmall)
            {
                Round(channel);
                return;
            }
            foreach (ref short latent in Planes.Latents[channel].AsSpan())
                latent = LatentPlanes.Bounded(MathF.Round(latent * factor));
            RoundSmooth(channel);
        });
        ShowDetails();
    }

    /// <summary>A copy of what a search at the end changes.</summary>
    /// <param name="earlier">A copy that is not needed any more, or null: it takes no more memory then.</param>
    public LatentChoice CopyChoice(LatentChoice? earlier)
    {
        if (earlier is null)
            return new LatentChoice(Planes.CopyLatents(), Step, (float[])Synthesis.Parameters.Clone());
        for (int channel = 0; channel < earlier.Latents.Length; channel++)
            Planes.Latents[channel].CopyTo(earlier.Latents[channel], 0);
        Synthesis.Parameters.CopyTo(earlier.Synthesis, 0);
        return earlier with { Step = Step };
    }

    /// <summary>Takes a choice back; latents that it has are targets too.</summary>
    public void Restore(LatentChoice choice)
    {
        choice.Synthesis.CopyTo(Synthesis.Parameters, 0);
        _work.ForEach(Encoding.Channels, (_, channel) =>
        {
            for (int i = 0; i < _targets[channel].Length; i++)
                _targets[channel][i] = choice.Latents[channel][i];
        });
        Restore(choice.Latents, choice.Step);
    }

    private void Restore(short[][] latents, float step)
    {
        for (int channel = 0; channel < latents.Length; channel++)
            latents[channel].CopyTo(Planes.Latents[channel], 0);
        Step = step;
        ShowDetails();
    }

    /// <summary>Makes the synthesis correct nothing, and the latents those of the picture itself.</summary>
    public void ForgetSynthesis()
    {
        int last = Synthesis.Widths.Count - 2;
        Synthesis.Weights(last).Clear();
        Synthesis.Biases(last).Clear();
        FindTargets();
    }

    // Layers of rectifiers whose biases are scaled give the scaled result of scaled inputs. None becomes larger than a file can have it.
    private void ScaleBiases(float factor)
    {
        const float Most = 0.9f * LatentWeight.Largest / LatentWeight.Unit;
        float largest = 0;
        for (int layer = 0; layer < Synthesis.Widths.Count - 1; layer++)
            foreach (float bias in Synthesis.Biases(layer))
                largest = Math.Max(largest, MathF.Abs(bias));
        if (largest * factor > Most)
            return;
        for (int layer = 0; layer < Synthesis.Widths.Count - 1; layer++)
            foreach (ref float bias in Synthesis.Biases(layer))
                bias *= factor;
        _synthesisRounding.RoundAgain();
    }

    /// <summary>Copies what the next epoch depends on.</summary>
    /// <param name="snapshot">Receives it.</param>
    public void CopyState(LearnerSnapshot snapshot)
    {
        LatentNetwork.Copy(Planes, _colors, Step, Entropy, Synthesis.Parameters, snapshot.Network);
        LatentState state = snapshot.Latents!;
        for (int channel = 0; channel < _targets.Length; channel++)
            _targets[channel].CopyTo(state.Targets, channel * _targets[0].Length);
        _entropyAdam.CopyTo(state.EntropyMoments);
        _synthesisAdam.CopyTo(state.SynthesisMoments);
        (state[LatentNumber.EntropySteps], state[LatentNumber.SynthesisSteps]) = (_entropyAdam.Steps, _synthesisAdam.Steps);
        (state[LatentNumber.Passes], state[LatentNumber.TargetRate]) = (_passes, _targetRate);
        (state[LatentNumber.LastError], state[LatentNumber.LeastStep]) = (_lastError, LeastStep);
    }

    /// <summary>Takes over what the next epoch depends on; networks and step are the snapshot's already.</summary>
    /// <param name="snapshot">The state.</param>
    public void Restore(LearnerSnapshot snapshot)
    {
        LatentState state = snapshot.Latents!;
        for (int channel = 0; channel < _targets.Length; channel++)
            state.Targets.AsSpan(channel * _targets[0].Length, _targets[0].Length).CopyTo(_targets[channel]);
        _entropyAdam.Restore(state.EntropyMoments, (int)state[LatentNumber.EntropySteps]);
        _synthesisAdam.Restore(state.SynthesisMoments, (int)state[LatentNumber.SynthesisSteps]);
        (_passes, _targetRate) = ((ulong)state[LatentNumber.Passes], (float)state[LatentNumber.TargetRate]);
        (_lastError, LeastStep) = (state[LatentNumber.LastError], (float)state[LatentNumber.LeastStep]);
        Restore(LatentNetwork.PlanesOf(snapshot.Network).Latents, LatentEncoding.StepOf(snapshot.Network));
    }

    /// <summary>Gives back memory that only learning needs: no more passes after it.</summary>
    public void EndLearning() => _targets = [];

    /// <summary>Paints what the latents give, as any program that has the file does.</summary>
    public LatentRows Rows()
    {
        var layers = new ThinNetwork([.. Synthesis.Widths], kindCount: 1, ThinKernel.Of(InstructionSets.Best, isExact: true));
        Synthesis.Parameters.CopyTo(layers.Parameters, 0);
        return new LatentRows(Encoding, _synthesis.Planes, layers, _colors, Step, _work);
    }

    /// <summary>The entropy network learns; each latent becomes the best whole number for its target.</summary>
    /// <param name="learningRate">The learning rate; 0 to learn nothing.</param>
    /// <param name="bitPrice">The squared error, in squared steps, that a bit is worth; null to leave the latents as they are.</param>
    /// <param name="cancellationToken">Ends the pass.</param>
    /// <returns>The bits of all latents, each counted before the step that learned from it.</returns>
    public double LearnEntropy(float learningRate, float? bitPrice, CancellationToken cancellationToken)
    {
        int[] order = Shuffled(_pieces.Length);
        for (int first = 0; first < order.Length; first += PiecesPerStep)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(PiecesPerStep, order.Length - first), begin = first;
            _work.ForEach(count, (worker, piece) =>
                _sums[order[begin + piece]] = LearnPiece(
                    worker, _pieces[order[begin + piece]], learningRate > 0 ? _entropyGradients[piece].Pointer : null, bitPrice,
                    _chosen[piece]));
            // Pieces see each other's latents, so these change between steps.
            for (int piece = 0; piece < count && bitPrice is not null; piece++)
                Accept(_pieces[order[first + piece]], _chosen[piece]);
            if (learningRate == 0)
                continue;
            long latents = 0;
            for (int piece = 0; piece < count; piece++)
                latents += (long)_pieces[order[first + piece]].Count * _pieces[order[first + piece]].Band.Width;
            _entropyAdam.Step(_entropyGradients, count, 1f / latents, learningRate);
        }
        double bits = 0;
        for (int i = 0; i < _pieces.Length; i++)
            bits += _sums[i];
        return bits;
    }

    /// <summary>The bits of both networks, if their numbers are rounded as far as they usually can be.</summary>
    public long ParameterBits => _entropyRounding.UsualBits + _synthesisRounding.UsualBits;

    /// <summary>The bits of both networks, whose numbers are rounded.</summary>
    public long ExactParameterBits => _entropyRounding.Bits + _synthesisRounding.Bits;

    /// <summary>Rounds the numbers of both networks as far as makes the sum of squared error and bits least.</summary>
    public void RoundParameters(CancellationToken cancellationToken)
    {
        _entropyRounding.RoundBest(() => LearnEntropy(0, bitPrice: null, cancellationToken));
        _synthesisRounding.RoundBest(
            () => LearnSynthesis(0, cancellationToken) * PixelCount * Encoding.Channels / (Step * Step * _bitPrice));
    }

    /// <summary>The PSNR in dB, with the synthesis's numbers rounded as little as a file can have them.</summary>
    public double RoundedPsnr(CancellationToken cancellationToken)
    {
        float[] exact = (float[])Synthesis.Parameters.Clone();
        _synthesisRounding.RoundLeast(stays: false);
        LearnSynthesis(0, cancellationToken);
        exact.CopyTo(Synthesis.Parameters, 0);
        return ColorErrors.Psnr;
    }

    /// <summary>Rounds the numbers of both networks as little as a file can have them.</summary>
    public void RoundParametersLeast()
    {
        _entropyRounding.RoundLeast(stays: true);
        _synthesisRounding.RoundLeast(stays: true);
    }

    /// <summary>Rounds the numbers of both networks as far as they usually can be.</summary>
    public void RoundParametersAtOnce()
    {
        _entropyRounding.Round();
        _synthesisRounding.Round();
    }

    /// <summary>Each latent becomes the best whole number, twice, for the first choices are made beside others' old ones.</summary>
    /// <param name="bitPrice">The squared error, in squared steps, that a bit is worth.</param>
    /// <param name="cancellationToken">Ends the choice.</param>
    public void ChooseLatents(float bitPrice, CancellationToken cancellationToken)
    {
        for (int pass = 0; pass < 2; pass++)
        {
            MoveTargets(cancellationToken);
            LearnEntropy(0, bitPrice, cancellationToken);
            ShowDetails();
        }
    }

    /// <summary>Decodes the latents, for the other passes.</summary>
    public void ShowDetails() => _synthesis.Show(Planes, _work);

    /// <summary>The synthesis learns from what the latents give; see <see cref="ShowDetails"/>.</summary>
    /// <param name="learningRate">The learning rate; 0 to learn nothing.</param>
    /// <param name="cancellationToken">Ends the pass.</param>
    /// <returns>The mean squared error of the picture, before rounding to whole samples.</returns>
    public double LearnSynthesis(float learningRate, CancellationToken cancellationToken)
    {
        int[] order = Shuffled(PiecesOf(_rowsPerPiece));
        for (int first = 0; first < order.Length; first += PiecesPerStep)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(PiecesPerStep, order.Length - first), begin = first;
            _work.ForEach(count, (worker, piece) => _sums[order[begin + piece]] = SynthesizePiece(
                worker, order[begin + piece], _rowsPerPiece, learningRate > 0 ? _synthesisGradients[piece].Pointer : null, passesBack: false));
            if (learningRate == 0)
                continue;
            long rows = 0;
            for (int piece = 0; piece < count; piece++)
                rows += RowsOf(order[first + piece], _rowsPerPiece).Count;
            _synthesisAdam.Step(_synthesisGradients, count, 1f / (rows * Encoding.Width), learningRate);
        }
        var errors = new ErrorSums { Samples = PixelCount * Encoding.Channels };
        foreach (ref readonly ErrorSums piece in _colorErrors.AsSpan())
            errors.Add(piece);
        ColorErrors = errors;
        return MeanOfSums(order.Length);
    }

    /// <summary>
    /// The targets follow the gradient that the synthesis passes back. It takes the place of the decoded latents, so that
    /// <see cref="ShowDetails"/> comes before anything else that needs those.
    /// </summary>
    /// <returns>The mean squared error of the picture.</returns>
    public double MoveTargets(CancellationToken cancellationToken)
    {
        _gradient.Begin();
        int pieces = PiecesOf(_rowsPerMove), even = 0, odd = 1;
        // Pieces next to each other add to the same rows: first every other one, then those between.
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            even = PassBack(even, Math.Min(pieces, odd + 2 * PiecesPerStep));
            odd = PassBack(odd, Math.Min(pieces, odd + 2 * PiecesPerStep - 1));
            _gradient.MoveTo(_synthesis.Planes, odd < pieces ? odd * _rowsPerMove - LatentStripe.Reach : Encoding.Height);
        }
        while (odd < pieces);
        double error = MeanOfSums(pieces);
        if (error > _lastError * Overshoot)
            _targetRate *= RateAfterOvershoot;
        _lastError = error;
        _work.ForEach(Encoding.Channels, (_, channel) =>
        {
            float[] gradient = _synthesis.Planes[channel], targets = _targets[channel];
            short[] latents = Planes.Latents[channel];
            Wavelet.Adjoint(gradient, Encoding.Width, Encoding.Height, Encoding.Levels);
            for (int i = 0; i < targets.Length; i++)
                targets[i] += _targetRate * (latents[i] - 0.5f * gradient[i] - targets[i]);
            RoundSmooth(channel);
        });
        return error;
    }

    /// <summary>Adds up the gradient of every other piece.</summary>
    /// <returns>The piece to go on with.</returns>
    private int PassBack(int first, int end)
    {
        int count = Math.Max(0, (end - first + 1) / 2);
        _work.ForEach(count, (worker, piece) =>
            _sums[first + 2 * piece] = SynthesizePiece(worker, first + 2 * piece, _rowsPerMove, gradients: null, passesBack: true));
        return first + 2 * count;
    }

    private static IEnumerable<(LatentBand, int, int)> PiecesOf(LatentPlanes planes)
    {
        foreach (LatentBand band in planes.Bands)
        {
            int rows = Math.Max(1, PieceSize / band.Width);
            for (int first = 0; first < band.Height; first += rows)
                yield return (band, first, Math.Min(rows, band.Height - first));
        }
    }

    private void FindTargets()
    {
        var row = new float[_picture.Width * _picture.Channels];
        for (int y = 0; y < _picture.Height; y++)
        {
            _picture.CopyRows(y, 1, row);
            _colors.ToPlanes(row, _targets, y * _picture.Width);
        }
        _work.ForEach(Encoding.Channels, (_, channel) =>
        {
            float[] targets = _targets[channel];
            _gaps?.Fill(targets);
            for (int i = 0; i < targets.Length; i++)
                targets[i] /= Step;
            Wavelet.Forward(targets, Encoding.Width, Encoding.Height, Encoding.Levels);
            Round(channel);
        });
        float largest = _targets.Max(plane => Math.Max(plane.Max(), -plane.Min())) * Step;
        LeastStep = Math.Max(LeastStep, largest * RoomForLearning / LatentPlanes.Largest);
        ShowDetails();
        if (Step < LeastStep)
            ChangeStep(LeastStep, keepsColors: false);
    }

    private void Round(int channel)
    {
        float[] targets = _targets[channel];
        short[] latents = Planes.Latents[channel];
        for (int i = 0; i < targets.Length; i++)
            latents[i] = LatentPlanes.Bounded(MathF.CopySign(MathF.Floor(MathF.Abs(targets[i]) + 0.5f - DeadZone), targets[i]));
        RoundSmooth(channel);
    }

    // The few latents of the smooth band are worth their bits.
    private void RoundSmooth(int channel)
    {
        LatentBand band = LatentBand.Of(Encoding, channel, Encoding.Levels - 1, LatentDirection.Smooth);
        for (int y = 0; y < band.Height; y++)
            for (int x = 0; x < band.Width; x++)
                Planes.Latents[channel][y * Encoding.Width + x] = LatentPlanes.Bounded(MathF.Round(_targets[channel][y * Encoding.Width + x]));
        Planes.ShowSurprises(channel);
    }

    private int[] Shuffled(int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        var random = new RandomSource(_seed + ++_passes);
        for (int i = order.Length - 1; i > 0; i--)
        {
            int other = random.NextBelow(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }
        return order;
    }

    private double MeanOfSums(int count)
    {
        double sum = 0;
        for (int i = 0; i < count; i++)
            sum += _sums[i];
        return sum * Step * Step / (PixelCount * Encoding.Channels);
    }

    private void Accept((LatentBand Band, int First, int Count) piece, short[] chosen)
    {
        LatentBand band = piece.Band;
        if (band.Direction == LatentDirection.Smooth)
            return;
        for (int row = 0; row < piece.Count; row++)
            chosen.AsSpan(row * band.Width, band.Width)
                .CopyTo(Planes.Latents[band.Channel].AsSpan((band.Y + piece.First + row) * Encoding.Width + band.X));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double LearnPiece(
        int worker, (LatentBand Band, int First, int Count) piece, float* gradients, float? bitPrice, short[] chosen)
    {
        LatentContext context = _contexts[worker];
        ThinScratch scratch = _entropyScratch[worker];
        LatentBand band = piece.Band;
        context.Show(band, piece.First, piece.Count);
        float** features = stackalloc float*[LatentEncoding.ContextCount];
        double bits = 0;
        for (int y = piece.First; y < piece.First + piece.Count; y++)
            for (int x = 0; x < band.Width; x += ThinNetwork.MaxCount)
            {
                int count = Math.Min(ThinNetwork.MaxCount, band.Width - x), rounded = ThinNetwork.Rounded(count);
                context.Locate(x, y, features);
                Entropy.Forward(features, rounded, band.Kind, scratch);
                int at = (band.Y + y) * Encoding.Width + band.X + x;
                ReadOnlySpan<short> latents = Planes.Coded(band, y).Slice(x, count);
                float* means = scratch.Last, logScales = means + ThinNetwork.MaxCount;
                if (bitPrice is float price && band.Direction != LatentDirection.Smooth)
                    latents = Choose(_targets[band.Channel].AsSpan(at, count), chosen.AsSpan((y - piece.First) * band.Width + x, count), means, logScales, price);
                bits += Rate(latents, means, logScales, scratch.LastErrors, rounded);
                if (gradients is not null)
                    Entropy.Backward(features, rounded, band.Kind, scratch, gradients, dx: null);
            }
        return bits;
    }

    private static float Rate(ReadOnlySpan<short> latents, float* means, float* logScales, float* errors, int rounded)
    {
        float* scaleErrors = errors + ThinNetwork.MaxCount;
        new ReadOnlySpan<float>(means, latents.Length).CopyTo(new Span<float>(errors, rounded));
        new ReadOnlySpan<float>(logScales, latents.Length).CopyTo(new Span<float>(scaleErrors, rounded));
        float bits = LaplaceRate.BitsAndGradients(latents, errors, scaleErrors);
        new Span<float>(errors, rounded)[latents.Length..].Clear();
        new Span<float>(scaleErrors, rounded)[latents.Length..].Clear();
        return bits;
    }

    /// <summary>Rounds targets to where error and bits together are least: to the nearest number, the one below it in magnitude, or zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Span<short> Choose(ReadOnlySpan<float> targets, Span<short> latents, float* means, float* logScales, float price)
    {
        for (int i = 0; i < targets.Length; i++)
        {
            float target = targets[i], nearest = LatentPlanes.Bounded(MathF.Round(target));
            if (nearest == 0)
            {
                latents[i] = 0;
                continue;
            }
            float Cost(float latent) => (target - latent) * (target - latent) + price * LaplaceRate.Bits(latent, means[i], logScales[i]);
            float lower = nearest - MathF.Sign(nearest), best = nearest, least = Cost(nearest), cost = Cost(lower);
            if (cost < least)
                (best, least) = (lower, cost);
            if (best == lower && lower != 0 && Cost(0) < least)
                best = 0;
            latents[i] = (short)best;
        }
        return latents;
    }

    private int PiecesOf(int rows) => (Encoding.Height + rows - 1) / rows;

    private (int First, int Count) RowsOf(int piece, int rows) => (piece * rows, Math.Min(rows, Encoding.Height - piece * rows));

    /// <returns>The sum of squared errors, in squared steps.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double SynthesizePiece(int worker, int piece, int rowsPerPiece, float* gradients, bool passesBack)
    {
        ThinScratch scratch = _synthesisScratch[worker];
        LatentStripe stripe = _stripes[worker];
        (int first, int rows) = RowsOf(piece, rowsPerPiece);
        stripe.Show(_synthesis.Planes, first, rows);
        int width = Encoding.Width, channels = Encoding.Channels;
        float** features = stackalloc float*[Encoding.FeatureCount];
        float** featureErrors = stackalloc float*[Encoding.FeatureCount];
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
                Synthesis.Forward(features, rounded, kind: 0, scratch);
                for (int channel = 0; channel < channels; channel++)
                {
                    float* errors = scratch.LastErrors + channel * ThinNetwork.MaxCount;
                    sum += Errors(
                        _synthesis.Planes[channel].AsSpan(y * width + x, count), wanted[channel].AsSpan(x, count),
                        isKnown, scratch.Last + channel * ThinNetwork.MaxCount, errors, rounded, Step);
                    if (passesBack)
                        fixed (float* gradient = _gradient.Row(channel, y)[x..])
                            LatentStripe.AddTo(gradient, errors, count);
                }
                if (!passesBack)
                    AddColorErrors(scratch.Last, colors.AsSpan(x * channels, count * channels), isKnown, painted, ref colorErrors);
                if (gradients is null && !passesBack)
                    continue;
                if (passesBack)
                    stripe.LocateErrors(x, y, featureErrors);
                Synthesis.Backward(features, rounded, kind: 0, scratch, gradients, passesBack ? featureErrors : null);
            }
        }
        if (passesBack)
            stripe.AddGradient(_gradient.Row);
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
            if (!isKnown.IsEmpty && !isKnown[i / Encoding.Channels])
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

/// <summary>What a search at the end of a run changes.</summary>
/// <param name="Latents">The latents of each channel.</param>
/// <param name="Step">The quantisation step.</param>
/// <param name="Synthesis">The numbers of the synthesis.</param>
internal sealed record LatentChoice(short[][] Latents, float Step, float[] Synthesis);
