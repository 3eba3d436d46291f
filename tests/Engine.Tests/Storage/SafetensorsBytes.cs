using System.Buffers.Binary;
using System.Text;

namespace MonaLisa.Engine.Tests;

/// <summary>A safetensors file taken apart and put together by the letter of its specification, without the engine's help.</summary>
internal static class SafetensorsBytes
{
    public static byte[] Compose(string header, byte[] data) => Compose(Encoding.UTF8.GetBytes(header), data);

    public static byte[] Compose(byte[] header, byte[] data)
    {
        byte[] file = new byte[8 + header.Length + data.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)header.Length);
        header.CopyTo(file, 8);
        data.CopyTo(file, 8 + header.Length);
        return file;
    }

    public static string Header(byte[] file) => Encoding.UTF8.GetString(file, 8, HeaderLength(file));

    public static byte[] Data(byte[] file) => file[(8 + HeaderLength(file))..];

    /// <summary>The same file with some of its header's text replaced, which must be there.</summary>
    public static byte[] Replace(byte[] file, string old, string replacement)
    {
        string header = Header(file);
        Assert.Contains(old, header);
        return Compose(header.Replace(old, replacement, StringComparison.Ordinal), Data(file));
    }

    private static int HeaderLength(byte[] file) => (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
}
