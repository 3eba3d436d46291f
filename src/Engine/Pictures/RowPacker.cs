using System.Buffers.Binary;

namespace MonaLisa.Engine.Pictures;

/// <summary>Turns rows of colours into samples of 8 bits, or 16 bits little-endian.</summary>
/// <param name="path">The picture's file, for messages.</param>
/// <param name="width">Pixels in a row.</param>
/// <param name="channels">Samples a pixel.</param>
/// <param name="bitDepth">Bits a sample.</param>
/// <param name="rows">Gives the colours.</param>
internal sealed class RowPacker(string path, int width, int channels, int bitDepth, RowSource rows)
{
    private float[] _colors = [];

    /// <summary>Pulls rows and packs them.</summary>
    /// <exception cref="PictureException">A colour is not a number, or infinite.</exception>
    public byte[] Pack(int firstRow, int rowCount)
    {
        int count = checked(rowCount * width * channels);
        if (_colors.Length < count)
            _colors = new float[count];
        Span<float> colors = _colors.AsSpan(0, count);
        rows(firstRow, rowCount, colors);
        CheckFinite(colors, firstRow);
        byte[] samples = new byte[bitDepth == 16 ? count * sizeof(ushort) : count];
        if (bitDepth == 16)
            for (int i = 0; i < count; i++)
                BinaryPrimitives.WriteUInt16LittleEndian(
                    samples.AsSpan(i * sizeof(ushort)), (ushort)(Math.Clamp(colors[i], 0f, 1f) * ushort.MaxValue + 0.5f));
        else
            for (int i = 0; i < count; i++)
                samples[i] = (byte)(Math.Clamp(colors[i], 0f, 1f) * byte.MaxValue + 0.5f);
        return samples;
    }

    private void CheckFinite(ReadOnlySpan<float> colors, int firstRow)
    {
        for (int i = 0; i < colors.Length; i++)
            if (!float.IsFinite(colors[i]))
                throw new PictureException(PictureProblem.NotFinite, path,
                    $"'{path}' was not written: row {firstRow + i / (width * channels)} has a colour of {colors[i]}, so the " +
                    "network that paints it is lost. Train it again with a smaller learning rate.");
    }
}
