using System.Numerics;
using System.Runtime.CompilerServices;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Pictures;

/// <summary>
/// Rows of the first picture as the network's layers see them: how each pixel and its neighbours differ from their mean over 5 x 5 pixels,
/// in steps. Beyond the picture's edges are the pixels of the edge. One thread uses it at a time.
/// </summary>
internal sealed unsafe class LatentStripe
{
    private const int Radius = LatentEncoding.Radius, Side = 2 * Radius + 1, Margin = 4, Lanes = ThinKernel.Lanes;

    /// <summary>Stripes of so many rows or more do not reach beyond the next one.</summary>
    public const int LeastRows = 2 * Reach;

    /// <summary>Rows beyond a stripe on each side that it depends on, and adds a gradient to.</summary>
    public const int Reach = 2 * Radius;

    private readonly LatentEncoding _encoding;
    private readonly AlignedBuffer[] _differences, _errors;
    private readonly int[] _offsets, _channels;
    private readonly float[] _sums, _means;
    private readonly int _stride;
    private int _first, _count;

    /// <summary>Room for rows.</summary>
    /// <param name="encoding">The encoding.</param>
    /// <param name="rows">The most rows.</param>
    /// <param name="hasErrors">Whether <see cref="LocateErrors"/> and <see cref="AddGradient"/> can be called.</param>
    public LatentStripe(LatentEncoding encoding, int rows, bool hasErrors = false)
    {
        _encoding = encoding;
        _stride = (encoding.Width + 2 * Margin + 2 * Lanes - 1) / Lanes * Lanes;
        AlignedBuffer[] Planes(int count) =>
            [.. Enumerable.Range(0, count).Select(_ => new AlignedBuffer((long)_stride * (rows + 2 * Radius) + ThinNetwork.MaxCount))];
        (_differences, _errors) = (Planes(encoding.Channels), Planes(hasErrors ? encoding.Channels : 0));
        (_sums, _means) = (new float[encoding.Width + 2 * Radius], new float[encoding.Width]);
        (_offsets, _channels) = (new int[encoding.FeatureCount], new int[encoding.FeatureCount]);
        int feature = 0;
        for (int channel = 0; channel < encoding.Channels; channel++)
        {
            int radius = channel == 0 ? Radius : LatentEncoding.OtherRadius;
            for (int y = -radius; y <= radius; y++)
                for (int x = -radius; x <= radius; x++, feature++)
                    (_channels[feature], _offsets[feature]) = (channel, y * _stride + x);
        }
    }

    /// <summary>Shows rows, and forgets errors.</summary>
    /// <param name="planes">The first picture's channels.</param>
    /// <param name="first">The first row.</param>
    /// <param name="count">How many rows.</param>
    public void Show(float[][] planes, int first, int count)
    {
        (_first, _count) = (first, count);
        foreach (AlignedBuffer plane in _errors)
            plane.Span[..((count + 2 * Radius) * _stride)].Clear();
        for (int channel = 0; channel < planes.Length; channel++)
            for (int y = first - Radius; y < first + count + Radius; y++)
                ShowRow(planes[channel], channel, y);
    }

    /// <summary>Where the features of a pixel begin; those of the pixels right of it follow each.</summary>
    /// <param name="x">The column.</param>
    /// <param name="y">The row.</param>
    /// <param name="features">Receives the places.</param>
    public void Locate(int x, int y, float** features) => Locate(_differences, x, y, features);

    /// <summary>Where their errors are added up.</summary>
    /// <inheritdoc cref="Locate(int, int, float**)" path="/param"/>
    public void LocateErrors(int x, int y, float** features) => Locate(_errors, x, y, features);

    /// <summary>
    /// Adds what errors of the features are for the first picture. A pixel is in the features of its neighbours, and in the means.
    /// </summary>
    /// <param name="gradient">The sums of a channel's row; rows up to <see cref="Reach"/> beyond the stripe are asked for.</param>
    public void AddGradient(Func<int, int, Span<float>> gradient)
    {
        int first = Math.Max(0, _first - Reach), end = Math.Min(_encoding.Height, _first + _count + Reach);
        for (int channel = 0; channel < _errors.Length; channel++)
        {
            FoldEdges(_errors[channel]);
            for (int y = first; y < end; y++)
                AddGradientRow(_errors[channel], y, gradient(channel, y));
        }
    }

    private int IndexOf(int x, int y) => (y - _first + Radius) * _stride + x + Margin;

    private bool HasRow(int y) => y >= _first - Radius && y < _first + _count + Radius;

    private void Locate(AlignedBuffer[] planes, int x, int y, float** features)
    {
        int at = IndexOf(x, y);
        for (int i = 0; i < _offsets.Length; i++)
            features[i] = planes[_channels[i]].Pointer + at + _offsets[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ShowRow(float[] plane, int channel, int y)
    {
        int width = _encoding.Width, middle = Math.Clamp(y, 0, _encoding.Height - 1), x = 0;
        fixed (float* pixels = plane, sums = &_sums[Radius], means = _means)
        {
            new Span<float>(sums, width).Clear();
            for (int other = middle - Radius; other <= middle + Radius; other++)
                AddTo(sums, pixels + (long)Math.Clamp(other, 0, _encoding.Height - 1) * width, width);
            ShowMeans(sums, means, width);
            float* row = pixels + (long)middle * width, to = _differences[channel].Pointer + IndexOf(0, y);
            for (; x <= width - Vector<float>.Count; x += Vector<float>.Count)
                Vector.Store(Vector.Load(row + x) - Vector.Load(means + x), to + x);
            for (; x < width; x++)
                to[x] = row[x] - means[x];
            for (int i = 1; i <= Radius; i++)
                (to[-i], to[width - 1 + i]) = (to[0], to[width - 1]);
        }
    }

    private void AddGradientRow(AlignedBuffer errors, int y, Span<float> gradient)
    {
        int width = _encoding.Width;
        fixed (float* to = gradient, sums = &_sums[Radius], means = _means)
        {
            new Span<float>(sums, width).Clear();
            for (int other = y - Radius; other <= y + Radius; other++)
                if (Math.Clamp(other, 0, _encoding.Height - 1) is int row && HasRow(row))
                    AddTo(sums, errors.Pointer + IndexOf(0, row), width);
            ShowMeans(sums, means, width);
            if (HasRow(y))
                AddTo(to, errors.Pointer + IndexOf(0, y), width);
            for (int x = 0; x < width; x++)
                to[x] -= means[x];
        }
    }

    /// <summary>Adds a row's values to sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddTo(float* sums, float* row, int width)
    {
        int x = 0;
        for (; x <= width - Vector<float>.Count; x += Vector<float>.Count)
            Vector.Store(Vector.Load(sums + x) + Vector.Load(row + x), sums + x);
        for (; x < width; x++)
            sums[x] += row[x];
    }

    /// <summary>Means of each 5 sums next to each other; single operations in one order, the same bits on every processor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ShowMeans(float* sums, float* means, int width)
    {
        const float Share = 1f / (Side * Side);
        for (int i = 1; i <= Radius; i++)
            (sums[-i], sums[width - 1 + i]) = (sums[0], sums[width - 1]);
        int x = 0;
        for (float* s = sums - Radius; x <= width - Vector<float>.Count; x += Vector<float>.Count)
        {
            Vector<float> sum = Vector.Load(s + x) + Vector.Load(s + x + 1) + Vector.Load(s + x + 2) + Vector.Load(s + x + 3) + Vector.Load(s + x + 4);
            Vector.Store(sum * Share, means + x);
        }
        for (float* s = sums - Radius; x < width; x++)
            means[x] = (s[x] + s[x + 1] + s[x + 2] + s[x + 3] + s[x + 4]) * Share;
    }

    // The adjoint of repeating the edges: what lies beyond an edge belongs to it.
    private void FoldEdges(AlignedBuffer plane)
    {
        int width = _encoding.Width, bottom = _encoding.Height - 1;
        for (int y = _first - Radius; y < _first + _count + Radius; y++)
        {
            float* row = plane.Pointer + IndexOf(0, y);
            for (int i = 1; i <= Radius; i++)
            {
                row[0] += row[-i];
                row[width - 1] += row[width - 1 + i];
            }
            if (y < 0 || y > bottom)
                AddTo(plane.Pointer + IndexOf(0, Math.Clamp(y, 0, bottom)), row, width);
        }
    }
}
