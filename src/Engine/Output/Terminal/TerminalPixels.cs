namespace MonaLisa.Engine;

/// <summary>A picture on its way to a terminal: red, green, blue and alpha of 8 bits, alpha not multiplied into the colours.</summary>
internal sealed class TerminalPixels
{
    /// <summary>Samples of a pixel.</summary>
    internal const int Channels = 4;

    private readonly byte[] _samples;

    /// <summary>A picture that is wholly transparent.</summary>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    public TerminalPixels(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        (Width, Height) = (width, height);
        _samples = new byte[checked(width * height * Channels)];
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The samples, <c>[Height, Width, 4]</c>, row-major.</summary>
    public ReadOnlySpan<byte> Samples => _samples;

    /// <summary>Lays a picture of the same height onto this one.</summary>
    /// <param name="colors"><c>[Height, width, channels]</c>, nominally in [0, 1]; clamped, and what is not a number is black.</param>
    /// <param name="width">Pixels in a row of it.</param>
    /// <param name="channels">1 (grey), 3 (red, green and blue) or 4 (those and alpha).</param>
    /// <param name="left">The column of this picture where it begins.</param>
    /// <exception cref="ArgumentException">It does not fit, or there are no such channels.</exception>
    public void Lay(ReadOnlySpan<float> colors, int width, int channels, int left = 0)
    {
        if (channels is not (1 or 3 or 4))
            throw new ArgumentException($"A pixel has 1, 3 or 4 channels, not {channels}.", nameof(channels));
        ArgumentOutOfRangeException.ThrowIfNegative(left);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(left + width, Width, nameof(width));
        ArgumentOutOfRangeException.ThrowIfLessThan(colors.Length, Height * width * channels, nameof(colors));
        for (int y = 0, from = 0; y < Height; y++)
            for (int x = 0, to = (y * Width + left) * Channels; x < width; x++, from += channels, to += Channels)
            {
                for (int channel = 0; channel < 3; channel++)
                    _samples[to + channel] = ToByte(colors[channels == 1 ? from : from + channel]);
                _samples[to + 3] = channels == 4 ? ToByte(colors[from + 3]) : byte.MaxValue;
            }
    }

    /// <summary>Red, green and blue of a pixel as one number.</summary>
    internal int ColorAt(int x, int y)
    {
        int at = (y * Width + x) * Channels;
        return _samples[at] << 16 | _samples[at + 1] << 8 | _samples[at + 2];
    }

    /// <summary>Whether a pixel shows where there is no half transparency.</summary>
    internal bool IsOpaqueAt(int x, int y) => _samples[(y * Width + x) * Channels + 3] > byte.MaxValue / 2;

    private static byte ToByte(float value) => value > 0 ? (byte)(Math.Min(value, 1f) * byte.MaxValue + 0.5f) : (byte)0;
}
