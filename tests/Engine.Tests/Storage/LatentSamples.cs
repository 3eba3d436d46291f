using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Tests;

/// <summary>Networks with latents that nobody trained: the same on every processor.</summary>
internal static class LatentSamples
{
    private const float Step = 0.0625f;

    /// <summary>A start of other numbers than this program's.</summary>
    public static LatentStart Start { get; } = LatentStart.Of(Network(1, 1, 3, seed: 5), "kind.mlpz");

    /// <summary>Finds <see cref="Start"/>.</summary>
    public static LatentStart FindStart(string name, uint checksum) =>
        (name, checksum) == (Start.Name, Start.Checksum) ? Start : throw new InvalidDataException($"there is no start '{name}'");

    /// <summary>A network whose latents are those of a test picture, rounded, and whose numbers differ a little from their start.</summary>
    public static Mlp Network(int width, int height, int channels, int seed = 1, LatentStart? start = null)
    {
        PixelDataset picture = TestPictures.Create(width, height, channels);
        LatentEncoding encoding = LatentEncoding.For(width, height, channels) with { OwnStart = start };
        MlpDesign design = TrainingDefaults.LatentDesign(channels).With(encoding);
        LatentColors colors = LatentColors.Of(picture);
        var planes = new LatentPlanes(encoding);
        float[][] values = LatentPlanes.PlanesOf<float>(encoding);
        var row = new float[width * channels];
        for (int y = 0; y < height; y++)
        {
            picture.CopyRows(y, 1, row);
            colors.ToPlanes(row, values, y * width);
        }
        for (int channel = 0; channel < channels; channel++)
        {
            Wavelet.Forward(values[channel], width, height, encoding.Levels);
            for (int i = 0; i < values[channel].Length; i++)
                planes.Latents[channel][i] = (short)MathF.Round(values[channel][i] / Step);
        }
        var random = new Random(seed);
        ThinNetwork entropy = LatentNetwork.CreateEntropy(ThinKernel.Of(InstructionSet.Scalar));
        encoding.Start.Entropy.CopyTo(entropy.Parameters);
        float[] layers = encoding.Start.Layers(design);
        foreach (float[] numbers in new[] { entropy.Parameters, layers })
            for (int i = 0; i < numbers.Length; i += 7)
                numbers[i] = Math.Clamp(numbers[i] + random.Next(-8, 9) / 32f, -7, 7);
        return LatentNetwork.Compose(design, planes, colors, Step, entropy, layers);
    }

    /// <summary>The bytes of a network, without its file's frame.</summary>
    public static byte[] Stream(int width, int height, int channels, LatentStart? start = null) =>
        LatentBitstream.Write(Network(width, height, channels, start: start), SampleNetworks.Facts);
}
