using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>
/// The colours around a place in a picture, and the interpolation that the network corrects; see <see cref="NeighborhoodEncoding"/>.
/// Passes only read it; what it shows is changed between them.
/// </summary>
internal sealed unsafe class NeighborhoodEncoder : Encoder
{
    /// <summary>Quarters of a pixel.</summary>
    private const int Quarters = 4;

    /// <summary>
    /// Keys' cubic convolution (1981, a = -0.5) a quarter of a pixel from the middle pixel's centre: the weights of the pixel before, the
    /// middle one, the next and the one after it.
    /// </summary>
    public static readonly float[] Cubic = [-0.0703125f, 0.8671875f, 0.2265625f, -0.0234375f];

    private readonly NeighborhoodEncoding _encoding;
    private readonly NeighborhoodView _view;
    private readonly ColorTransform _colors;
    private readonly float[] _own;
    private readonly int _channels, _stride, _reach;
    private readonly int[] _columns, _rows, _numbers, _references;
    private readonly int[]? _shares;
    private readonly Lock _gate = new();
    private float[] _shown = [];
    private int _width, _height;
    private volatile bool _isShown;

    /// <summary>An encoder that shows the network's own picture.</summary>
    /// <param name="encoding">The encoding.</param>
    /// <param name="picture">The picture, <c>[height, width, channels]</c> in [0, 1].</param>
    /// <param name="colors">How outputs become colours.</param>
    public NeighborhoodEncoder(NeighborhoodEncoding encoding, float[] picture, ColorTransform colors)
    {
        _view = NeighborhoodView.For(encoding);
        (_encoding, _own, _colors, _channels, _stride, _reach) = (encoding, picture, colors, encoding.Channels, _view.Stride, _view.Reach);
        _columns = [.. _view.Features.Select(feature => feature.Across + _reach)];
        _rows = [.. _view.Features.Select(feature => feature.Down + _reach)];
        _numbers = [.. _view.Features.Select(_view.NumberOf)];
        _references = [.. _view.Features.Select(feature => _view.ReferenceOf(feature.Component))];
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
        int length = checked(width * height * _stride);
        if (_shown.Length < length)
            _shown = new float[length];
        (_width, _height) = (width, height);
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
        int count = _columns.Length;
        int* places = stackalloc int[count];
        for (int i = 0; i < count; i++)
            places[i] = layout.Column(i);
        int* across = stackalloc int[2 * _reach + 1];
        int* down = stackalloc int[2 * _reach + 1];
        float scale = _view.Scale;
        // The other view has rows and columns exchanged.
        int[] outer = IsTurned ? _columns : _rows, inner = IsTurned ? _rows : _columns;
        // Where no pixel lies beyond the edge, a feature is equally far from the middle pixel in all places of a quarter.
        int* distances = stackalloc int[Quarters * count];
        for (int quarter = 0; quarter < Quarters; quarter++)
            for (int i = 0; i < count; i++)
                distances[quarter * count + i] = _numbers[i] + _stride *
                    (Towards(quarter >> 1) * (outer[i] - _reach) * _width + Towards(quarter & 1) * (inner[i] - _reach));
        fixed (float* picture = _shown)
        fixed (int* row = outer, column = inner, number = _numbers, against = _references, share = _shares)
            for (int place = 0; place < rows; place++, features += layout.RowStride)
            {
                float* at = coordinates + PanelLayout.SkinnyOffset(place, Mlp.InputCount);
                int x = HalfOf(at[0], _width), y = HalfOf(at[PanelLayout.Width], _height);
                float* middle = picture + ((y >> 1) * _width + (x >> 1)) * _stride;
                if (IsInside(x >> 1, _width) && IsInside(y >> 1, _height))
                {
                    int* distance = distances + ((y & 1) << 1 | x & 1) * count;
                    if (share != null)
                    {
                        for (int i = 0; i < count; i++)
                            features[places[i]] = (middle[distance[i]] - middle[distance[i] - number[i] + share[i]] * middle[against[i]]) * scale;
                        continue;
                    }
                    for (int i = 0; i < count; i++)
                        features[places[i]] = (middle[distance[i]] - middle[against[i]]) * scale;
                    continue;
                }
                Locate(coordinates, place, across, down);
                for (int i = 0; i < count; i++)
                {
                    float* other = picture + down[row[i]] + across[column[i]];
                    features[places[i]] = (other[number[i]] - (share != null ? other[share[i]] : 1) * middle[against[i]]) * scale;
                }
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
                Locate(coordinates, row, across, down);
                if (_view.CorrectsReference)
                    for (int component = 0; component < channels; component++)
                        sums[component] = picture[down[_reach] + across[_reach] + _view.ReferenceOf(component)];
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
        for (int component = 0; component < _channels; component++)
            sums[component] = 0;
        fixed (float* cubic = Cubic)
            for (int j = 0; j < Cubic.Length; j++)
                for (int i = 0; i < Cubic.Length; i++)
                {
                    float* pixel = picture + down[j - 1] + across[i - 1];
                    float weight = cubic[j] * cubic[i];
                    for (int component = 0; component < _channels; component++)
                        sums[component] += weight * pixel[component];
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
    private void Locate(float* coordinates, int row, int* across, int* down)
    {
        float* place = coordinates + PanelLayout.SkinnyOffset(row, Mlp.InputCount);
        Locate(place[0], _width, _stride, across);
        Locate(place[PanelLayout.Width], _height, _width * _stride, down);
    }

    private bool IsInside(int middle, int side) => middle >= _reach && middle < side - _reach;

    /// <summary>In which half of a pixel a place lies: twice the pixel, and one more in its second half.</summary>
    private static int HalfOf(float place, int side) => Math.Clamp((int)(place * (2 * side)), 0, 2 * side - 1);

    /// <summary>The direction in which pixels are counted from the middle one in a first half (0) or a second (1).</summary>
    private static int Towards(int half) => half == 0 ? -1 : 1;

    private void Locate(float place, int side, int stride, int* starts)
    {
        int half = HalfOf(place, side), middle = half >> 1, step = Towards(half & 1);
        for (int i = -_reach; i <= _reach; i++)
            starts[i + _reach] = Math.Clamp(middle + i * step, 0, side - 1) * stride;
    }
}
