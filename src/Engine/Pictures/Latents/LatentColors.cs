using System.Numerics;
using System.Runtime.CompilerServices;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Pictures;

/// <summary>
/// Between a picture's colours and the channels of its latents: directions at right angles, of which the first has as much of the
/// picture's variance as one can, and the mean.
/// </summary>
/// <param name="values"><c>[channels + 1, channels]</c>: the directions, then the mean; as the network's tensor has it.</param>
/// <param name="channels">Samples of a pixel.</param>
internal sealed unsafe class LatentColors(float[] values, int channels)
{
    /// <summary>Whole numbers in 1, for a number of a file.</summary>
    public const int Unit = 1 << 14;

    /// <summary><c>[channels + 1, channels]</c>.</summary>
    public float[] Values => values;

    /// <summary>A number in multiples of 1 / <see cref="Unit"/>, within bounds.</summary>
    public static short ToWhole(float value) => (short)MathF.Round(Math.Clamp(value, -1.99f, 1.99f) * Unit);

    /// <summary>The colours of a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="gaps">Pixels that do not count, or null.</param>
    public static LatentColors Of(PixelDataset picture, LatentGaps? gaps = null)
    {
        int channels = picture.Channels, count = picture.TrainingPixelCount;
        double[] mean = new double[channels];
        double[,] covariance = new double[channels, channels];
        var row = new float[picture.Width * channels];
        for (int pass = 0; pass < 2; pass++)
        {
            for (int y = 0; y < picture.Height; y++)
            {
                picture.CopyRows(y, 1, row);
                ReadOnlySpan<bool> isKnown = gaps is null ? default : gaps.Known(y * picture.Width, picture.Width);
                for (int at = 0; at < row.Length; at += channels)
                {
                    if (!isKnown.IsEmpty && !isKnown[at / channels])
                        continue;
                    for (int i = 0; i < channels; i++)
                        if (pass == 0)
                            mean[i] += row[at + i] / count;
                        else
                            for (int j = 0; j < channels; j++)
                                covariance[i, j] += (row[at + i] - mean[i]) * (row[at + j] - mean[j]) / count;
                }
            }
        }
        double[,] directions = Eigenvectors(covariance, channels);
        for (int i = 0; i < channels; i++)
            Orient(directions, i, channels);
        var values = new float[(channels + 1) * channels];
        for (int i = 0; i < channels; i++)
        {
            for (int j = 0; j < channels; j++)
                values[i * channels + j] = Rounded(directions[i, j]);
            values[channels * channels + i] = Rounded(mean[i]);
        }
        return new LatentColors(values, channels);
    }

    /// <summary>The channels of a row of colours.</summary>
    /// <param name="colors"><c>[width, channels]</c>.</param>
    /// <param name="planes">Receives the channels.</param>
    /// <param name="at">Where the row begins in each plane.</param>
    public void ToPlanes(ReadOnlySpan<float> colors, float[][] planes, int at)
    {
        int width = colors.Length / channels;
        float* samples = stackalloc float[RunLength * channels];
        for (int x = 0; x < width; x += RunLength)
        {
            int count = Math.Min(RunLength, width - x);
            for (int j = 0; j < channels; j++)
                Pick(colors[(x * channels + j)..], count, channels, samples + j * RunLength, values[channels * channels + j]);
            for (int i = 0; i < channels; i++)
                fixed (float* directions = &values[i * channels], to = &planes[i][at + x])
                    Mix(samples, RunLength, directions, 1, start: 0, count, channels, to);
        }
    }

    /// <summary>The colours of pixels; single products and sums, the same bits on every processor.</summary>
    /// <param name="plane">Each channel's values, <c>[channels, stride]</c>.</param>
    /// <param name="stride">Values from a channel to the next.</param>
    /// <param name="colors">Receives <c>[pixels, channels]</c>, at most <see cref="ThinNetwork.MaxCount"/> pixels.</param>
    public void ToColors(float* plane, int stride, Span<float> colors)
    {
        int count = colors.Length / channels;
        float* samples = stackalloc float[RunLength];
        for (int j = 0; j < channels; j++)
        {
            fixed (float* directions = &values[j])
                Mix(plane, stride, directions, channels, values[channels * channels + j], count, channels, samples);
            for (int x = 0; x < count; x++)
                colors[x * channels + j] = samples[x];
        }
    }

    private const int RunLength = ThinNetwork.MaxCount;

    /// <summary>One channel of pixels, less a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pick(ReadOnlySpan<float> colors, int count, int step, float* to, float less)
    {
        for (int x = 0; x < count; x++)
            to[x] = colors[x * step] - less;
    }

    /// <summary>A number and channels' values times weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Mix(float* plane, int stride, float* weights, int weightStride, float start, int count, int channels, float* to)
    {
        int x = 0;
        for (; x <= count - Vector<float>.Count; x += Vector<float>.Count)
        {
            var sum = new Vector<float>(start);
            for (int i = 0; i < channels; i++)
                sum += new Vector<float>(weights[i * weightStride]) * Vector.Load(plane + i * stride + x);
            Vector.Store(sum, to + x);
        }
        for (; x < count; x++)
        {
            float sum = start;
            for (int i = 0; i < channels; i++)
                sum += weights[i * weightStride] * plane[i * stride + x];
            to[x] = sum;
        }
    }

    /// <summary>
    /// Turns a direction towards light, from blue to red, or towards green: the networks of all pictures then see the same. The fourth
    /// direction is turned towards alpha.
    /// </summary>
    private static void Orient(double[,] directions, int row, int channels)
    {
        double[] towards = row switch { 0 => [1, 1, 1, 0], 1 => [1, 0, -1, 0], 2 => [-1, 2, -1, 0], _ => [0, 0, 0, 1] };
        double product = Enumerable.Range(0, channels).Sum(i => directions[row, i] * towards[i]);
        for (int i = 0; i < channels && product < 0; i++)
            directions[row, i] = -directions[row, i];
    }

    private static float Rounded(double value) => (float)(Math.Round(value * Unit) / Unit);

    // Jacobi's rotations; a few suffice for four channels.
    private static double[,] Eigenvectors(double[,] matrix, int count)
    {
        const int Sweeps = 30;
        double[,] vectors = new double[count, count];
        for (int i = 0; i < count; i++)
            vectors[i, i] = 1;
        for (int sweep = 0; sweep < Sweeps; sweep++)
            for (int p = 0; p < count; p++)
                for (int q = p + 1; q < count; q++)
                    Rotate(matrix, vectors, count, p, q);
        int[] order = [.. Enumerable.Range(0, count).OrderByDescending(i => matrix[i, i])];
        double[,] rows = new double[count, count];
        for (int i = 0; i < count; i++)
            for (int j = 0; j < count; j++)
                rows[i, j] = vectors[j, order[i]];
        return rows;
    }

    private static void Rotate(double[,] matrix, double[,] vectors, int count, int p, int q)
    {
        if (Math.Abs(matrix[p, q]) < 1e-15)
            return;
        double theta = (matrix[q, q] - matrix[p, p]) / (2 * matrix[p, q]);
        double tangent = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
        double cosine = 1 / Math.Sqrt(tangent * tangent + 1), sine = tangent * cosine;
        for (int k = 0; k < count; k++)
            (matrix[k, p], matrix[k, q]) = (cosine * matrix[k, p] - sine * matrix[k, q], sine * matrix[k, p] + cosine * matrix[k, q]);
        for (int k = 0; k < count; k++)
            (matrix[p, k], matrix[q, k]) = (cosine * matrix[p, k] - sine * matrix[q, k], sine * matrix[p, k] + cosine * matrix[q, k]);
        for (int k = 0; k < count; k++)
            (vectors[k, p], vectors[k, q]) = (cosine * vectors[k, p] - sine * vectors[k, q], sine * vectors[k, p] + cosine * vectors[k, q]);
    }
}
