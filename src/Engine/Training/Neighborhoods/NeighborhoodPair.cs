using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Training;

/// <summary>What a network that sees neighbourhoods learns from a piece of a picture.</summary>
/// <param name="Wanted">What it is to paint: a pixel for each of the four places in each of <paramref name="Seen"/>'s.</param>
/// <param name="Seen">What it sees.</param>
/// <param name="X">Columns of the picture, at the wanted piece's size, before the piece.</param>
/// <param name="Y">Rows before it.</param>
/// <param name="Scale">The size of what is wanted as a share of the picture's.</param>
/// <param name="IsTurned">Whether rows and columns are exchanged.</param>
internal sealed record NeighborhoodPair(FloatPicture Wanted, FloatPicture Seen, int X = 0, int Y = 0, double Scale = 1, bool IsTurned = false)
{
    /// <summary>Held out are blocks of so many pixels a side, one in so many.</summary>
    private const int HeldOutSide = 16, HeldOutShare = 12;

    /// <summary>Which of the pixels that are seen are learned, row by row; null for all.</summary>
    public bool[]? Learned { get; init; }

    /// <summary>Writes the samples that are wanted, and which pixels are learned.</summary>
    /// <param name="samples">The samples of a picture that has room for them.</param>
    /// <param name="roles">The roles of its pixels.</param>
    /// <param name="rowLength">Its pixels in a row.</param>
    /// <param name="left">The first column.</param>
    /// <param name="top">The first row.</param>
    public void Write(ushort[] samples, PixelRole[] roles, int rowLength, int left, int top)
    {
        int channels = Wanted.Channels;
        for (int y = 0; y < Wanted.Height; y++)
            for (int x = 0; x < Wanted.Width; x++)
            {
                int to = (top + y) * rowLength + left + x;
                for (int channel = 0; channel < channels; channel++)
                    samples[to * channels + channel] =
                        (ushort)MathF.Round(Math.Clamp(Wanted.Values[(y * Wanted.Width + x) * channels + channel], 0f, 1f) * ushort.MaxValue);
                bool isLearned = Learned is null || Learned[y / 2 * Seen.Width + x / 2];
                roles[to] = !isLearned ? PixelRole.Ignored : RoleOf(IsTurned ? y : x, IsTurned ? x : y);
            }
    }

    // The same places of the picture are held out in every copy.
    private PixelRole RoleOf(int x, int y)
    {
        ulong column = (ulong)((x + X) / Scale / HeldOutSide), line = (ulong)((y + Y) / Scale / HeldOutSide);
        return RandomSource.Mix(line << 32 | column) % HeldOutShare == 0 ? PixelRole.HeldOut : PixelRole.Training;
    }
}
