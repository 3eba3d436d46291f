using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Pictures;

/// <summary>What a band of latents shows of a picture.</summary>
internal enum LatentDirection
{
    /// <summary>Changes from left to right.</summary>
    Across,

    /// <summary>Changes from top to bottom.</summary>
    Down,

    /// <summary>Changes along both.</summary>
    Diagonal,

    /// <summary>The smallest copy of the picture.</summary>
    Smooth,
}

/// <summary>A band of latents: a rectangle of its channel's plane.</summary>
/// <param name="Channel">The channel, from 0.</param>
/// <param name="Level">The level, from 0, the finest.</param>
/// <param name="Direction">What it shows.</param>
/// <param name="X">Its first column in the plane.</param>
/// <param name="Y">Its first row.</param>
/// <param name="Width">Latents in a row.</param>
/// <param name="Height">Rows.</param>
internal readonly record struct LatentBand(int Channel, int Level, LatentDirection Direction, int X, int Y, int Width, int Height)
{
    private const int DirectionCount = 4;

    /// <summary>The kind: the channel and the direction. Channels from the third on are alike.</summary>
    public int Kind => Math.Min(Channel, LatentEncoding.KindCount / DirectionCount - 1) * DirectionCount + (int)Direction;

    /// <summary>The bands of a picture in the order of coding, the coarsest first. Each has what it depends on before it.</summary>
    public static LatentBand[] Of(LatentEncoding encoding)
    {
        int top = encoding.Levels - 1, count = 0;
        var bands = new LatentBand[encoding.Channels * ((DirectionCount - 1) * encoding.Levels + 1)];
        void Add(int channel, int level, LatentDirection direction)
        {
            LatentBand band = Of(encoding, channel, level, direction);
            if (band.Width > 0 && band.Height > 0)
                bands[count++] = band;
        }
        for (int channel = 0; channel < encoding.Channels; channel++)
            Add(channel, top, LatentDirection.Smooth);
        for (int level = top; level >= 0; level--)
            for (int channel = 0; channel < encoding.Channels; channel++)
                for (var direction = LatentDirection.Across; direction < LatentDirection.Smooth; direction++)
                    Add(channel, level, direction);
        Array.Resize(ref bands, count);
        return bands;
    }

    /// <summary>One band of a picture; it may be empty.</summary>
    public static LatentBand Of(LatentEncoding encoding, int channel, int level, LatentDirection direction)
    {
        int width = Wavelet.Low(encoding.Width, level), height = Wavelet.Low(encoding.Height, level);
        int left = Wavelet.Low(width), top = Wavelet.Low(height);
        bool isRight = direction is LatentDirection.Across or LatentDirection.Diagonal;
        bool isLower = direction is LatentDirection.Down or LatentDirection.Diagonal;
        return new(
            channel, level, direction, isRight ? left : 0, isLower ? top : 0, isRight ? width - left : left, isLower ? height - top : top);
    }
}
