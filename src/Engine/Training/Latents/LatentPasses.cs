namespace MonaLisa.Engine.Training;

/// <summary>Divides passes over latents or pixels into steps: pieces of work in an order that is drawn anew for each pass.</summary>
/// <param name="seed">Seed of the order.</param>
internal sealed class LatentPasses(int seed)
{
    /// <summary>Latents, or pixels, in a piece of work, about.</summary>
    public const int PieceSize = 4096;

    /// <summary>The most pieces of work in a step.</summary>
    public const int PiecesPerStep = 8;

    private readonly ulong _seed = RandomSource.Mix((ulong)(uint)seed);

    /// <summary>Passes so far, which the order of the next depends on.</summary>
    public ulong Count { get; set; }

    /// <summary>Draws the order of the next pass.</summary>
    /// <param name="pieceCount">Its pieces.</param>
    /// <returns>The numbers of each step's pieces.</returns>
    public IEnumerable<int[]> Next(int pieceCount)
    {
        int[] order = [.. Enumerable.Range(0, pieceCount)];
        var random = new RandomSource(_seed + ++Count);
        for (int i = order.Length - 1; i > 0; i--)
        {
            int other = random.NextBelow(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }
        return order.Chunk(PiecesPerStep);
    }
}
