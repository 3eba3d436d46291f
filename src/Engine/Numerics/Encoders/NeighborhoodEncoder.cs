using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>
/// The colours around a place in a picture, and the interpolation that the network corrects; see <see cref="NeighborhoodEncoding"/>.
/// Passes only read it; what it shows is changed between them.
/// </summary>
internal sealed unsafe class NeighborhoodEncoder : Encoder
{
    private const int Side = NeighborhoodEncoding.Side, Radius = NeighborhoodEncoding.Radius;

    /// <summary>Differences of neighbouring colours are small; times this they suit the first weights.</summary>
    private const float FeatureScale = 4;

    /// <summary>
    /// Keys' cubic convolution (1981, a = -0.5) a quarter of a pixel from the middle pixel's centre: the weights of the pixel before, the
    /// middle one, the next and the one after it.
    /// </summary>
    private static readonly float[] Cubic = [-0.0703125f, 0.8671875f, 0.2265625f, -0.0234375f];

    private readonly NeighborhoodEncoding _encoding;
    private readonly ColorTransform _colors;
    private readonly float[] _own;
    private readonly int _channels;
    private float[] _picture;
    private int _width, _height;

    /// <summary>An encoder that shows the network's own picture.</summary>
    /// <param name="encoding">The encoding.</param>
    /// <param name="picture">The picture, <c>[height, width, channels]</c> in [0, 1]; used as it is.</param>
    /// <param name="colors">How outputs become colours.</param>
    public NeighborhoodEncoder(NeighborhoodEncoding encoding, float[] picture, ColorTransform colors)
    {
        (_encoding, _own, _picture, _colors, _channels) = (encoding, picture, picture, colors, encoding.Channels);
        (_width, _height) = (encoding.Width, encoding.Height);
    }

    /// <summary>Whether rows and columns of what the network sees are exchanged: another view of the same place.</summary>
    public bool IsTurned { get; set; }

    /// <summary>The network's own picture, <c>[height, width, channels]</c> in [0, 1].</summary>
    public ReadOnlySpan<float> Own => _own;

    /// <summary>Shows another picture, to paint it at twice its size.</summary>
    /// <param name="picture">The picture, <c>[height, width, channels]</c>.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    public void Show(float[] picture, int width, int height) => (_picture, _width, _height) = (picture, width, height);

    /// <summary>Shows the network's own picture again.</summary>
    public void ShowOwn() => (_picture, _width, _height, IsTurned) = (_own, _encoding.Width, _encoding.Height, false);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(float* coordinates, int rows, float* features, PackedLayout layout)
    {
        int channels = _channels, count = Side * Side * channels;
        int* columns = stackalloc int[count];
        for (int i = 0; i < count; i++)
            columns[i] = layout.Column(i);
        int* across = stackalloc int[Side];
        int* down = stackalloc int[Side];
        bool isTurned = IsTurned;
        int* outer = isTurned ? across : down;
        int* inner = isTurned ? down : across;
        fixed (float* picture = _picture)
        {
            for (int row = 0; row < rows; row++, features += layout.RowStride)
            {
                Locate(coordinates, row, across, down);
                float* middle = picture + across[Radius] + down[Radius];
                int next = 0;
                for (int j = 0; j < Side; j++)
                    for (int i = 0; i < Side; i++)
                    {
                        float* pixel = picture + outer[j] + inner[i];
                        for (int channel = 0; channel < channels; channel++)
                            features[columns[next++]] = (pixel[channel] - middle[channel]) * FeatureScale;
                    }
            }
        }
    }

    public override void Finish(float* coordinates, int rows, float* outputs) => Finish(coordinates, rows, outputs, _encoding.Blend);

    /// <summary>Turns corrections into colours, as the network's outputs have them: the interpolation, and a share of the correction.</summary>
    /// <param name="coordinates">A skinny <c>[rows, 2]</c>.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="outputs">The corrections, a skinny <c>[rows, channels]</c>; receives the colours.</param>
    /// <param name="blend">The share.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Finish(float* coordinates, int rows, float* outputs, float blend)
    {
        int channels = _channels;
        int* across = stackalloc int[Side];
        int* down = stackalloc int[Side];
        float* sums = stackalloc float[channels];
        float scale = 1 / _colors.Scale, offset = -_colors.Offset * scale;
        fixed (float* picture = _picture, cubic = Cubic)
        {
            for (int row = 0; row < rows; row++)
            {
                Locate(coordinates, row, across, down);
                for (int channel = 0; channel < channels; channel++)
                    sums[channel] = 0;
                for (int j = 1; j < Side; j++)
                    for (int i = 1; i < Side; i++)
                    {
                        float* pixel = picture + down[j] + across[i];
                        float weight = cubic[j - 1] * cubic[i - 1];
                        for (int channel = 0; channel < channels; channel++)
                            sums[channel] += weight * pixel[channel];
                    }
                float* output = outputs + PanelLayout.SkinnyOffset(row, channels);
                for (int channel = 0; channel < channels; channel++)
                {
                    float* value = output + channel * PanelLayout.Width;
                    // An untrained or hostile network's infinity must not become a colour where none of it is painted.
                    *value = (blend > 0 ? blend * *value : 0) + sums[channel] * scale + offset;
                }
            }
        }
    }

    /// <summary>Where the columns and rows begin that the network sees, from far behind the place to before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Locate(float* coordinates, int row, int* across, int* down)
    {
        float* place = coordinates + PanelLayout.SkinnyOffset(row, Mlp.InputCount);
        Locate(place[0], _width, _channels, across);
        Locate(place[PanelLayout.Width], _height, _width * _channels, down);
    }

    private static void Locate(float place, int side, int stride, int* starts)
    {
        int half = Math.Clamp((int)(place * (2 * side)), 0, 2 * side - 1), middle = half >> 1, step = (half & 1) == 0 ? -1 : 1;
        for (int i = -Radius; i <= Radius; i++)
            starts[i + Radius] = Math.Clamp(middle + i * step, 0, side - 1) * stride;
    }
}
