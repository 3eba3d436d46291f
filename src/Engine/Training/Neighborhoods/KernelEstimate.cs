using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Training;

/// <summary>
/// Estimates how a picture was made smaller: a network that learned from photographs made smaller by known kernels looks at its pixels, and
/// what it takes them for in the mean is the estimate.
/// </summary>
internal static unsafe class KernelEstimate
{
    /// <summary>A picture of more pixels is looked at in 3 x 3 blocks.</summary>
    private const int MostPixels = 1 << 18;

    private const int BlocksAcross = 3, BlockSide = 160;

    /// <summary>The kernel of a picture, or <see cref="ShrinkKernel.Jpeg"/> where it shows the blocks of one.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="cancellationToken">Ends the estimate with an <see cref="OperationCanceledException"/>.</param>
    public static ShrinkKernel Of(PixelDataset picture, CancellationToken cancellationToken = default)
    {
        FloatPicture[] blocks = [.. Blocks(picture)];
        if (picture.PixelCount >= JpegBlocks.FewestPixels && JpegBlocks.Strength(blocks) > JpegBlocks.Visible)
            return ShrinkKernel.Jpeg;
        double[] scores = Scores(blocks, NeighborhoodStart.CreateKernelNetwork(picture.Channels), cancellationToken);
        return NeighborhoodStart.ToldApart[Array.IndexOf(scores, scores.Max())];
    }

    /// <summary>The mean of each of a network's outputs over a picture, or blocks of it.</summary>
    /// <param name="blocks">The picture, or the blocks.</param>
    /// <param name="network">Sees neighbourhoods of such pictures; its outputs are no correction.</param>
    /// <param name="cancellationToken">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public static double[] Scores(IEnumerable<FloatPicture> blocks, Mlp network, CancellationToken cancellationToken = default)
    {
        using var sweep = new TileSweep(network, ComputeProvider.Managed, threadCount: 1, keepsActivations: false);
        var encoder = (NeighborhoodEncoder)sweep.Network.Encoder!;
        var sums = new double[network.OutputCount];
        long count = 0;
        foreach (FloatPicture block in blocks)
        {
            encoder.Show(block.Values, block.Width, block.Height);
            count += (long)block.Width * block.Height;
            sweep.Run((long)block.Width * block.Height, (tile, first, rows) =>
            {
                for (int row = 0; row < rows; row++)
                {
                    float* place = tile.Coordinates.Pointer + PanelLayout.SkinnyOffset(row, Mlp.InputCount);
                    place[0] = ((first + row) % block.Width + 0.75f) / block.Width;
                    place[PanelLayout.Width] = ((first + row) / block.Width + 0.75f) / block.Height;
                }
            }, (tile, first, rows) =>
            {
                for (int row = 0; row < rows; row++)
                    for (int output = 0; output < sums.Length; output++)
                        sums[output] += tile.Outputs.Pointer[PanelLayout.SkinnyOffset(row, sums.Length) + output * PanelLayout.Width];
            }, cancellationToken);
        }
        return [.. sums.Select(sum => sum / count)];
    }

    private static IEnumerable<FloatPicture> Blocks(PixelDataset picture)
    {
        if (picture.PixelCount <= MostPixels)
            return [FloatPicture.Of(picture, 0, 0, picture.Width, picture.Height)];
        int width = Math.Min(BlockSide, picture.Width), height = Math.Min(BlockSide, picture.Height);
        return from row in Enumerable.Range(0, BlocksAcross)
               from column in Enumerable.Range(0, BlocksAcross)
               select FloatPicture.Of(
                   picture, Start(column, picture.Width - width), Start(row, picture.Height - height), width, height);

        // A multiple of a JPEG's blocks, so that they lie alike in all of these.
        static int Start(int number, int most) => number * most / (BlocksAcross - 1) / JpegBlocks.Side * JpegBlocks.Side;
    }
}
