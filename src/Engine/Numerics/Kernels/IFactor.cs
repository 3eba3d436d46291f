namespace MonaLisa.Engine.Numerics;

/// <summary>
/// How a product's left factor is read: the distance, in floats, from one row to the next and from one term of the sum to the
/// next. Types, not values, so that they become constants in the compiled kernel.
/// </summary>
internal interface IFactor
{
    /// <summary>Floats from a row to the next.</summary>
    static abstract int RowStride { get; }

    /// <summary>Floats from a term to the next within a block of terms.</summary>
    static abstract int TermStride { get; }
}

/// <summary>A wide matrix read along its rows, or a narrow one read down its columns: a block is 32 neighbouring terms.</summary>
internal readonly struct AlongRows : IFactor
{
    public static int RowStride => PanelLayout.Width;

    public static int TermStride => 1;
}

/// <summary>A wide matrix read down its columns (transposed), or a narrow one read along its rows: one block holds all terms.</summary>
internal readonly struct DownColumns : IFactor
{
    public static int RowStride => 1;

    public static int TermStride => PanelLayout.Width;
}
