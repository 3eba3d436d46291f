namespace MonaLisa.Engine.Numerics;

/// <summary>
/// The shape of a product's sum: its terms come in blocks, whose first elements of A lie a fixed distance apart; B's rows follow
/// one another throughout.
/// </summary>
internal readonly struct Product
{
    private Product(int terms, int blockTerms, int blockStride)
    {
        BlockCount = (terms + blockTerms - 1) / blockTerms;
        BlockTerms = blockTerms;
        LastBlockTerms = terms - (BlockCount - 1) * blockTerms;
        BlockStride = blockStride;
    }

    /// <summary>A sum whose terms lie evenly: one block.</summary>
    public static Product Even(int terms) => new(terms, terms, 0);

    /// <summary>A sum along blocks of 32 terms, as panels and chunks have them.</summary>
    /// <param name="terms">Number of terms.</param>
    /// <param name="blockStride">Floats of A from a block's first term to the next block's.</param>
    public static Product Blocked(int terms, int blockStride) => new(terms, PanelLayout.Width, blockStride);

    /// <summary>Number of blocks.</summary>
    public int BlockCount { get; }

    /// <summary>Terms in every block but the last.</summary>
    public int BlockTerms { get; }

    /// <summary>Terms in the last block.</summary>
    public int LastBlockTerms { get; }

    /// <summary>Floats of A from a block to the next.</summary>
    public int BlockStride { get; }
}
