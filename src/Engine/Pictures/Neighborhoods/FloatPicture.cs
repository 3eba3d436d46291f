using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Pictures;

/// <summary>A picture whose samples are floats, nominally in [0, 1].</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Channels">Samples a pixel.</param>
/// <param name="Values"><c>[height, width, channels]</c>.</param>
internal sealed record FloatPicture(int Width, int Height, int Channels, float[] Values)
{
    /// <summary>A picture of zeros.</summary>
    public FloatPicture(int width, int height, int channels) : this(width, height, channels, new float[checked(width * height * channels)])
    {
    }

    /// <summary>A part of a dataset; beyond its edges it has the pixels of the edge.</summary>
    public static FloatPicture Of(PixelDataset picture, int x, int y, int width, int height)
    {
        var part = new FloatPicture(width, height, picture.Channels);
        var row = new float[picture.Width * picture.Channels];
        for (int to = 0; to < height; to++)
        {
            picture.CopyRows(Math.Clamp(y + to, 0, picture.Height - 1), 1, row);
            for (int at = 0; at < width; at++)
                row.AsSpan(Math.Clamp(x + at, 0, picture.Width - 1) * picture.Channels, picture.Channels).CopyTo(part.Pixel(at, to));
        }
        return part;
    }

    /// <summary>The samples of a pixel.</summary>
    public Span<float> Pixel(int x, int y) => Values.AsSpan((y * Width + x) * Channels, Channels);

    /// <summary>A part of the picture; beyond its edges it has the pixels of the edge.</summary>
    public FloatPicture Part(int x, int y, int width, int height)
    {
        var part = new FloatPicture(width, height, Channels);
        for (int to = 0; to < height; to++)
            for (int at = 0; at < width; at++)
                Pixel(Math.Clamp(x + at, 0, Width - 1), Math.Clamp(y + to, 0, Height - 1)).CopyTo(part.Pixel(at, to));
        return part;
    }

    /// <summary>The picture with rows and columns exchanged.</summary>
    public FloatPicture Turned()
    {
        var turned = new FloatPicture(Height, Width, Channels);
        for (int y = 0; y < Height; y++)
            for (int x = 0; x < Width; x++)
                Pixel(x, y).CopyTo(turned.Pixel(y, x));
        return turned;
    }

    /// <summary>The picture with each pixel in 2 x 2 places.</summary>
    public FloatPicture Doubled()
    {
        var doubled = new FloatPicture(2 * Width, 2 * Height, Channels);
        for (int y = 0; y < doubled.Height; y++)
            for (int x = 0; x < doubled.Width; x++)
                Pixel(x / 2, y / 2).CopyTo(doubled.Pixel(x, y));
        return doubled;
    }

    /// <summary>The picture and a share of what a 3 x 3 binomial filter takes from it.</summary>
    public FloatPicture Sharpened(float share)
    {
        var sharpened = new FloatPicture(Width, Height, Channels);
        for (int y = 0; y < Height; y++)
            for (int x = 0; x < Width; x++)
                for (int channel = 0; channel < Channels; channel++)
                {
                    float sum = 0, own = Pixel(x, y)[channel];
                    for (int j = -1; j <= 1; j++)
                        for (int i = -1; i <= 1; i++)
                            sum += (2 - Math.Abs(i)) * (2 - Math.Abs(j)) *
                                Pixel(Math.Clamp(x + i, 0, Width - 1), Math.Clamp(y + j, 0, Height - 1))[channel];
                    sharpened.Pixel(x, y)[channel] = own + share * (own - sum / 16);
                }
        return sharpened;
    }

    /// <summary>The picture with its samples rounded as whole numbers have them.</summary>
    /// <param name="most">The largest whole number: 255 or 65535.</param>
    public FloatPicture Rounded(int most) => this with
    {
        Values = Array.ConvertAll(Values, value => MathF.Round(Math.Clamp(value, 0f, 1f) * most) / most),
    };

    /// <summary>The picture at another size.</summary>
    public FloatPicture Resized(ShrinkKernel kernel, int width, int height)
    {
        var result = new FloatPicture(width, height, Channels);
        new RegionTaps(PictureRegion.Whole(Width, Height), width, height, Width, Height, kernel).Render(this, 0, 0, 0, height, result.Values);
        return result;
    }

    /// <summary>A row of other pixels.</summary>
    /// <param name="row">The old row, or a part of it.</param>
    /// <param name="channels">Samples a pixel.</param>
    /// <param name="taps">What the new ones take.</param>
    /// <param name="origin">The old pixel that the part begins with.</param>
    /// <param name="result">Receives the new row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Across(ReadOnlySpan<float> row, int channels, ResampleTaps taps, int origin, Span<float> result)
    {
        int last = row.Length / channels - 1;
        for (int pixel = 0; pixel < result.Length / channels; pixel++)
        {
            int first = taps.First(pixel) - origin;
            ReadOnlySpan<float> weights = taps.Weights(pixel);
            bool isInside = first >= 0 && first + weights.Length - 1 <= last;
            for (int channel = 0; channel < channels; channel++)
            {
                float sum = 0;
                for (int i = 0; i < weights.Length; i++)
                    sum += weights[i] * row[(isInside ? first + i : Math.Clamp(first + i, 0, last)) * channels + channel];
                result[pixel * channels + channel] = sum;
            }
        }
    }

    /// <summary>A row of a picture of another height.</summary>
    /// <param name="picture">The old picture, or some of its rows.</param>
    /// <param name="taps">What the new rows take.</param>
    /// <param name="origin">The old row that these begin with.</param>
    /// <param name="row">The new row.</param>
    /// <param name="result">Receives it.</param>
    public static void Down(FloatPicture picture, ResampleTaps taps, int origin, int row, Span<float> result)
    {
        result.Clear();
        ReadOnlySpan<float> weights = taps.Weights(row);
        for (int i = 0; i < weights.Length; i++)
        {
            int from = Math.Clamp(taps.First(row) + i - origin, 0, picture.Height - 1) * result.Length;
            for (int at = 0; at < result.Length; at++)
                result[at] += weights[i] * picture.Values[from + at];
        }
    }
}
