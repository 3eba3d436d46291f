using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Training;

/// <summary>
/// Finds the share of a network's correction that is best where it did not learn, so that no picture is enlarged worse than by
/// interpolation.
/// </summary>
internal static unsafe class NeighborhoodGuard
{
    /// <summary>Fewer held-out samples tell nothing: then the picture is interpolated.</summary>
    private const int FewestPixels = 64;

    /// <summary>The share, 0 to 1, with the least squared error over the held-out pixels.</summary>
    /// <param name="lesson">The lesson.</param>
    /// <param name="trained">A network with the layers that learned it.</param>
    /// <param name="options">The training's provider and threads.</param>
    /// <param name="cancellationToken">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public static float Blend(NeighborhoodLesson lesson, Mlp trained, TrainingOptions options, CancellationToken cancellationToken)
    {
        PixelRange heldOut = lesson.Pixels.HeldOutPixels;
        if (heldOut.Count < FewestPixels)
            return 0;
        Mlp network = trained.WithEncoding(lesson.Network.Design.Encoding, lesson.Network.EncodingTensors);
        using var sweep = new TileSweep(network, options.Provider, options.ThreadCount, keepsActivations: false);
        var encoder = (NeighborhoodEncoder)sweep.Network.Encoder!;
        var loader = new TileLoader(lesson.Pixels, network.Design.Coordinates);
        ColorTransform colors = sweep.Network.Colors;
        int channels = network.OutputCount;
        // A sum for each pixel, added up in order: threads make no difference.
        var products = new double[heldOut.Count];
        var squares = new double[heldOut.Count];
        sweep.Run(heldOut.Count, (tile, first, rows) => loader.Load(tile, heldOut.First + (int)first, rows), (tile, first, rows) =>
        {
            float* plain = tile.OutputGradients.Pointer;
            encoder.Finish(tile.Coordinates.Pointer, rows, plain, blend: 0);
            for (int row = 0; row < rows; row++)
                for (int channel = 0; channel < channels; channel++)
                {
                    int at = PanelLayout.SkinnyOffset(row, channels) + channel * PanelLayout.Width;
                    double interpolated = plain[at] * colors.Scale + colors.Offset;
                    double correction = (tile.Outputs.Pointer[at] - plain[at]) * colors.Scale;
                    products[first + row] += (tile.Targets.Pointer[at] - interpolated) * correction;
                    squares[first + row] += correction * correction;
                }
        }, cancellationToken);
        double square = squares.Sum(), share = products.Sum() / square;
        return square > 0 && double.IsFinite(share) ? (float)Math.Clamp(share, 0, 1) : 0;
    }
}
