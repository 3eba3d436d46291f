namespace MonaLisa.Engine.Tests;

/// <summary>Coordinates, colours and errors of whole pictures by their definitions, in double precision.</summary>
internal static class ReferencePicture
{
    /// <summary>A pixel's two inputs.</summary>
    public static (double First, double Second) Coordinates(CoordinateConvention convention, int x, int y, int width, int height) => convention switch
    {
        CoordinateConvention.SymmetricPixelCenter => (2 * ((x + 0.5) / width) - 1, 2 * ((y + 0.5) / height) - 1),
        CoordinateConvention.PixelCenter => ((x + 0.5) / width, (y + 0.5) / height),
        _ => (height == 1 ? 0 : y / (height - 1.0), width == 1 ? 0 : x / (width - 1.0)),
    };

    /// <summary>A picture's pixels in row order, as a network with the convention sees them.</summary>
    public static ReferencePixel[] Pixels(PixelDataset dataset, CoordinateConvention convention)
    {
        int channels = dataset.Channels;
        var colors = new float[dataset.PixelCount * channels];
        dataset.CopyRows(0, dataset.Height, colors);
        return [.. Enumerable.Range(0, dataset.PixelCount).Select(pixel =>
        {
            (double first, double second) = Coordinates(convention, pixel % dataset.Width, pixel / dataset.Width, dataset.Width, dataset.Height);
            return new ReferencePixel((float)first, (float)second, colors[(channels * pixel)..(channels * pixel + channels)]);
        })];
    }

    /// <summary>PSNR of the clamped colours and mean absolute error of the colours as they come, over every pixel or some.</summary>
    public static (double Psnr, double Mae) Measure(Mlp network, PixelDataset dataset, Func<int, bool>? counts = null)
    {
        var reference = new ReferenceNetwork(network);
        double squared = 0, absolute = 0, samples = 0;
        ReferencePixel[] pixels = Pixels(dataset, network.Design.Coordinates);
        for (int i = 0; i < pixels.Length; i++)
        {
            if (counts is not null && !counts(i))
                continue;
            ReferencePixel pixel = pixels[i];
            samples += dataset.Channels;
            double[] color = reference.Color(pixel.First, pixel.Second);
            for (int channel = 0; channel < dataset.Channels; channel++)
            {
                squared += Math.Pow(Math.Clamp(color[channel], 0, 1) - pixel.Target[channel], 2);
                absolute += Math.Abs(color[channel] - pixel.Target[channel]);
            }
        }
        return (10 * Math.Log10(1 / (squared / samples)), absolute / samples);
    }
}
