namespace MonaLisa.Engine.Tests;

/// <summary>
/// SSIM and MS-SSIM written down from their papers as plainly as can be: every window for itself, two-dimensional, variances as sums
/// of squared deviations. Slow, and independent of the engine's.
/// </summary>
internal static class DirectSimilarity
{
    public static double[,] Luma(float[] colors, int width, int height)
    {
        double[,] luma = new double[height, width];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                int i = (y * width + x) * 3;
                luma[y, x] = 0.299 * Clamp(colors[i]) + 0.587 * Clamp(colors[i + 1]) + 0.114 * Clamp(colors[i + 2]);
            }
        return luma;
    }

    public static (double Similarity, double ContrastStructure) Ssim(
        double[,] given, double[,] wanted, Func<int, int, bool>? counts = null)
    {
        int height = given.GetLength(0), width = given.GetLength(1);
        double similarity = 0, contrastStructure = 0;
        int places = 0;
        foreach (int centerY in Centers(height))
            foreach (int centerX in Centers(width))
            {
                if (counts is not null && !counts(centerX, centerY))
                    continue;
                (double whole, double part) = At(given, wanted, centerX, centerY);
                similarity += whole;
                contrastStructure += part;
                places++;
            }
        return (similarity / places, contrastStructure / places);
    }

    public static double MultiScale(double[,] given, double[,] wanted)
    {
        double[] exponents = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333];
        double product = 1;
        for (int scale = 0; scale < 5; scale++)
        {
            (double similarity, double contrastStructure) = Ssim(given, wanted);
            product *= Math.Pow(scale == 4 ? similarity : contrastStructure, exponents[scale]);
            given = Halved(given);
            wanted = Halved(wanted);
        }
        return product;
    }

    private static IEnumerable<int> Centers(int length) => length >= 11 ? Enumerable.Range(5, length - 10) : Enumerable.Range(0, length);

    private static (double Similarity, double ContrastStructure) At(double[,] given, double[,] wanted, int centerX, int centerY)
    {
        var window = new List<(double Weight, double Given, double Wanted)>();
        for (int y = centerY - 5; y <= centerY + 5; y++)
            for (int x = centerX - 5; x <= centerX + 5; x++)
                if (y >= 0 && y < given.GetLength(0) && x >= 0 && x < given.GetLength(1))
                {
                    double distance = (x - centerX) * (x - centerX) + (y - centerY) * (y - centerY);
                    window.Add((Math.Exp(-distance / 4.5), given[y, x], wanted[y, x]));
                }
        double total = window.Sum(pixel => pixel.Weight);
        double givenMean = window.Sum(pixel => pixel.Weight * pixel.Given) / total;
        double wantedMean = window.Sum(pixel => pixel.Weight * pixel.Wanted) / total;
        double givenVariance = window.Sum(pixel => pixel.Weight * Math.Pow(pixel.Given - givenMean, 2)) / total;
        double wantedVariance = window.Sum(pixel => pixel.Weight * Math.Pow(pixel.Wanted - wantedMean, 2)) / total;
        double covariance = window.Sum(pixel => pixel.Weight * (pixel.Given - givenMean) * (pixel.Wanted - wantedMean)) / total;
        double luminance = (2 * givenMean * wantedMean + 0.0001) / (givenMean * givenMean + wantedMean * wantedMean + 0.0001);
        double contrastStructure = (2 * covariance + 0.0009) / (givenVariance + wantedVariance + 0.0009);
        return (luminance * contrastStructure, contrastStructure);
    }

    private static double[,] Halved(double[,] plane)
    {
        int height = plane.GetLength(0), width = plane.GetLength(1);
        double[,] half = new double[(height + 1) / 2, (width + 1) / 2];
        for (int y = 0; y < half.GetLength(0); y++)
            for (int x = 0; x < half.GetLength(1); x++)
            {
                int bottom = Math.Min(2 * y + 1, height - 1), right = Math.Min(2 * x + 1, width - 1);
                half[y, x] = (plane[2 * y, 2 * x] + plane[2 * y, right] + plane[bottom, 2 * x] + plane[bottom, right]) / 4;
            }
        return half;
    }

    private static double Clamp(float value) => Math.Clamp((double)value, 0, 1);
}
