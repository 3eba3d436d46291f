using System.Runtime.CompilerServices;
using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Training;

/// <summary>Trains the entropy network with the latents as they are, and chooses the latents that are best for their targets.</summary>
internal sealed unsafe class LatentEntropyLearner
{
    private readonly LatentPlanes _planes;
    private readonly LatentWork _work;
    private readonly LatentPasses _passes;
    private readonly Piece[] _pieces;
    private readonly LatentContext[] _contexts;
    private readonly ThinScratch[] _scratch;
    private readonly AlignedBuffer[] _gradients;
    private readonly ThinAdam _adam;
    private readonly short[][] _chosen;
    private readonly double[] _bits;

    /// <summary>Prepares the training.</summary>
    /// <param name="planes">The latents.</param>
    /// <param name="network">The entropy network to start with.</param>
    /// <param name="start">Its numbers that cost nothing.</param>
    /// <param name="pull">The pull to them, as for <see cref="ThinAdam"/>.</param>
    /// <param name="work">The threads.</param>
    /// <param name="passes">The order of the pieces of work.</param>
    public LatentEntropyLearner(LatentPlanes planes, ThinNetwork network, float[] start, float pull, LatentWork work, LatentPasses passes)
    {
        (_planes, Network, _work, _passes) = (planes, network, work, passes);
        _pieces = [.. planes.Bands.SelectMany(PiecesOf)];
        int mostLatents = _pieces.Max(piece => piece.Latents);
        _contexts = work.PerThread(() => new LatentContext(planes, RowsOf));
        _scratch = work.PerThread(() => new ThinScratch(network));
        _gradients = [.. Enumerable.Range(0, LatentPasses.PiecesPerStep).Select(_ => new AlignedBuffer(network.Parameters.Length))];
        _adam = new ThinAdam(network, start, pull);
        Rounding = new LatentRounding(network, start);
        _chosen = [.. Enumerable.Range(0, LatentPasses.PiecesPerStep).Select(_ => new short[mostLatents])];
        _bits = new double[_pieces.Length];
    }

    /// <summary>The entropy network.</summary>
    public ThinNetwork Network { get; }

    /// <summary>Rounds the network's numbers.</summary>
    public LatentRounding Rounding { get; }

    /// <summary>The entropy network learns; each latent becomes the best whole number for its target.</summary>
    /// <param name="learningRate">The learning rate; 0 to learn nothing.</param>
    /// <param name="targets">The targets, <c>[height, width]</c> of each channel.</param>
    /// <param name="bitPrice">The squared error, in squared steps, that a bit is worth; null to leave the latents as they are.</param>
    /// <param name="cancellationToken">Ends the pass.</param>
    /// <returns>The bits of all latents, each counted before the step that learned from it.</returns>
    public double Learn(float learningRate, float[][] targets, float? bitPrice, CancellationToken cancellationToken)
    {
        foreach (int[] step in _passes.Next(_pieces.Length))
        {
            cancellationToken.ThrowIfCancellationRequested();
            _work.ForEach(step.Length, (worker, i) => _bits[step[i]] = LearnPiece(
                worker, _pieces[step[i]], learningRate > 0 ? _gradients[i].Pointer : null, targets, bitPrice, _chosen[i]));
            // Pieces see each other's latents, so these change between steps.
            for (int i = 0; i < step.Length && bitPrice is not null; i++)
                Accept(_pieces[step[i]], _chosen[i]);
            if (learningRate == 0)
                continue;
            long latents = step.Sum(piece => (long)_pieces[piece].Latents);
            _adam.Step(_gradients, step.Length, 1f / latents, learningRate);
        }
        return _bits.Sum();
    }

    /// <summary>Copies what the next pass depends on, besides the network and the latents.</summary>
    public void CopyTo(LatentState state)
    {
        _adam.CopyTo(state.EntropyMoments);
        state[LatentNumber.EntropySteps] = _adam.Steps;
    }

    /// <summary>Takes over what the next pass depends on, besides the network and the latents.</summary>
    public void Restore(LatentState state) => _adam.Restore(state.EntropyMoments, (int)state[LatentNumber.EntropySteps]);

    private static IEnumerable<Piece> PiecesOf(LatentBand band)
    {
        int rows = RowsOf(band);
        for (int first = 0; first < band.Height; first += rows)
            yield return new Piece(band, first, Math.Min(rows, band.Height - first));
    }

    private static int RowsOf(LatentBand band) => Math.Max(1, LatentPasses.PieceSize / band.Width);

    private void Accept(in Piece piece, short[] chosen)
    {
        LatentBand band = piece.Band;
        if (band.Direction == LatentDirection.Smooth)
            return;
        int stride = _planes.Encoding.Width;
        for (int row = 0; row < piece.Rows; row++)
            chosen.AsSpan(row * band.Width, band.Width)
                .CopyTo(_planes.Latents[band.Channel].AsSpan((band.Y + piece.First + row) * stride + band.X));
    }

    /// <returns>The bits of the piece's latents.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double LearnPiece(int worker, in Piece piece, float* gradients, float[][] targets, float? bitPrice, short[] chosen)
    {
        LatentContext context = _contexts[worker];
        ThinScratch scratch = _scratch[worker];
        LatentBand band = piece.Band;
        context.Show(band, piece.First, piece.Rows);
        float** features = stackalloc float*[LatentEncoding.ContextCount];
        double bits = 0;
        for (int y = piece.First; y < piece.First + piece.Rows; y++)
            for (int x = 0; x < band.Width; x += ThinNetwork.MaxCount)
            {
                int count = Math.Min(ThinNetwork.MaxCount, band.Width - x), rounded = ThinNetwork.Rounded(count);
                context.Locate(x, y, features);
                Network.Forward(features, rounded, band.Kind, scratch);
                int at = (band.Y + y) * _planes.Encoding.Width + band.X + x;
                ReadOnlySpan<short> latents = _planes.Coded(band, y).Slice(x, count);
                float* means = scratch.Last, logScales = means + ThinNetwork.MaxCount;
                if (bitPrice is float price && band.Direction != LatentDirection.Smooth)
                    latents = Choose(targets[band.Channel].AsSpan(at, count), chosen.AsSpan((y - piece.First) * band.Width + x, count), means, logScales, price);
                bits += Rate(latents, means, logScales, scratch.LastErrors, rounded);
                if (gradients is not null)
                    Network.Backward(features, rounded, band.Kind, scratch, gradients, dx: null);
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

    /// <summary>Rows of a band, which are worked on at once.</summary>
    private readonly record struct Piece(LatentBand Band, int First, int Rows)
    {
        public int Latents => Rows * Band.Width;
    }
}
