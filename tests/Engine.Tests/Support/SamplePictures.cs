namespace MonaLisa.Engine.Tests;

/// <summary>Pictures to test with: some computed, some photographs that lie beside the repository.</summary>
internal static class SamplePictures
{
    /// <summary>Smooth waves of colour with every value from 0 to 1 in them.</summary>
    public static byte[] Waves(int width, int height)
    {
        byte[] samples = new byte[width * height * 3];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                for (int channel = 0; channel < 3; channel++)
                    samples[(y * width + x) * 3 + channel] =
                        (byte)Math.Round(127.5 + 127.5 * Math.Sin(x / (7.0 + channel) + y / 11.0 * (channel - 1)));
        return samples;
    }

    /// <summary>Random samples: the hardest picture to compress.</summary>
    public static byte[] Noise(int width, int height, int seed = 1)
    {
        byte[] samples = new byte[width * height * 3];
        new Random(seed).NextBytes(samples);
        return samples;
    }

    public static PixelDataset WavesDataset(int width, int height) => new("waves", width, height, Waves(width, height));

    /// <summary>Writes a picture of computed waves.</summary>
    public static PixelDataset Write(string path, int width, int height, PictureWriteOptions? options = null)
    {
        PixelDataset picture = WavesDataset(width, height);
        PictureWriter.Write(path, width, height, picture.CopyRows, options, TestContext.Current.CancellationToken);
        return picture;
    }

    /// <summary>A photograph, or a skipped test where there is none.</summary>
    public static string Photograph(string name)
    {
        string path = Path.GetFullPath(Path.Combine(Repository(), "..", "shared", "images", name));
        Assert.SkipUnless(File.Exists(path), $"There is no {name} beside this repository.");
        return path;
    }

    /// <summary>The repository's folder, or a skipped test where the tests lie outside it.</summary>
    public static string Repository()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "MonaLisa.PS.sln")))
                return folder.FullName;
        Assert.Skip("The repository's folder was not found.");
        return "";
    }

    /// <summary>Peak signal-to-noise ratio of two 8-bit pictures in decibels.</summary>
    public static double Psnr(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        Assert.Equal(first.Length, second.Length);
        double squared = 0;
        for (int i = 0; i < first.Length; i++)
            squared += (first[i] - second[i]) * (double)(first[i] - second[i]);
        return 10 * Math.Log10(255.0 * 255.0 * first.Length / squared);
    }
}
