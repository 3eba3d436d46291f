using System.Buffers.Binary;
using MonaLisa.Engine.Pictures;
using NetVips;

namespace MonaLisa.Engine.Tests;

/// <summary>Makes small AVIF files of one colour.</summary>
internal static class AvifFile
{
    /// <summary>16 x 16 pixels of red 120, green 60, blue 30 and alpha 153, stated to be multiplied by alpha: libavif 0.11.</summary>
    public static byte[] Premultiplied { get; } = Convert.FromBase64String("""
        AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUEAAAGbbWV0YQAAAAAAAAAoaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAAAGxpYmF2aWYAAAAADnBpdG0AAAAAAAEA
        AAAsaWxvYwAAAABEAAACAAEAAAABAAAB1gAAACEAAgAAAAEAAAHDAAAAEwAAAEJpaW5mAAAAAAACAAAAGmluZmUCAAAAAAEAAGF2MDFDb2xvcgAAAAAaaW5mZQIAAAAAAgAA
        YXYwMUFscGhhAAAAAChpcmVmAAAAAAAAAA5wcmVtAAEAAQACAAAADmF1eGwAAgABAAEAAADDaXBycAAAAJ1pcGNvAAAAFGlzcGUAAAAAAAAAEAAAABAAAAAQcGl4aQAAAAAD
        CAgIAAAADGF2MUOBIAAAAAAAE2NvbHJuY2x4AAEADQAAgAAAAA5waXhpAAAAAAEIAAAADGF2MUOBABwAAAAAOGF1eEMAAAAAdXJuOm1wZWc6bXBlZ0I6Y2ljcDpzeXN0ZW1z
        OmF1eGlsaWFyeTphbHBoYQAAAAAeaXBtYQAAAAAAAAACAAEEAQKDBAACBAEFhgcAAAA8bWRhdBIACgUYDP/YVDIIEAAAHhWNU2ASAAoIOAz/2EBDQAgyExAAAAAUubenkNNF
        F1K35Kjr2EI=
        """);

    /// <summary>64 x 48 grey pixels of 100, without colour planes: libavif 0.11.</summary>
    public static byte[] Monochrome { get; } = Convert.FromBase64String("""
        AAAAHGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZgAAAPBtZXRhAAAAAAAAAChoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAbGliYXZpZgAAAAAOcGl0bQAAAAAAAQAAAB5p
        bG9jAAAAAEQAAAEAAQAAAAEAAAEUAAAAGgAAAChpaW5mAAAAAAABAAAAGmluZmUCAAAAAAEAAGF2MDFDb2xvcgAAAABoaXBycAAAAElpcGNvAAAAFGlzcGUAAAAAAAAAQAAA
        ADAAAAAOcGl4aQAAAAABCAAAAAxhdjFDgQAcAAAAABNjb2xybmNseAABAA0ABoAAAAAXaXBtYQAAAAAAAAABAAEEAQKDBAAAACJtZGF0EgAKCRgVf72GAhoNQDILFkAYYQC1
        B9HvXIw=
        """);

    /// <summary>64 x 48 pixels of red 200, green 100 and blue 50, with code points of their colour space: libavif 0.11.</summary>
    public static byte[] Coded { get; } = Convert.FromBase64String("""
        AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUEAAADybWV0YQAAAAAAAAAoaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAAAGxpYmF2aWYAAAAADnBpdG0AAAAAAAEA
        AAAeaWxvYwAAAABEAAABAAEAAAABAAABGgAAACcAAAAoaWluZgAAAAAAAQAAABppbmZlAgAAAAABAABhdjAxQ29sb3IAAAAAamlwcnAAAABLaXBjbwAAABRpc3BlAAAAAAAA
        AEAAAAAwAAAAEHBpeGkAAAAAAwgICAAAAAxhdjFDgSAAAAAAABNjb2xybmNseAAMAA0AAIAAAAAXaXBtYQAAAAAAAAABAAEEAQKDBAAAAC9tZGF0EgAKCTgVf72EMDQCQDIY
        EAAAtFG08xRAEZAeR7MV9E0Hj+GKIFGg
        """);

    /// <summary>A picture of one colour with 8, 10 or 12 bits a sample, lossless, from what libvips writes.</summary>
    public static byte[] Encode(int bitDepth, ushort red, ushort green, ushort blue)
    {
        PictureLibrary.EnsureReady();
        using Image black = Image.Black(16, 16, 3);
        using Image color = black.Linear([1, 1, 1], [red, green, blue]);
        using Image samples = color.Cast(bitDepth == 8 ? Enums.BandFormat.Uchar : Enums.BandFormat.Ushort);
        using Image picture = samples.Copy(interpretation: bitDepth == 8 ? Enums.Interpretation.Srgb : Enums.Interpretation.Rgb16);
        return picture.HeifsaveBuffer(
            lossless: true, bitdepth: bitDepth, compression: Enums.ForeignHeifCompression.Av1, keep: Enums.ForeignKeep.None);
    }

    /// <summary><see cref="Coded"/> with other code points.</summary>
    public static byte[] WithCodes(int primaries, int transfer)
    {
        byte[] other = [.. Coded];
        int at = other.AsSpan().IndexOf("nclx"u8);
        BinaryPrimitives.WriteUInt16BigEndian(other.AsSpan(at + 4), (ushort)primaries);
        BinaryPrimitives.WriteUInt16BigEndian(other.AsSpan(at + 6), (ushort)transfer);
        return other;
    }

    /// <summary>The same file marked as an image sequence.</summary>
    public static byte[] AsSequence(byte[] file)
    {
        byte[] other = [.. file];
        "avis"u8.CopyTo(other.AsSpan(8));
        return other;
    }
}
