using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Pictures;

/// <summary>
/// Codes latents with the entropy network in whole numbers: the same file is the same latents on every processor. One call at a time.
/// </summary>
internal sealed unsafe class LatentCoder
{
    /// <summary>The largest magnitude of a weight or bias, in whole numbers: no sum overflows.</summary>
    public const int LargestWeight = 511;

    private const int Width = LatentEncoding.EntropyWidth, Half = Width / 2, Inputs = LatentEncoding.ContextCount;
    private const int WeightUnit = LatentStart.WeightUnit;
    private const int Unit = LatentContext.Unit, Shift = 6, LargestHidden = short.MaxValue, OutputShift = 13, OutputUnit = 1 << OutputShift;

    private static readonly (int Feature, int Distance, bool IsValue)[] OwnRow = [.. LatentContext.OwnRowFeatures];

    private readonly LatentPlanes _planes;
    private readonly int[] _known;
    private readonly int[] _knownWeights, _ownWeights, _hiddenWeights, _outputWeights, _inputBiases, _hiddenBiases, _outputBiases;
    private readonly int[] _sums;

    /// <summary>A coder of a picture's latents.</summary>
    /// <param name="planes">The latents: to be written, or to be read.</param>
    /// <param name="network">The entropy network; its numbers are multiples of 1 / <see cref="LatentStart.WeightUnit"/>.</param>
    public LatentCoder(LatentPlanes planes, ThinNetwork network)
    {
        _planes = planes;
        // A layer's weights by input, so that one input's are side by side.
        int[] inputWeights = Transposed(network.Weights(0), Inputs), own = [.. OwnRow.Select(feature => feature.Feature)];
        _known = [.. Enumerable.Range(0, Inputs).Except(own)];
        _knownWeights = [.. _known.SelectMany(input => inputWeights.Skip(input * Width).Take(Width))];
        _ownWeights = [.. own.SelectMany(input => inputWeights.Skip(input * Width).Take(Width))];
        _hiddenWeights = Transposed(network.Weights(1), Width);
        _outputWeights = Whole(network.Weights(2), 1);
        _inputBiases = Whole(network.Biases(0), Unit);
        _hiddenBiases = Whole(network.Biases(1), Unit);
        _outputBiases = Whole(network.Biases(2), Unit);
        _sums = new int[(Wavelet.Low(planes.Encoding.Width) + Vector<int>.Count) * Width];
    }

    /// <summary>Writes the latents.</summary>
    public void Write(RangeEncoder encoder, CancellationToken cancellationToken) =>
        Run(new BitWriter(encoder), isReading: false, cancellationToken);

    /// <summary>Reads the latents.</summary>
    public void Read(RangeDecoder decoder, CancellationToken cancellationToken) =>
        Run(new BitReader(decoder), isReading: true, cancellationToken);

    /// <summary>A number in multiples of 1 / <see cref="LatentStart.WeightUnit"/>, within bounds.</summary>
    public static int ToWhole(float weight) => (int)MathF.Round(Math.Clamp(weight * WeightUnit, -LargestWeight, LargestWeight));

    private static int[] Whole(ReadOnlySpan<float> numbers, int unit)
    {
        int[] whole = new int[numbers.Length];
        for (int i = 0; i < whole.Length; i++)
            whole[i] = ToWhole(numbers[i]) * unit;
        return whole;
    }

    private static int[] Transposed(ReadOnlySpan<float> weights, int inputs)
    {
        int[] whole = Whole(weights, 1), transposed = new int[whole.Length];
        int outputs = whole.Length / inputs;
        for (int output = 0; output < outputs; output++)
            for (int input = 0; input < inputs; input++)
                transposed[input * outputs + output] = whole[output * inputs + input];
        return transposed;
    }

    private void Run<TCoder>(TCoder coder, bool isReading, CancellationToken cancellationToken) where TCoder : IBitCoder
    {
        var context = new LatentContext(_planes, rows: 1);
        LatentEncoding encoding = _planes.Encoding;
        float[][] planes = LatentPlanes.PlanesOf<float>(encoding);
        int level = encoding.Levels;
        for (int channel = 0; channel < encoding.Channels && !isReading; channel++)
            _planes.ShowSurprises(channel);
        foreach (LatentBand band in _planes.Bands)
        {
            if (band.Direction != LatentDirection.Smooth && band.Level < level)
                ShowLevel(planes, level = band.Level);
            for (int y = 0; y < band.Height; y++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                CodeRow(coder, context, band, y, _planes.Coded(band, y), isReading);
                if (isReading && band.Direction == LatentDirection.Smooth)
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

    private void CodeRow<TCoder>(TCoder coder, LatentContext context, in LatentBand band, int y, Span<short> row, bool isReading)
        where TCoder : IBitCoder
    {
        context.Show(band, y, 1);
        float** features = stackalloc float*[Inputs];
        context.Locate(0, y, features);
        fixed (int* biases = &_inputBiases[band.Kind * Width], sums = _sums)
        {
            for (int x = 0; x < row.Length; x += Vector<int>.Count)
                AddKnown(features, x, biases, sums + x * Width);
            fixed (int* outputBiases = &_outputBiases[band.Kind * LatentEncoding.EntropyOutputs])
            fixed (short* latents = row)
                CodeInOrder(coder, latents, row.Length, sums, outputBiases, isReading);
        }
    }

    /// <summary>The first layer's sums of some latents side by side, over all that does not come from their own row.</summary>
    /// <param name="features">The features of the row's first latent.</param>
    /// <param name="x">The first latent.</param>
    /// <param name="biases">The layer's biases.</param>
    /// <param name="sums">Receives <c>[latents, neurons]</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddKnown(float** features, int x, int* biases, int* sums)
    {
        const int Block = 8;
        var unit = new Vector<float>(Unit);
        fixed (int* knownWeights = _knownWeights, known = _known)
            for (int j = 0; j < Width; j += Block)
            {
                Vector<int> a0 = new(biases[j]), a1 = new(biases[j + 1]), a2 = new(biases[j + 2]), a3 = new(biases[j + 3]);
                Vector<int> a4 = new(biases[j + 4]), a5 = new(biases[j + 5]), a6 = new(biases[j + 6]), a7 = new(biases[j + 7]);
                for (int i = 0; i < _known.Length; i++)
                {
                    Vector<int> number = Vector.ConvertToInt32(Unsafe.ReadUnaligned<Vector<float>>(features[known[i]] + x) * unit);
                    int* w = knownWeights + i * Width + j;
                    a0 += number * new Vector<int>(w[0]);
                    a1 += number * new Vector<int>(w[1]);
                    a2 += number * new Vector<int>(w[2]);
                    a3 += number * new Vector<int>(w[3]);
                    a4 += number * new Vector<int>(w[4]);
                    a5 += number * new Vector<int>(w[5]);
                    a6 += number * new Vector<int>(w[6]);
                    a7 += number * new Vector<int>(w[7]);
                }
                for (int lane = 0; lane < Vector<int>.Count; lane++)
                {
                    int* to = sums + lane * Width + j;
                    (to[0], to[1], to[2], to[3]) = (a0[lane], a1[lane], a2[lane], a3[lane]);
                    (to[4], to[5], to[6], to[7]) = (a4[lane], a5[lane], a6[lane], a7[lane]);
                }
            }
    }

    /// <summary>Codes a row's latents, of which each depends on those before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CodeInOrder<TCoder>(TCoder coder, short* row, int count, int* sums, int* outputBiases, bool isReading)
        where TCoder : IBitCoder
    {
        int* hidden = stackalloc int[Width];
        int* second = stackalloc int[Width];
        fixed (int* ownWeights = _ownWeights, hiddenWeights = _hiddenWeights, outputWeights = _outputWeights, hiddenBiases = _hiddenBiases)
            for (int x = 0; x < count; x++, sums += Width)
            {
                Vector256<int> a = Vector256.Load(sums), b = Vector256.Load(sums + Half);
                for (int i = 0; i < OwnRow.Length; i++)
                {
                    (_, int distance, bool isValue) = OwnRow[i];
                    int latent = x >= distance ? row[x - distance] : 0;
                    if (latent == 0)
                        continue;
                    float feature = isValue ? LatentContext.Value(latent) : LatentContext.Amplitude(latent);
                    Add((int)(feature * Unit), ownWeights + i * Width, ref a, ref b);
                }
                Rectify(a, hidden);
                Rectify(b, hidden + Half);
                (a, b) = (Vector256.Load(hiddenBiases), Vector256.Load(hiddenBiases + Half));
                for (int i = 0; i < Width; i++)
                    Add(hidden[i], hiddenWeights + i * Width, ref a, ref b);
                Rectify(a, second);
                Rectify(b, second + Half);
                (a, b) = (Vector256.Load(second), Vector256.Load(second + Half));
                int mean = outputBiases[0] + Vector256.Sum(a * Vector256.Load(outputWeights) + b * Vector256.Load(outputWeights + Half));
                int logScale = outputBiases[1] +
                    Vector256.Sum(a * Vector256.Load(outputWeights + Width) + b * Vector256.Load(outputWeights + Width + Half));
                int value = CodeOne(coder, row[x], mean, logScale);
                if (isReading)
                    row[x] = (short)value;
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(int value, int* weights, ref Vector256<int> a, ref Vector256<int> b)
    {
        Vector256<int> number = Vector256.Create(value);
        a += number * Vector256.Load(weights);
        b += number * Vector256.Load(weights + Half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rectify(Vector256<int> sums, int* hidden)
    {
        Vector256<int> shifted = (sums + Vector256.Create(1 << (Shift - 1))) >> Shift;
        Vector256.Min(Vector256.Max(shifted, Vector256<int>.Zero), Vector256.Create(LargestHidden)).Store(hidden);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int CodeOne<TCoder>(TCoder coder, int value, int mean, int logScale) where TCoder : IBitCoder
    {
        const int Least = (int)(LaplaceTable.LeastLogScale * OutputUnit), Most = (int)(LaplaceTable.MostLogScale * OutputUnit);
        int scale = ((Math.Clamp(logScale, Least, Most) - Least) * LaplaceTable.ScalesPerUnit + OutputUnit / 2) / OutputUnit;
        // A mean beyond the latents' range can be claimed, but not met.
        mean = Math.Clamp(mean, -(LatentPlanes.Largest * (OutputUnit / 4)), LatentPlanes.Largest * (OutputUnit / 4));
        int shifted = mean + OutputUnit / 2, nearest = shifted >> OutputShift;
        int place = (shifted - (nearest << OutputShift)) / (OutputUnit / LaplaceTable.PlaceCount);
        return Math.Clamp(LaplaceTable.Code(coder, value, scale, nearest, place), -LatentPlanes.Largest, LatentPlanes.Largest);
    }
}
