using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Training;

/// <summary>
/// Trains latents, entropy network and synthesis together, for the smallest sum of squared error and bits. In every epoch the entropy
/// network learns from the latents as they are, while each latent becomes the whole number that is best for its target; the synthesis
/// learns from what they give; and the targets move along the gradient that the synthesis passes back: proximal gradient descent, with
/// whole numbers in the place of the threshold. The same for any number of threads.
/// </summary>
internal sealed class LatentLearner
{
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
    private readonly LatentPasses _passes;
    private readonly LatentSynthesis _firstPicture;
    private readonly LatentEntropyLearner _entropy;
    private readonly LatentSynthesisLearner _synthesis;
    private readonly float _bitPrice;
    private float[][] _targets;
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
        (_picture, _colors, _gaps, _work, _bitPrice, Step) = (picture, colors, gaps, work, bitPrice, step);
        Planes = new LatentPlanes(encoding);
        _firstPicture = new LatentSynthesis(encoding);
        _targets = LatentPlanes.PlanesOf<float>(encoding);
        _passes = new LatentPasses(seed);
        _entropy = new LatentEntropyLearner(Planes, entropy, starts.Entropy, pull / ((float)PixelCount * encoding.Channels), work, _passes);
        _synthesis = new LatentSynthesisLearner(
            picture, encoding, colors, gaps, _firstPicture.Planes, synthesis, starts.Synthesis, pull * bitPrice / PixelCount, work, _passes);
        FindTargets();
    }

    /// <summary>The latents.</summary>
    public LatentPlanes Planes { get; }

    /// <summary>The entropy network.</summary>
    public ThinNetwork Entropy => _entropy.Network;

    /// <summary>The synthesis.</summary>
    public ThinNetwork Synthesis => _synthesis.Network;

    /// <summary>The quantisation step.</summary>
    public float Step { get; private set; }

    /// <summary>The least step at which all latents are within their bounds, and at least <see cref="LatentEncoding.MinStep"/>.</summary>
    public float LeastStep { get; private set; } = LatentEncoding.MinStep;

    /// <summary>The absolute errors of the colours, and the squared ones of the clamped colours, when the synthesis last learned.</summary>
    public ErrorSums ColorErrors => _synthesis.ColorErrors;

    /// <summary>The bits of both networks, if their numbers are rounded as far as they usually can be.</summary>
    public long ParameterBits => _entropy.Rounding.UsualBits + _synthesis.Rounding.UsualBits;

    /// <summary>The bits of both networks, whose numbers are rounded.</summary>
    public long ExactParameterBits => _entropy.Rounding.Bits + _synthesis.Rounding.Bits;

    /// <summary>The picture's pixels that count.</summary>
    private long PixelCount => _picture.TrainingPixelCount;

    private LatentEncoding Encoding => Planes.Encoding;

    /// <summary>The synthesis learns, after <see cref="ShowDetails"/>: see <see cref="LatentSynthesisLearner.Learn"/>.</summary>
    public double LearnSynthesis(float learningRate, CancellationToken cancellationToken) => _synthesis.Learn(learningRate, Step, cancellationToken);

    /// <summary>
    /// The targets follow the gradient that the synthesis passes back. It takes the place of the decoded latents, so that
    /// <see cref="ShowDetails"/> comes before anything else that needs those.
    /// </summary>
    /// <returns>The mean squared error of the picture.</returns>
    public double MoveTargets(CancellationToken cancellationToken)
    {
        double error = _synthesis.PassBack(Step, cancellationToken);
        if (error > _lastError * Overshoot)
            _targetRate *= RateAfterOvershoot;
        _lastError = error;
        _work.ForEach(Encoding.Channels, (_, channel) =>
        {
            float[] gradient = _firstPicture.Planes[channel], targets = _targets[channel];
            short[] latents = Planes.Latents[channel];
            Wavelet.Adjoint(gradient, Encoding.Width, Encoding.Height, Encoding.Levels);
            for (int i = 0; i < targets.Length; i++)
                targets[i] += _targetRate * (latents[i] - 0.5f * gradient[i] - targets[i]);
            RoundSmooth(channel);
        });
        return error;
    }

    /// <summary>The entropy network learns, and latents are chosen for their targets: see <see cref="LatentEntropyLearner.Learn"/>.</summary>
    public double LearnEntropy(float learningRate, float? bitPrice, CancellationToken cancellationToken) =>
        _entropy.Learn(learningRate, _targets, bitPrice, cancellationToken);

    /// <summary>Decodes the latents, for the other passes.</summary>
    public void ShowDetails() => _firstPicture.Show(Planes, _work);

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

    /// <summary>Rounds the numbers of both networks as far as makes the sum of squared error and bits least.</summary>
    public void RoundParameters(CancellationToken cancellationToken)
    {
        _entropy.Rounding.RoundBest(() => LearnEntropy(0, bitPrice: null, cancellationToken));
        _synthesis.Rounding.RoundBest(
            () => LearnSynthesis(0, cancellationToken) * PixelCount * Encoding.Channels / (Step * Step * _bitPrice));
    }

    /// <summary>Rounds the numbers of both networks as little as a file can have them.</summary>
    public void RoundParametersLeast()
    {
        _entropy.Rounding.RoundLeast(stays: true);
        _synthesis.Rounding.RoundLeast(stays: true);
    }

    /// <summary>Rounds the numbers of both networks as far as they usually can be.</summary>
    public void RoundParametersAtOnce()
    {
        _entropy.Rounding.Round();
        _synthesis.Rounding.Round();
    }

    /// <summary>The PSNR in dB, with the synthesis's numbers rounded as little as a file can have them.</summary>
    public double RoundedPsnr(CancellationToken cancellationToken)
    {
        float[] exact = (float[])Synthesis.Parameters.Clone();
        try
        {
            _synthesis.Rounding.RoundLeast(stays: false);
            LearnSynthesis(0, cancellationToken);
            return ColorErrors.Psnr;
        }
        finally
        {
            exact.CopyTo(Synthesis.Parameters, 0);
        }
    }

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
            _synthesis.ScaleBiases(factor);
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

    /// <summary>Makes the synthesis correct nothing, and the latents those of the picture itself.</summary>
    public void ForgetSynthesis()
    {
        _synthesis.Forget();
        FindTargets();
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

    /// <summary>Copies what the next epoch depends on.</summary>
    /// <param name="snapshot">Receives it.</param>
    public void CopyState(LearnerSnapshot snapshot)
    {
        LatentNetwork.Copy(Planes, _colors, Step, Entropy, Synthesis.Parameters, snapshot.Network);
        LatentState state = snapshot.Latents!;
        for (int channel = 0; channel < _targets.Length; channel++)
            _targets[channel].CopyTo(state.Targets, channel * _targets[0].Length);
        _entropy.CopyTo(state);
        _synthesis.CopyTo(state);
        (state[LatentNumber.Passes], state[LatentNumber.TargetRate]) = (_passes.Count, _targetRate);
        (state[LatentNumber.LastError], state[LatentNumber.LeastStep]) = (_lastError, LeastStep);
    }

    /// <summary>Takes over what the next epoch depends on; networks and step are the snapshot's already.</summary>
    /// <param name="snapshot">The state.</param>
    public void Restore(LearnerSnapshot snapshot)
    {
        LatentState state = snapshot.Latents!;
        for (int channel = 0; channel < _targets.Length; channel++)
            state.Targets.AsSpan(channel * _targets[0].Length, _targets[0].Length).CopyTo(_targets[channel]);
        _entropy.Restore(state);
        _synthesis.Restore(state);
        (_passes.Count, _targetRate) = ((ulong)state[LatentNumber.Passes], (float)state[LatentNumber.TargetRate]);
        (_lastError, LeastStep) = (state[LatentNumber.LastError], (float)state[LatentNumber.LeastStep]);
        Restore(LatentNetwork.PlanesOf(snapshot.Network).Latents, LatentEncoding.StepOf(snapshot.Network));
    }

    private void Restore(short[][] latents, float step)
    {
        for (int channel = 0; channel < latents.Length; channel++)
            latents[channel].CopyTo(Planes.Latents[channel], 0);
        Step = step;
        ShowDetails();
    }

    /// <summary>Gives back memory that only learning needs: no more passes after it.</summary>
    public void EndLearning() => _targets = [];

    /// <summary>Paints what the latents give, as any program that has the file does.</summary>
    public LatentRows Rows()
    {
        var layers = new ThinNetwork([.. Synthesis.Widths], kindCount: 1, ThinKernel.Of(InstructionSets.Best, isExact: true));
        Synthesis.Parameters.CopyTo(layers.Parameters, 0);
        return new LatentRows(Encoding, _firstPicture.Planes, layers, _colors, Step, _work);
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
}
