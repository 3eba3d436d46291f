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

    /// <summary>Rows of a band whose surroundings are prepared together.</summary>
    private const int RowsAtOnce = 8;

    // An odd number of features has nothing beside its last.
    private static readonly int[] OwnRow = [.. LatentContext.OwnRowFeatures];
    private static readonly int[] Known = [.. Enumerable.Range(0, Inputs).Except(OwnRow)];
    private static readonly int KnownPairs = PairsOf(Known.Length);

    private readonly LatentPlanes _planes;
    private readonly short[] _knownWeights, _ownWeights, _hiddenWeights, _outputWeights;
    private readonly int[] _inputBiases, _hiddenBiases, _outputBiases;
    private readonly int[] _pairs, _sums;
    private readonly int _stride;

    /// <summary>A coder of a picture's latents.</summary>
    /// <param name="planes">The latents: to be written, or to be read.</param>
    /// <param name="network">The entropy network; its numbers are multiples of 1 / <see cref="LatentWeight.Unit"/>.</param>
    public LatentCoder(LatentPlanes planes, ThinNetwork network)
    {
        _planes = planes;
        _knownWeights = Paired(network.Weights(0), Inputs, Known);
        _ownWeights = Paired(network.Weights(0), Inputs, OwnRow);
        _hiddenWeights = Paired(network.Weights(1), Width, [.. Enumerable.Range(0, Width)]);
        _outputWeights = [.. Whole(network.Weights(2), 1).Select(weight => (short)weight)];
        _inputBiases = Whole(network.Biases(0), Unit);
        _hiddenBiases = Whole(network.Biases(1), Unit);
        _outputBiases = Whole(network.Biases(2), Unit);
        _stride = Wavelet.Low(planes.Encoding.Width) + Vector<int>.Count;
        _pairs = new int[KnownPairs * _stride];
        _sums = new int[_stride * Width];
    }

    /// <summary>Writes the latents, which are decoded; see <see cref="LatentPlanes.Decode"/>.</summary>
    public void Write(RangeEncoder encoder, CancellationToken cancellationToken) =>
        Run(new BitWriter(encoder), isReading: false, cancellationToken);

    /// <summary>Reads the latents.</summary>
    public void Read(RangeDecoder decoder, CancellationToken cancellationToken) =>
        Run(new BitReader(decoder), isReading: true, cancellationToken);

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

    private void Run<TCoder>(TCoder coder, bool isReading, CancellationToken cancellationToken) where TCoder : IBitCoder
    {
        var context = new LatentContext(_planes, RowsAtOnce);
        LatentEncoding encoding = _planes.Encoding;
        float[][] planes = isReading ? LatentPlanes.PlanesOf<float>(encoding) : [];
        int level = encoding.Levels;
        foreach (LatentBand band in _planes.Bands)
        {
            if (isReading && band.Direction != LatentDirection.Smooth && band.Level < level)
                ShowLevel(planes, level = band.Level);
            for (int y = 0; y < band.Height; y++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (y % RowsAtOnce == 0)
                    context.Show(band, y, Math.Min(RowsAtOnce, band.Height - y));
                CodeRow(coder, context, band, y, isReading);
                if (!isReading)
                    continue;
                context.ShowOwn(y);
                if (band.Direction == LatentDirection.Smooth)
                    _planes.Restore(band.Channel, y);
            }
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

    private void CodeRow<TCoder>(TCoder coder, LatentContext context, in LatentBand band, int y, bool isReading)
        where TCoder : IBitCoder
    {
        Span<short> row = _planes.Coded(band, y);
        float** features = stackalloc float*[Inputs];
        context.Locate(0, y, features);
        ShowPairs(features, row.Length);
        fixed (int* inputBiases = &_inputBiases[band.Kind * Width])
            AddKnown(row.Length, inputBiases);
        fixed (int* outputBiases = &_outputBiases[band.Kind * LatentEncoding.EntropyOutputs])
        fixed (short* latents = row)
            CodeInOrder(coder, latents, row.Length, outputBiases, isReading);
    }

    /// <summary>Of a row's latents the features that do not come from their own row: two whole numbers side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ShowPairs(float** features, int count)
    {
        var unit = new Vector<float>(Unit);
        var lower = new Vector<int>(ushort.MaxValue);
        fixed (int* pairs = _pairs)
            for (int i = 0; i < KnownPairs; i++)
            {
                float* first = features[Known[2 * i]], second = 2 * i + 1 < Known.Length ? features[Known[2 * i + 1]] : null;
                int* to = pairs + i * _stride;
                for (int x = 0; x < count; x += Vector<int>.Count)
                {
                    Vector<int> pair = Vector.ConvertToInt32(Unsafe.ReadUnaligned<Vector<float>>(first + x) * unit) & lower;
                    if (second is not null)
                        pair |= Vector.ConvertToInt32(Unsafe.ReadUnaligned<Vector<float>>(second + x) * unit) << ShortBits;
                    Unsafe.WriteUnaligned(to + x, pair);
                }
            }
    }

    /// <summary>The first layer's sums over those features, <c>[latents, neurons]</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddKnown(int count, int* biases)
    {
        const int Block = 4;
        int stride = _stride, known = KnownPairs * Width * 2;
        fixed (short* weights = _knownWeights)
        fixed (int* pairs = _pairs, sums = _sums)
            for (int x = 0; x < count; x += Block)
            {
                int* pair = pairs + x, to = sums + x * Width;
                Vector256<int> a0 = Vector256.Load(biases), b0 = Vector256.Load(biases + Half);
                Vector256<int> a1 = a0, b1 = b0, a2 = a0, b2 = b0, a3 = a0, b3 = b0;
                for (short* w = weights; w < weights + known; w += Width * 2, pair += stride)
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
    private void CodeInOrder<TCoder>(TCoder coder, short* row, int count, int* outputBiases, bool isReading)
        where TCoder : IBitCoder
    {
        short* hidden = stackalloc short[Width];
        int last = 0, second = 0, third = 0;
        fixed (short* ownWeights = _ownWeights, hiddenWeights = _hiddenWeights, outputWeights = _outputWeights)
        fixed (short* amplitudes = LatentContext.WholeAmplitudes)
        fixed (int* known = _sums, hiddenBiases = _hiddenBiases)
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
