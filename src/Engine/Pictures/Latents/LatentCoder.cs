using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Pictures;

/// <summary>
/// Codes latents with the entropy network in whole numbers: the same file is the same latents on every processor. One call at a time.
/// </summary>
internal sealed unsafe class LatentCoder
{
    private const int Width = LatentEncoding.EntropyWidth, Half = Width / 2, Inputs = LatentEncoding.ContextCount;
    private const int Unit = LatentContext.Unit, Shift = 6, OutputShift = 13, OutputUnit = 1 << OutputShift, ShortBits = 16;

    /// <summary>Rows of a band whose surroundings are prepared together, and those that are prepared while others are coded.</summary>
    private const int RowsAtOnce = 8, RowsAhead = 32;

    // An odd number of features has nothing beside its last.
    private static readonly int[] OwnRow = [.. LatentContext.OwnRowFeatures];
    private static readonly int[] RowsAbove = [.. LatentContext.RowsAboveFeatures];
    private static readonly int[] OtherBands = [.. LatentContext.OtherBandFeatures];

    private readonly LatentPlanes _planes;
    private readonly LatentWork _work;
    private readonly short[] _otherWeights, _aboveWeights, _ownWeights, _hiddenWeights, _outputWeights;
    private readonly int[] _inputBiases, _hiddenBiases, _outputBiases;
    private readonly int _stride;
    private readonly Surroundings _own;
    private readonly Surroundings[] _others;

    /// <summary>The first layer's sums for rows that are coded and for those that are prepared, <c>[row, latent, neuron]</c>.</summary>
    private int[] _sums = [], _nextSums = [];

    /// <summary>A coder of a picture's latents.</summary>
    /// <param name="planes">The latents: to be written, or to be read.</param>
    /// <param name="network">The entropy network; its numbers are multiples of 1 / <see cref="LatentWeight.Unit"/>.</param>
    /// <param name="work">The threads: one codes, and the others prepare what comes next.</param>
    public LatentCoder(LatentPlanes planes, ThinNetwork network, LatentWork work)
    {
        (_planes, _work) = (planes, work);
        _otherWeights = Paired(network.Weights(0), Inputs, OtherBands);
        _aboveWeights = Paired(network.Weights(0), Inputs, RowsAbove);
        _ownWeights = Paired(network.Weights(0), Inputs, OwnRow);
        _hiddenWeights = Paired(network.Weights(1), Width, [.. Enumerable.Range(0, Width)]);
        _outputWeights = [.. Whole(network.Weights(2), 1).Select(weight => (short)weight)];
        _inputBiases = Whole(network.Biases(0), Unit);
        _hiddenBiases = Whole(network.Biases(1), Unit);
        _outputBiases = Whole(network.Biases(2), Unit);
        _stride = Wavelet.Low(planes.Encoding.Width) + Vector<int>.Count;
        _own = new Surroundings(planes, RowsAbove, _stride);
        _others = work.PerThread(() => new Surroundings(planes, OtherBands, _stride));
    }

    /// <summary>Writes the latents, which are decoded; see <see cref="LatentPlanes.Decode"/>.</summary>
    public void Write(RangeEncoder encoder, CancellationToken cancellationToken) =>
        Run(new BitWriter(encoder), isReading: false, cancellationToken);

    /// <summary>Reads the latents.</summary>
    public void Read(RangeDecoder decoder, CancellationToken cancellationToken) =>
        Run(new BitReader(decoder), isReading: true, cancellationToken);

    /// <summary>What the network sees of rows, by one kind of features.</summary>
    private sealed class Surroundings(LatentPlanes planes, int[] features, int stride)
    {
        public LatentContext Context { get; } = new(planes, _ => RowsAtOnce);

        /// <summary>Of a row's latents two features side by side, in whole numbers, <c>[pair, latent]</c>.</summary>
        public int[] Pairs { get; } = new int[PairsOf(features.Length) * stride];

        public int[] Features => features;
    }

    private static int[] Whole(ReadOnlySpan<float> numbers, int unit)
    {
        int[] whole = new int[numbers.Length];
        for (int i = 0; i < whole.Length; i++)
            whole[i] = LatentWeight.ToWhole(numbers[i]) * unit;
        return whole;
    }

    private static int PairsOf(int features) => (features + 1) / 2;

    /// <summary>Some inputs' weights in pairs: of two inputs the weights of each neuron side by side, <c>[pair, neuron, 2]</c>.</summary>
    private static short[] Paired(ReadOnlySpan<float> weights, int inputs, int[] chosen)
    {
        var paired = new short[PairsOf(chosen.Length) * Width * 2];
        for (int i = 0; i < chosen.Length; i++)
            for (int output = 0; output < Width; output++)
                paired[(i / 2 * Width + output) * 2 + i % 2] = (short)LatentWeight.ToWhole(weights[output * inputs + chosen[i]]);
        return paired;
    }

    private void Run<TCoder>(TCoder coder, bool isReading, CancellationToken cancellationToken)
        where TCoder : IBitCoder
    {
        LatentEncoding encoding = _planes.Encoding;
        int sums = Math.Min(RowsAhead, Wavelet.Low(encoding.Height)) * _stride * Width;
        (_sums, _nextSums) = (ArrayPool<int>.Shared.Rent(sums), ArrayPool<int>.Shared.Rent(sums));
        float[][] planes = isReading ? LatentPlanes.PlanesOf<float>(encoding) : [];
        int level = encoding.Levels;
        foreach (LatentBand band in _planes.Bands)
        {
            if (isReading && band.Direction != LatentDirection.Smooth && band.Level < level)
                ShowLevel(planes, level = band.Level);
            _work.ForEach(PiecesFrom(band, 0), (worker, piece) => Prepare(_others[worker], band, piece * RowsAtOnce));
            for (int first = 0; first < band.Height; first += RowsAhead)
            {
                (_sums, _nextSums) = (_nextSums, _sums);
                int from = first;
                // The first piece takes longest.
                _work.ForEach(1 + PiecesFrom(band, first + RowsAhead), (worker, piece) =>
                {
                    if (piece == 0)
                        CodeRows(coder, band, from, Math.Min(from + RowsAhead, band.Height), isReading, cancellationToken);
                    else
                        Prepare(_others[worker], band, from + RowsAhead + (piece - 1) * RowsAtOnce);
                });
            }
        }
        ArrayPool<int>.Shared.Return(_sums);
        ArrayPool<int>.Shared.Return(_nextSums);
    }

    private static int PiecesFrom(in LatentBand band, int first) =>
        Math.Clamp((band.Height - first + RowsAtOnce - 1) / RowsAtOnce, 0, RowsAhead / RowsAtOnce);

    /// <summary>Adds up what other bands tell of some rows.</summary>
    private void Prepare(Surroundings others, in LatentBand band, int first)
    {
        int count = Math.Min(RowsAtOnce, band.Height - first);
        others.Context.ShowOtherBands(band, first, count);
        float** features = stackalloc float*[Inputs];
        fixed (int* biases = &_inputBiases[band.Kind * Width])
        fixed (int* sums = _nextSums)
            for (int y = first; y < first + count; y++)
            {
                others.Context.Locate(0, y, features);
                ShowPairs(others, features, band.Width);
                Add(others, _otherWeights, biases, 0, sums + y % RowsAhead * _stride * Width, band.Width);
            }
    }

    private void CodeRows<TCoder>(TCoder coder, in LatentBand band, int first, int end, bool isReading, CancellationToken cancellationToken)
        where TCoder : IBitCoder
    {
        LatentContext context = _own.Context;
        float** features = stackalloc float*[Inputs];
        fixed (int* outputBiases = &_outputBiases[band.Kind * LatentEncoding.EntropyOutputs])
        fixed (int* allSums = _sums)
            for (int y = first; y < end; y++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (y % RowsAtOnce == 0)
                    context.ShowOwnBand(band, y, Math.Min(RowsAtOnce, band.Height - y));
                context.Locate(0, y, features);
                ShowPairs(_own, features, band.Width);
                int* sums = allSums + y % RowsAhead * _stride * Width;
                Add(_own, _aboveWeights, sums, Width, sums, band.Width);
                fixed (short* latents = _planes.Coded(band, y))
                    CodeInOrder(coder, latents, band.Width, sums, outputBiases, isReading);
                if (!isReading)
                    continue;
                context.ShowOwn(y);
                if (band.Direction == LatentDirection.Smooth)
                    _planes.Restore(band.Channel, y);
            }
    }

    /// <summary>Decodes the smooth parts beneath a level, whose latents are all known.</summary>
    private void ShowLevel(float[][] planes, int level)
    {
        LatentEncoding encoding = _planes.Encoding;
        int width = Wavelet.Low(encoding.Width, level + 1), height = Wavelet.Low(encoding.Height, level + 1);
        for (int channel = 0; channel < encoding.Channels; channel++)
        {
            // Of the smallest part the latents themselves; of others what the level below gave, and its bands.
            int done = level + 1 == encoding.Levels ? 0 : Wavelet.Low(encoding.Width, level + 2);
            int doneRows = level + 1 == encoding.Levels ? 0 : Wavelet.Low(encoding.Height, level + 2);
            for (int y = 0; y < height; y++)
                for (int x = y < doneRows ? done : 0; x < width; x++)
                    planes[channel][y * encoding.Width + x] = _planes.Latents[channel][y * encoding.Width + x];
            if (level + 1 < encoding.Levels)
                Wavelet.InverseLevel(planes[channel], encoding.Width, width, height);
            _planes.Smooth(channel, level, planes[channel]);
        }
    }

    /// <summary>Of a row's latents some features: two whole numbers side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ShowPairs(Surroundings some, float** features, int count)
    {
        var unit = new Vector<float>(Unit);
        var lower = new Vector<int>(ushort.MaxValue);
        int[] chosen = some.Features;
        fixed (int* pairs = some.Pairs)
            for (int i = 0; i < chosen.Length; i += 2)
            {
                float* first = features[chosen[i]], second = i + 1 < chosen.Length ? features[chosen[i + 1]] : null;
                int* to = pairs + i / 2 * _stride;
                for (int x = 0; x < count; x += Vector<int>.Count)
                {
                    Vector<int> pair = Vector.ConvertToInt32(Unsafe.ReadUnaligned<Vector<float>>(first + x) * unit) & lower;
                    if (second is not null)
                        pair |= Vector.ConvertToInt32(Unsafe.ReadUnaligned<Vector<float>>(second + x) * unit) << ShortBits;
                    Unsafe.WriteUnaligned(to + x, pair);
                }
            }
    }

    /// <summary>Adds those features to the first layer's sums, <c>[latents, neurons]</c>.</summary>
    /// <param name="some">The features.</param>
    /// <param name="featureWeights">Their weights.</param>
    /// <param name="from">What there is before.</param>
    /// <param name="fromStride">Numbers from one latent's to the next one's; 0 where all have the same.</param>
    /// <param name="to">Receives the sums; may be <paramref name="from"/>.</param>
    /// <param name="count">How many latents; up to 3 more are written.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(Surroundings some, short[] featureWeights, int* from, int fromStride, int* to, int count)
    {
        const int Block = 4;
        int stride = _stride, length = PairsOf(some.Features.Length) * Width * 2;
        fixed (short* weights = featureWeights)
        fixed (int* pairs = some.Pairs)
            for (int x = 0; x < count; x += Block, from += Block * fromStride, to += Block * Width)
            {
                int* pair = pairs + x;
                Vector256<int> a0 = Vector256.Load(from), b0 = Vector256.Load(from + Half);
                Vector256<int> a1 = Vector256.Load(from + fromStride), b1 = Vector256.Load(from + fromStride + Half);
                Vector256<int> a2 = Vector256.Load(from + 2 * fromStride), b2 = Vector256.Load(from + 2 * fromStride + Half);
                Vector256<int> a3 = Vector256.Load(from + 3 * fromStride), b3 = Vector256.Load(from + 3 * fromStride + Half);
                for (short* w = weights; w < weights + length; w += Width * 2, pair += stride)
                {
                    Vector256<short> a = Vector256.Load(w), b = Vector256.Load(w + Width), inputs = Vector256.Create(pair[0]).AsInt16();
                    (a0, b0) = (a0 + SumPairs(inputs, a), b0 + SumPairs(inputs, b));
                    inputs = Vector256.Create(pair[1]).AsInt16();
                    (a1, b1) = (a1 + SumPairs(inputs, a), b1 + SumPairs(inputs, b));
                    inputs = Vector256.Create(pair[2]).AsInt16();
                    (a2, b2) = (a2 + SumPairs(inputs, a), b2 + SumPairs(inputs, b));
                    inputs = Vector256.Create(pair[3]).AsInt16();
                    (a3, b3) = (a3 + SumPairs(inputs, a), b3 + SumPairs(inputs, b));
                }
                a0.Store(to);
                b0.Store(to + Half);
                a1.Store(to + Width);
                b1.Store(to + Width + Half);
                a2.Store(to + 2 * Width);
                b2.Store(to + 2 * Width + Half);
                a3.Store(to + 3 * Width);
                b3.Store(to + 3 * Width + Half);
            }
    }

    /// <summary>Codes a row's latents, of which each depends on those before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CodeInOrder<TCoder>(TCoder coder, short* row, int count, int* known, int* outputBiases, bool isReading)
        where TCoder : IBitCoder
    {
        short* hidden = stackalloc short[Width];
        int last = 0, second = 0, third = 0;
        fixed (short* ownWeights = _ownWeights, hiddenWeights = _hiddenWeights, outputWeights = _outputWeights)
        fixed (short* amplitudes = LatentContext.WholeAmplitudes)
        fixed (int* hiddenBiases = _hiddenBiases)
            for (int x = 0; x < count; x++)
            {
                Vector256<int> a = Vector256.Load(known + x * Width), b = Vector256.Load(known + x * Width + Half);
                if (last != 0)
                    Add(WholeAmplitude(amplitudes, last) | LatentContext.WholeValue(last) << ShortBits, ownWeights, ref a, ref b);
                if ((second | third) != 0)
                    Add(WholeAmplitude(amplitudes, second) | WholeAmplitude(amplitudes, third) << ShortBits, ownWeights + Width * 2, ref a, ref b);
                Rectify(a, b).Store(hidden);
                (a, b) = (Vector256.Load(hiddenBiases), Vector256.Load(hiddenBiases + Half));
                for (int i = 0; i < Half; i++)
                    Add(((int*)hidden)[i], hiddenWeights + i * Width * 2, ref a, ref b);
                Vector256<short> outputs = Rectify(a, b);
                int mean = outputBiases[0] + Vector256.Sum(SumPairs(outputs, Vector256.Load(outputWeights)));
                int logScale = outputBiases[1] + Vector256.Sum(SumPairs(outputs, Vector256.Load(outputWeights + Width)));
                (second, third) = (last, second);
                last = CodeOne(coder, row[x], mean, logScale);
                if (isReading)
                    row[x] = (short)last;
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int WholeAmplitude(short* amplitudes, int latent) => amplitudes[Math.Min(Math.Abs(latent), LatentContext.LargestMagnitude)];

    /// <summary>Adds to the sums of all neurons two inputs times their weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(int pair, short* weights, ref Vector256<int> a, ref Vector256<int> b)
    {
        Vector256<short> inputs = Vector256.Create(pair).AsInt16();
        a += SumPairs(inputs, Vector256.Load(weights));
        b += SumPairs(inputs, Vector256.Load(weights + Width));
    }

    /// <summary>Products of numbers, and of each two side by side the sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> SumPairs(Vector256<short> a, Vector256<short> b)
    {
        if (Avx2.IsSupported)
            return Avx2.MultiplyAddAdjacent(a, b);
        if (Sse2.IsSupported)
            return Vector256.Create(
                Sse2.MultiplyAddAdjacent(a.GetLower(), b.GetLower()), Sse2.MultiplyAddAdjacent(a.GetUpper(), b.GetUpper()));
        Vector256<int> first = a.AsInt32(), second = b.AsInt32();
        return (first << ShortBits >> ShortBits) * (second << ShortBits >> ShortBits) + (first >> ShortBits) * (second >> ShortBits);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Rectify(Vector256<int> a, Vector256<int> b)
    {
        Vector256<int> half = Vector256.Create(1 << (Shift - 1));
        return Vector256.Max(Vector256.NarrowWithSaturation((a + half) >> Shift, (b + half) >> Shift), Vector256<short>.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int CodeOne<TCoder>(TCoder coder, int value, int mean, int logScale) where TCoder : IBitCoder
    {
        const int Least = (int)(LaplaceTable.LeastLogScale * OutputUnit), Most = (int)(LaplaceTable.MostLogScale * OutputUnit);
        int scale = ((Math.Clamp(logScale, Least, Most) - Least) * LaplaceTable.ScalesPerUnit + OutputUnit / 2) >> OutputShift;
        // A mean beyond the latents' range can be claimed, but not met.
        mean = Math.Clamp(mean, -(LatentPlanes.Largest * (OutputUnit / 4)), LatentPlanes.Largest * (OutputUnit / 4));
        int shifted = mean + OutputUnit / 2, nearest = shifted >> OutputShift;
        int place = (shifted & (OutputUnit - 1)) >> (OutputShift - LaplaceTable.PlaceBits);
        return Math.Clamp(LaplaceTable.Code(coder, value, scale, nearest, place), -LatentPlanes.Largest, LatentPlanes.Largest);
    }
}
