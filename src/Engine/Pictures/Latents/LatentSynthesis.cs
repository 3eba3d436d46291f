using System.Buffers;
using System.Runtime.CompilerServices;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Pictures;

/// <summary>
/// The first picture that latents give, and what the network's layers see of it: how each pixel and its neighbours differ from their
/// mean, in steps.
/// </summary>
internal sealed unsafe class LatentSynthesis
{
    private const int Radius = LatentEncoding.Radius, Margin = 4, Lanes = ThinKernel.Lanes;

    private readonly LatentEncoding _encoding;
    private readonly LatentWork _work;
    private readonly AlignedBuffer[] _differences;
    private readonly int[] _offsets;
    private readonly int[] _channels;
    private readonly int _stride;

    /// <summary>Room for a picture.</summary>
    public LatentSynthesis(LatentEncoding encoding, LatentWork work)
    {
        (_encoding, _work) = (encoding, work);
        Planes = LatentPlanes.PlanesOf<float>(encoding);
        _stride = StrideOf(encoding);
        _differences = [.. Planes.Select(_ => CreatePadded(encoding))];
        var features = new List<(int Channel, int Offset)>();
        for (int channel = 0; channel < encoding.Channels; channel++)
        {
            int radius = channel == 0 ? Radius : LatentEncoding.OtherRadius;
            for (int y = -radius; y <= radius; y++)
                for (int x = -radius; x <= radius; x++)
                    features.Add((channel, y * _stride + x));
        }
        _channels = [.. features.Select(feature => feature.Channel)];
        _offsets = [.. features.Select(feature => feature.Offset)];
    }

    /// <summary>The first picture's channels, <c>[height, width]</c> in steps.</summary>
    public float[][] Planes { get; }

    /// <summary>A plane with room around it.</summary>
    public static AlignedBuffer CreatePadded(LatentEncoding encoding) =>
        new((long)StrideOf(encoding) * (encoding.Height + 2 * Margin) + ThinNetwork.MaxCount);

    /// <summary>A network of thin layers for the layers of a network.</summary>
    public static ThinNetwork NetworkOf(Mlp network, ThinKernel kernel)
    {
        int[] widths = [network.Design.Encoding.FeatureCount, .. network.HiddenLayers, network.OutputCount];
        var thin = new ThinNetwork(widths, kindCount: 1, kernel);
        for (int layer = 0; layer < network.Layers.Count; layer++)
        {
            network.Layers[layer].Weights.CopyTo(thin.Weights(layer));
            network.Layers[layer].Biases.CopyTo(thin.Biases(layer));
        }
        return thin;
    }

    /// <summary>Decodes latents, and prepares what the layers see.</summary>
    public void Show(LatentPlanes latents)
    {
        _work.ForEach(_encoding.Channels, (_, channel) => latents.Decode(channel, Planes[channel]));
        int bands = (_encoding.Height + BandRows - 1) / BandRows;
        _work.ForEach(_encoding.Channels * bands, (_, piece) =>
        {
            int first = piece % bands * BandRows;
            ShowDifferences(piece / bands, first, Math.Min(first + BandRows, _encoding.Height));
        });
        foreach (AlignedBuffer plane in _differences)
            MirrorEdges(plane);
    }

    /// <summary>Where the features of a pixel begin; those of the pixels right of it follow each.</summary>
    /// <param name="x">The column.</param>
    /// <param name="y">The row.</param>
    /// <param name="features">Receives the places.</param>
    public void Locate(int x, int y, float** features) => Locate(_differences, x, y, features);

    /// <summary>The same places of other planes that were made by <see cref="CreatePadded"/>.</summary>
    public void Locate(AlignedBuffer[] planes, int x, int y, float** features)
    {
        int at = IndexOf(x, y);
        for (int i = 0; i < _offsets.Length; i++)
            features[i] = planes[_channels[i]].Pointer + at + _offsets[i];
    }

    /// <summary>
    /// What errors of the features are for the first picture. A pixel is in the features of its neighbours, and in the means.
    /// </summary>
    /// <param name="errors">Errors of the features added up, one plane for each channel.</param>
    /// <param name="gradient">Receives them added to what it has, <c>[height, width]</c> of each channel.</param>
    public void AddGradient(AlignedBuffer[] errors, float[][] gradient)
    {
        int width = _encoding.Width, height = _encoding.Height;
        _work.ForEach(_encoding.Channels, (_, channel) =>
        {
            FoldEdges(errors[channel]);
            float[] sums = ArrayPool<float>.Shared.Rent(width * height);
            Box(errors[channel].Pointer + IndexOf(0, 0), _stride, sums, 0, height);
            float[] to = gradient[channel];
            for (int y = 0; y < height; y++)
            {
                float* row = errors[channel].Pointer + IndexOf(0, y);
                for (int x = 0; x < width; x++)
                    to[y * width + x] += row[x] - sums[y * width + x];
            }
            ArrayPool<float>.Shared.Return(sums);
        });
    }

    private const int BandRows = 64;

    private static int StrideOf(LatentEncoding encoding) => (encoding.Width + 2 * Margin + 2 * Lanes - 1) / Lanes * Lanes;

    private int IndexOf(int x, int y) => (y + Margin) * _stride + x + Margin;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ShowDifferences(int channel, int first, int end)
    {
        int width = _encoding.Width;
        var means = new float[width * (end - first)];
        fixed (float* plane = Planes[channel])
        {
            Box(plane, width, means, first, end);
            for (int y = first; y < end; y++)
            {
                float* to = _differences[channel].Pointer + IndexOf(0, y);
                for (int x = 0; x < width; x++)
                    to[x] = plane[y * width + x] - means[(y - first) * width + x];
            }
        }
    }

    /// <summary>Means over 5 x 5 pixels; beyond the edges are those of the edge.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Box(float* plane, int stride, float[] means, int first, int end)
    {
        int width = _encoding.Width, height = _encoding.Height;
        var padded = new float[width + 2 * Radius];
        for (int y = first; y < end; y++)
        {
            Span<float> sums = padded.AsSpan(Radius, width);
            sums.Clear();
            for (int other = y - Radius; other <= y + Radius; other++)
            {
                float* row = plane + (long)Math.Clamp(other, 0, height - 1) * stride;
                for (int x = 0; x < width; x++)
                    sums[x] += row[x];
            }
            for (int i = 0; i < Radius; i++)
                (padded[i], padded[^(i + 1)]) = (sums[0], sums[^1]);
            Span<float> to = means.AsSpan((y - first) * width, width);
            for (int x = 0; x < width; x++)
                to[x] = (padded[x] + padded[x + 1] + padded[x + 2] + padded[x + 3] + padded[x + 4]) * (1f / 25);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MirrorEdges(AlignedBuffer plane)
    {
        int width = _encoding.Width, height = _encoding.Height;
        for (int y = 0; y < height; y++)
        {
            float* row = plane.Pointer + IndexOf(0, y);
            for (int i = 1; i <= Radius; i++)
                (row[-i], row[width - 1 + i]) = (row[0], row[width - 1]);
        }
        for (int i = 1; i <= Radius; i++)
        {
            Span<float> Line(int y) => plane.Span.Slice(IndexOf(-Radius, y), width + 2 * Radius);
            Line(0).CopyTo(Line(-i));
            Line(height - 1).CopyTo(Line(height - 1 + i));
        }
    }

    // The adjoint of mirroring: what lies beyond the edge belongs to the edge.
    private void FoldEdges(AlignedBuffer plane)
    {
        int width = _encoding.Width, height = _encoding.Height;
        for (int i = 1; i <= Radius; i++)
            for (int x = -Radius; x < width + Radius; x++)
            {
                plane.Pointer[IndexOf(x, 0)] += plane.Pointer[IndexOf(x, -i)];
                plane.Pointer[IndexOf(x, height - 1)] += plane.Pointer[IndexOf(x, height - 1 + i)];
            }
        for (int y = 0; y < height; y++)
        {
            float* row = plane.Pointer + IndexOf(0, y);
            for (int i = 1; i <= Radius; i++)
            {
                row[0] += row[-i];
                row[width - 1] += row[width - 1 + i];
            }
        }
    }
}
