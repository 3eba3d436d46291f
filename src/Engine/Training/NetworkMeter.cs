using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Training;

/// <summary>Measures a network over a picture, or over some of its pixels.</summary>
internal static class NetworkMeter
{
    /// <summary>Tiles in a piece of work; the sums of the pieces are added in order, so that threads make no difference.</summary>
    private const int TilesPerPiece = 16;

    /// <summary>The errors over some of a picture's pixels.</summary>
    /// <param name="network">The network.</param>
    /// <param name="pixels">The pixels, as places in the dataset's order.</param>
    /// <param name="loader">Loads that picture.</param>
    /// <param name="tiles">A tile for each worker, all of one capacity.</param>
    /// <param name="pool">The workers.</param>
    /// <param name="cancellationToken">Ends the measuring with an <see cref="OperationCanceledException"/>.</param>
    public static ErrorSums Measure(
        TiledNetwork network, PixelRange pixels, TileLoader loader, Tile[] tiles, WorkerPool pool, CancellationToken cancellationToken)
    {
        int tileRows = tiles[0].Capacity, pieceRows = tileRows * TilesPerPiece;
        int pieceCount = (int)(((long)pixels.Count + pieceRows - 1) / pieceRows);
        var pieces = new ErrorSums[pieceCount];
        pool.ForEach(pieceCount, (worker, piece) =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            int first = piece * pieceRows, end = (int)Math.Min((long)first + pieceRows, pixels.Count);
            ErrorSums sums = default;
            for (int done = first; done < end; done += tileRows)
            {
                int rows = Math.Min(tileRows, end - done);
                loader.Load(tiles[worker], pixels.First + done, rows);
                network.Forward(tiles[worker], rows);
                network.MeasureLoss(tiles[worker], rows, default, gradientScale: 0, ref sums);
            }
            pieces[piece] = sums;
        });
        ErrorSums total = default;
        foreach (ref readonly ErrorSums piece in pieces.AsSpan())
            total.Add(piece);
        return total;
    }
}
