using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MonaLisa.Engine.Numerics;

/// <summary>
/// The colours around a place in a picture, and the interpolation that the network corrects; see <see cref="NeighborhoodEncoding"/>.
/// Passes only read it; what it shows is changed between them.
/// </summary>
internal sealed unsafe class NeighborhoodEncoder : Encoder
{
    /// <summary>Components of a pixel with alpha.</summary>
    private const int MostComponents = NeighborhoodFeature.Alpha + 1;

    /// <summary>
    /// Keys' cubic convolution (1981, a = -0.5) a quarter of a pixel from the middle pixel's centre: the weights of the pixel before, the
    /// middle one, the next and the one after it.
    /// </summary>
    public static readonly float[] Cubic = [-0.0703125f, 0.8671875f, 0.2265625f, -0.0234375f];

    private readonly NeighborhoodEncoding _encoding;
    private readonly NeighborhoodView _view;
    private readonly ColorTransform _colors;
    private readonly float[] _own;
    private readonly int _channels, _reach;
    private readonly int[] _columns, _rows, _numbers, _components;
    private readonly int[]? _shares;
    private readonly Lock _gate = new();
    private float[] _shown = [];
    private NeighborhoodPlaces[] _places = [];
    private int _width, _height, _area;
    private volatile bool _isShown;

    /// <summary>An encoder that shows the network's own picture.</summary>
    /// <param name="encoding">The encoding.</param>
    /// <param name="picture">The picture, <c>[height, width, channels]</c> in [0, 1].</param>
    /// <param name="colors">How outputs become colours.</param>
    public NeighborhoodEncoder(NeighborhoodEncoding encoding, float[] picture, ColorTransform colors)
    {
        _view = NeighborhoodView.For(encoding);
        (_encoding, _own, _colors, _channels, _reach) = (encoding, picture, colors, encoding.Channels, _view.Reach);
        _columns = [.. _view.Features.Select(feature => feature.Across + _reach)];
        _rows = [.. _view.Features.Select(feature => feature.Down + _reach)];
        _numbers = [.. _view.Features.Select(_view.NumberOf)];
        _components = [.. _view.Features.Select(feature => feature.Component)];
        _shares = _view.ShareOf is { } shareOf ? [.. _view.Features.Select(shareOf)] : null;
    }

    /// <summary>How many pixels on each side of the middle one have a part in what the network sees.</summary>
    public int Reach => _view.WholeReach;

    /// <summary>Whether rows and columns of what the network sees are exchanged: another view of the same place.</summary>
    public bool IsTurned { get; set; }

    /// <summary>The network's own picture, <c>[height, width, channels]</c> in [0, 1].</summary>
    public ReadOnlySpan<float> Own => _own;

    /// <summary>Shows a picture: each pixel is four places, in each of which the network sees it mirrored in another way.</summary>
    /// <param name="picture">The picture, <c>[height, width, channels]</c>.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    public void Show(ReadOnlySpan<float> picture, int width, int height)
    {
        int length = checked(width * height * _view.Stride);
        if (_shown.Length < length)
            _shown = new float[length];
        if ((_width, _height) != (width, height))
            _places = [new(_view, width, height, isTurned: false), new(_view, width, height, isTurned: true)];
        (_width, _height, _area) = (width, height, width * height);
        _view.Show(picture, width, height, _shown);
        _isShown = true;
    }

    // What paints shows parts of the picture; only what learns or measures needs the whole of it.
    private void ShowOwnIfNone()
    {
        if (_isShown)
            return;
        lock (_gate)
            if (!_isShown)
                Show(_own, _encoding.Width, _encoding.Height);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(float* coordinates, int rows, float* features, PackedLayout layout)
    {
        ShowOwnIfNone();
        NeighborhoodPlaces places = _places[IsTurned ? 1 : 0];
        // A picture of fewer components has its first in the place of the others, which no feature is of.
        int* references = stackalloc int[MostComponents];
        for (int component = 0; component < MostComponents; component++)
            references[component] = _view.ReferenceOf(component < _channels ? component : 0) * _area;
        fixed (float* picture = _shown)
        {
            (int X, int Y) here, next = HalvesOf(coordinates, row: 0);
            for (int row = 0; row < rows; row++, features += layout.RowStride)
            {
                here = next;
                float* middle = picture + PixelOf(here);
                if (row + 1 < rows)
                {
                    next = HalvesOf(coordinates, row + 1);
                    // Training's pixels are in any order. What is near was read just now.
                    if (Math.Abs(PixelOf(next) - PixelOf(here)) >= CacheLine.Floats)
                        foreach (int line in places.Lines(NeighborhoodPlaces.QuarterOf(next.X, next.Y)))
                            CacheLine.Request(picture + PixelOf(next) + line);
                }
                var reference = Vector128.Create(middle[references[0]], middle[references[1]], middle[references[2]], middle[references[3]]);
                if (IsInside(here.X >> 1, _width) && IsInside(here.Y >> 1, _height))
                    Read(middle, places, NeighborhoodPlaces.QuarterOf(here.X, here.Y), reference, features, layout);
                else
                    ReadAtEdge(picture, here, reference, features, layout);
            }
        }
    }

    /// <summary>Reads the features of a place around which all pixels are.</summary>
    /// <param name="middle">The middle pixel.</param>
    /// <param name="places">Where the features are.</param>
    /// <param name="quarter">The quarter of the pixel.</param>
    /// <param name="references">What the components are compared to.</param>
    /// <param name="features">Receives the features.</param>
    /// <param name="layout">How they lie.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Read(float* middle, NeighborhoodPlaces places, int quarter, Vector128<float> references, float* features, PackedLayout layout)
    {
        int count = _components.Length, i = 0;
        float scale = _view.Scale;
        fixed (int* distance = places.Features(quarter), share = places.Shares(quarter), component = _components)
        {
            if (Avx2.IsSupported)
            {
                Vector256<float> both = references.ToVector256Unsafe();
                for (; i + Vector256<float>.Count <= count; i += Vector256<float>.Count)
                {
                    Vector256<float> reference = Avx2.PermuteVar8x32(both, Vector256.Load(component + i));
                    if (share != null)
                        reference *= Avx2.GatherVector256(middle, Vector256.Load(share + i), sizeof(float));
                    Vector256<float> value = Avx2.GatherVector256(middle, Vector256.Load(distance + i), sizeof(float));
                    ((value - reference) * scale).Store(features + layout.Column(i));
                }
            }
            for (; i < count; i++)
                features[layout.Column(i)] = (middle[distance[i]] - (share != null ? middle[share[i]] : 1) * references[component[i]]) * scale;
        }
    }

    /// <summary>Reads the features of a place near an edge, beyond which there are the pixels of the edge.</summary>
    /// <param name="picture">The numbers of all pixels.</param>
    /// <param name="halves">The place.</param>
    /// <param name="references">What the components are compared to.</param>
    /// <param name="features">Receives the features.</param>
    /// <param name="layout">How they lie.</param>
    private void ReadAtEdge(float* picture, (int X, int Y) halves, Vector128<float> references, float* features, PackedLayout layout)
    {
        int* across = stackalloc int[2 * _reach + 1];
        int* down = stackalloc int[2 * _reach + 1];
        Locate(halves, across, down);
        // The other view has rows and columns exchanged.
        int[] rows = IsTurned ? _columns : _rows, columns = IsTurned ? _rows : _columns;
        float scale = _view.Scale;
        for (int i = 0; i < rows.Length; i++)
        {
            float* pixel = picture + down[rows[i]] + across[columns[i]];
            float share = _shares is null ? 1 : pixel[_shares[i] * _area];
            features[layout.Column(i)] = (pixel[_numbers[i] * _area] - share * references[_components[i]]) * scale;
        }
    }

    public override void Finish(float* coordinates, int rows, float* outputs)
    {
        if (_encoding.IsCorrection)
            Finish(coordinates, rows, outputs, _encoding.Blend);
    }

    /// <summary>
    /// Turns corrections into colours, as the network's outputs have them: what is corrected, an interpolation or what stands for the middle
    /// pixel, and a share of the correction.
    /// </summary>
    /// <param name="coordinates">A skinny <c>[rows, 2]</c>.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="outputs">The corrections, a skinny <c>[rows, channels]</c>; receives the colours.</param>
    /// <param name="blend">The share.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Finish(float* coordinates, int rows, float* outputs, float blend)
    {
        ShowOwnIfNone();
        int channels = _channels;
        int* across = stackalloc int[2 * _reach + 1];
        int* down = stackalloc int[2 * _reach + 1];
        float* sums = stackalloc float[channels];
        float scale = 1 / _colors.Scale, offset = -_colors.Offset * scale;
        float gain = blend * _view.Gain;
        fixed (float* picture = _shown)
        {
            for (int row = 0; row < rows; row++)
            {
                Locate(HalvesOf(coordinates, row), across, down);
                if (_view.CorrectsReference)
                    for (int component = 0; component < channels; component++)
                        sums[component] = picture[down[_reach] + across[_reach] + _view.ReferenceOf(component) * _area];
                else
                    Interpolate(picture, down + _reach, across + _reach, sums);
                ToColors(sums, channels);
                float* output = outputs + PanelLayout.SkinnyOffset(row, channels);
                for (int channel = 0; channel < channels; channel++)
                {
                    float* value = output + channel * PanelLayout.Width;
                    // An untrained or hostile network's infinity must not become a colour where none of it is painted.
                    *value = (gain > 0 ? gain * *value : 0) + sums[channel] * scale + offset;
                }
            }
        }
    }

    /// <summary>Cubic interpolation at the centre of the quarter.</summary>
    private void Interpolate(float* picture, int* down, int* across, float* sums)
    {
        fixed (float* cubic = Cubic)
            for (int component = 0; component < _channels; component++, picture += _area)
            {
                sums[component] = 0;
                for (int i = 0; i < Cubic.Length; i++)
                {
                    float* row = picture + down[i - 1];
                    sums[component] += cubic[i] *
                        (cubic[0] * row[across[-1]] + cubic[1] * row[across[0]] + cubic[2] * row[across[1]] + cubic[3] * row[across[2]]);
                }
            }
    }

    /// <summary>Red, green and blue of a luma and its differences of colours.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ToColors(float* components, int channels)
    {
        if (channels == 1)
            return;
        float luma = components[0], redLessBlue = components[1] / 2, greenLessMean = components[2] / 3;
        components[0] = luma - greenLessMean + redLessBlue;
        components[1] = luma + 2 * greenLessMean;
        components[2] = luma - greenLessMean - redLessBlue;
    }

    /// <summary>Where the columns and rows begin that the network sees, from far behind the place to before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Locate((int X, int Y) halves, int* across, int* down)
    {
        Locate(halves.X, _width, 1, across);
        Locate(halves.Y, _height, _width, down);
    }

    private void Locate(int half, int side, int stride, int* starts)
    {
        int middle = half >> 1, step = NeighborhoodPlaces.Towards(half & 1);
        for (int i = -_reach; i <= _reach; i++)
            starts[i + _reach] = Math.Clamp(middle + i * step, 0, side - 1) * stride;
    }

    /// <summary>In which halves of a pixel a place lies: twice the pixel's column and row, and one more in the second halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (int X, int Y) HalvesOf(float* coordinates, int row)
    {
        float* place = coordinates + PanelLayout.SkinnyOffset(row, Mlp.InputCount);
        return (HalfOf(place[0], _width), HalfOf(place[PanelLayout.Width], _height));
    }

    private static int HalfOf(float place, int side) => Math.Clamp((int)(place * (2 * side)), 0, 2 * side - 1);

    private int PixelOf((int X, int Y) halves) => (halves.Y >> 1) * _width + (halves.X >> 1);

    private bool IsInside(int middle, int side) => middle >= _reach && middle < side - _reach;
}
