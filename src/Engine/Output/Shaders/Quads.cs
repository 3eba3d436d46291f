namespace MonaLisa.Engine.Output;

/// <summary>Shaders reckon with vectors of four.</summary>
internal static class Quads
{
    /// <summary>Numbers in a vector.</summary>
    public const int Width = 4;

    /// <summary>Vectors that hold so many numbers.</summary>
    public static int Count(int numbers) => (numbers + Width - 1) / Width;

    /// <summary>Numbers in the vectors that hold so many.</summary>
    public static int PadToQuads(int numbers) => Count(numbers) * Width;
}
