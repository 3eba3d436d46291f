using MonaLisa.Engine;
using MonaLisa.Engine.Storage;

namespace MonaLisa.Quality;

/// <summary>Pictures of a wanted number of pixels with detail of every size in them.</summary>
internal static class SizedPicture
{
    /// <summary>A picture's shape, enlarged, with its detail laid over it.</summary>
    public static PixelDataset Of(PixelDataset picture, double megapixels)
    {
        (int width, int height) = Size((double)picture.Width / picture.Height, megapixels);
        return SyntheticPictures.Enlarged(picture, width, height);
    }

    /// <summary>A computed picture of four by three.</summary>
    public static PixelDataset Of(double megapixels)
    {
        const double Shape = 4.0 / 3;
        (int width, int height) = Size(Shape, megapixels);
        return SyntheticPictures.Detailed(width, height);
    }

    private static (int Width, int Height) Size(double shape, double megapixels)
    {
        double height = Math.Sqrt(megapixels * 1e6 / shape);
        return ((int)Math.Max(1, Math.Round(height * shape)), (int)Math.Max(1, Math.Round(height)));
    }
}
