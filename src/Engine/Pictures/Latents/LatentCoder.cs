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

    private const int Width = LatentEncoding.EntropyWidth, Inputs = LatentEncoding.ContextCount;
    private const int WeightUnit = LatentStart.WeightUnit;
    private const int Unit = LatentContext.Unit, Shift = 6, LargestHidden = short.MaxValue, OutputShift = 13, OutputUnit = 1 << OutputShift;

    private readonly LatentPlanes _planes;
    private readonly int[] _inputWeights, _hiddenWeights, _outputWeights, _inputBiases, _hiddenBiases, _outputBiases;
    private readonly int[] _row;

    /// <summary>A coder of a picture's latents.</summary>
    /// <param name="planes">The latents: to be written, or to be read.</param>
    /// <param name="network">The entropy network; its numbers are multiples of 1 / <see cref="LatentStart.WeightUnit"/>.</param>
    public LatentCoder(LatentPlanes planes, ThinNetwork network)
    {
        _planes = planes;
        // A layer's weights by input, so that one input's are side by side.
        _inputWeights = Transposed(network.Weights(0), Inputs);
        _hiddenWeights = Transposed(network.Weights(1), Width);
        _outputWeights = Whole(network.Weights(2), 1);
        _inputBiases = Whole(network.Biases(0), Unit);
        _hiddenBiases = Whole(network.Biases(1), Unit);
        _outputBiases = Whole(network.Biases(2), Unit);
        _row = new int[Wavelet.Low(planes.Encoding.Width)];
    }

    /// <summary>Writes the latents.</summary>
    public void Write(RangeEncoder encoder, CancellationToken cancellationToken) => Run(encoder, isReading: false, cancellationToken);

    /// <summary>Reads the latents.</summary>
    public void Read(RangeDecoder decoder, CancellationToken cancellationToken) => Run(decoder, isReading: true, cancellationToken);

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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CodeRow<TCoder>(TCoder coder, LatentContext context, in LatentBand band, int y, Span<short> row, bool isReading)
        where TCoder : IBitCoder
    {
        context.Show(band, y, 1);
        float** features = stackalloc float*[Inputs];
        context.Locate(0, y, features);
        // What a latent shows to those right of it is written into the window as soon as it is known.
        float* amplitudes = context.OwnAmplitudes, values = context.OwnValues;
        int* hidden = stackalloc int[Width];
        int* second = stackalloc int[Width];
        fixed (int* inputWeights = _inputWeights, hiddenWeights = _hiddenWeights, outputWeights = _outputWeights)
        fixed (int* inputBiases = &_inputBiases[band.Kind * Width], hiddenBiases = _hiddenBiases)
        fixed (int* outputBiases = &_outputBiases[band.Kind * LatentEncoding.EntropyOutputs])
            for (int x = 0; x < row.Length; x++)
            {
                Vector256<int> a = Vector256.Load(inputBiases), b = Vector256.Load(inputBiases + 8);
                for (int i = 0; i < Inputs; i++)
                {
                    float feature = features[i][x];
                    if (feature == 0)
                        continue;
                    Vector256<int> number = Vector256.Create((int)(feature * Unit));
                    a += number * Vector256.Load(inputWeights + i * Width);
                    b += number * Vector256.Load(inputWeights + i * Width + 8);
                }
                Rectify(a, hidden);
                Rectify(b, hidden + 8);
                a = Vector256.Load(hiddenBiases);
                b = Vector256.Load(hiddenBiases + 8);
                for (int i = 0; i < Width; i++)
                {
                    if (hidden[i] == 0)
                        continue;
                    Vector256<int> number = Vector256.Create(hidden[i]);
                    a += number * Vector256.Load(hiddenWeights + i * Width);
                    b += number * Vector256.Load(hiddenWeights + i * Width + 8);
                }
                Rectify(a, second);
                Rectify(b, second + 8);
                a = Vector256.Load(second);
                b = Vector256.Load(second + 8);
                int mean = outputBiases[0] + Vector256.Sum(a * Vector256.Load(outputWeights) + b * Vector256.Load(outputWeights + 8));
                int logScale = outputBiases[1] +
                    Vector256.Sum(a * Vector256.Load(outputWeights + Width) + b * Vector256.Load(outputWeights + Width + 8));
                int value = CodeOne(coder, row[x], mean, logScale);
                if (!isReading)
                    continue;
                row[x] = (short)value;
                (amplitudes[x], values[x]) = (LatentContext.Amplitude(value), LatentContext.Value(value));
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rectify(Vector256<int> sums, int* hidden)
    {
        Vector256<int> shifted = (sums + Vector256.Create(1 << (Shift - 1))) >> Shift;
        Vector256.Min(Vector256.Max(shifted, Vector256<int>.Zero), Vector256.Create(LargestHidden)).Store(hidden);
    }

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
