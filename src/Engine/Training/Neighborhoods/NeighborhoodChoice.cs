using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Training;

/// <summary>What the encoding Neighborhood is for a picture: what is not known of it is estimated.</summary>
internal static class NeighborhoodChoice
{
    /// <summary>The encoding for a picture.</summary>
    /// <param name="encoding">What is chosen of it.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="cancellationToken">Ends an estimate with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The picture has gaps, and something was chosen that is not for filling; or it has none to fill.</exception>
    public static NeighborhoodEncoding For(NeighborhoodEncoding encoding, PixelDataset picture, CancellationToken cancellationToken = default)
    {
        encoding = NeighborhoodPicture.EncodingFor(picture, encoding);
        return encoding switch
        {
            { Task: NeighborhoodTask.Enlarge, Kernel: ShrinkKernel.Auto } => encoding with
            {
                Kernel = KernelEstimate.Of(ColorlessPixels.Filled(picture, cancellationToken), cancellationToken),
            },
            { Task: NeighborhoodTask.Denoise, Noise: 0 } => encoding with
            {
                Noise = NoiseEstimate.Of(ColorlessPixels.Filled(picture, cancellationToken), cancellationToken),
            },
            _ => encoding,
        };
    }
}
