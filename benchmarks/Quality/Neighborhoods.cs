using MonaLisa.Engine;
using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Training;

namespace MonaLisa.Quality;

/// <summary>Pictures learned by networks that see their neighbourhoods.</summary>
internal static class Neighborhoods
{
    /// <summary>Learns a picture as the module does, and paints it.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="chosen">What is chosen of the encoding.</param>
    /// <param name="options">Quality, seed and threads.</param>
    /// <param name="scale">How much larger it is painted.</param>
    public static (Mlp Network, FloatPicture Painted) Paint(PixelDataset picture, NeighborhoodEncoding chosen, QualityOptions options, int scale = 1)
    {
        NeighborhoodEncoding encoding = NeighborhoodChoice.For(chosen, picture);
        MlpDesign design = TrainingDefaults.NeighborhoodDesign(encoding, options.Seed);
        TrainingQuality quality = options.Qualities?[0] ?? TrainingQuality.Standard;
        TrainingOptions training = TrainingDefaults.NeighborhoodOptions(picture, design, quality, options.Seed) with { ThreadCount = options.Threads };
        TrainingRun run = Trainer.Train(picture, new Mlp(design), training);
        return (run.Network, Paint(run.Network, picture, options, scale));
    }

    /// <summary>Paints a picture with a network that learned it.</summary>
    public static FloatPicture Paint(Mlp network, PixelDataset picture, QualityOptions options, int scale = 1)
    {
        var painted = new FloatPicture(scale * picture.Width, scale * picture.Height, picture.Channels);
        using var renderer = new ImageRenderer(network, threadCount: options.Threads);
        renderer.Render(painted.Width, painted.Height, 0, painted.Height, painted.Values);
        return painted;
    }

    /// <summary>How well a painting has a picture's pixels; of one with gaps those that are held out.</summary>
    public static ImageQuality Measure(PixelDataset picture, FloatPicture painted) => QualityMeter
        .Measure(picture, picture.Channels, Painted.Rows(painted.Values, picture.Width * picture.Channels))
        .First(figure => picture.HeldOutPixelCount == 0 || figure.Pixels == PixelSet.HeldOut);
}
