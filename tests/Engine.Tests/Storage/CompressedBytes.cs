using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace MonaLisa.Engine.Tests;

/// <summary>A compressed model file taken apart and put together by docs/model-format.md, without the engine's help.</summary>
internal sealed record CompressedBytes(byte Version, string Description, byte[] Rest)
{
    private const int HeadSize = 13;

    public static bool Is(byte[] file) => file.Length > HeadSize && Encoding.ASCII.GetString(file, 0, 4) == "MLPZ";

    public static CompressedBytes Of(byte[] file)
    {
        int compressed = (int)BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(5));
        byte[] description = Decompress(file.AsSpan(HeadSize, compressed));
        Assert.Equal(description.Length, (int)BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(9)));
        return new(file[4], Encoding.UTF8.GetString(description), file[(HeadSize + compressed)..]);
    }

    public byte[] ToFile()
    {
        byte[] description = Encoding.UTF8.GetBytes(Description), compressed = Compress(description), head = new byte[HeadSize];
        Encoding.ASCII.GetBytes("MLPZ", head);
        head[4] = Version;
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(5), (uint)compressed.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(9), (uint)description.Length);
        return [.. head, .. compressed, .. Rest];
    }

    /// <summary>The numbers of each matrix, read out of the table and the planes.</summary>
    /// <param name="shapes">Rows and columns of each, and the columns of its grid's level or 0.</param>
    public IReadOnlyList<float[]> Numbers(IReadOnlyList<(int Rows, int Columns, int Level)> shapes)
    {
        var planes = new Queue<byte>(Decompress(Rest.AsSpan(3 * shapes.Count)));
        var matrices = new List<float[]>();
        for (int t = 0; t < shapes.Count; t++)
        {
            (int rows, int columns, int level) = shapes[t];
            float step = BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(Rest.AsSpan(3 * t)) << 16);
            int digits = Rest[3 * t + 2] & 3;
            bool isPredicted = (Rest[3 * t + 2] & 4) != 0;
            int[] whole = new int[rows * columns];
            for (int digit = 0; digit < digits; digit++)
                for (int i = 0; i < whole.Length; i++)
                    whole[i] += (sbyte)planes.Dequeue() * (int)Math.Pow(256, digit);
            if (isPredicted)
                for (int i = 0; i < whole.Length; i++)
                {
                    int entry = i % rows;
                    double mean = entry == 0 ? 0 : entry < level ? whole[i - 1] : Math.Floor((whole[i - 1] + whole[i - level]) / 2.0);
                    whole[i] = Wrap(whole[i] + (int)mean, digits);
                }
            float[] values = new float[whole.Length];
            for (int i = 0; i < values.Length; i++)
                values[level == 0 ? i : i % rows * columns + i / rows] = whole[i] * step;
            matrices.Add(values);
        }
        Assert.Empty(planes);
        return matrices;
    }

    private static int Wrap(int number, int digits)
    {
        int modulus = (int)Math.Pow(256, digits), least = -128 * ((modulus - 1) / 255);
        return least + ((number - least) % modulus + modulus) % modulus;
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.Optimal))
            brotli.Write(bytes);
        return compressed.ToArray();
    }

    private static byte[] Decompress(ReadOnlySpan<byte> bytes)
    {
        using var brotli = new BrotliStream(new MemoryStream(bytes.ToArray()), CompressionMode.Decompress);
        using var whole = new MemoryStream();
        brotli.CopyTo(whole);
        return whole.ToArray();
    }
}
