using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Tests;

/// <summary>The wavelet transform of a plane.</summary>
public class WaveletTests
{
    public static TheoryData<int, int, int> Sizes => new()
    {
        { 1, 1, 1 }, { 1, 9, 3 }, { 2, 1, 1 }, { 2, 2, 2 }, { 3, 2, 4 }, { 5, 7, 2 }, { 16, 16, 3 }, { 33, 18, 5 }, { 64, 47, 5 },
    };

    [Theory, MemberData(nameof(Sizes))]
    [Trait("Runs", "AtEveryWidth")]
    public void The_inverse_gives_the_plane_back(int width, int height, int levels)
    {
        float[] plane = Noise(width * height, 1), bands = (float[])plane.Clone();
        Wavelet.Forward(bands, width, height, levels);
        Wavelet.Inverse(bands, width, height, levels);
        for (int i = 0; i < plane.Length; i++)
            Assert.Equal(plane[i], bands[i], 1e-4f);
    }

    [Theory, MemberData(nameof(Sizes))]
    public void The_adjoint_is_the_inverses(int width, int height, int levels)
    {
        float[] bands = Noise(width * height, 2), gradient = Noise(width * height, 3);
        float[] plane = (float[])bands.Clone(), adjoint = (float[])gradient.Clone();
        Wavelet.Inverse(plane, width, height, levels);
        Wavelet.Adjoint(adjoint, width, height, levels);
        Assert.Equal(Dot(plane, gradient), Dot(bands, adjoint), 1e-3);
    }

    [Fact]
    public void It_is_orthonormal_nearly()
    {
        const int Side = 64;
        float[] plane = Noise(Side * Side, 4);
        double before = Dot(plane, plane);
        Wavelet.Forward(plane, Side, Side, 3);
        Assert.InRange(Dot(plane, plane) / before, 0.9, 1.1);
    }

    [Fact]
    public void A_smooth_plane_is_in_its_smallest_band()
    {
        const int Side = 32, Levels = 3;
        float[] plane = [.. Enumerable.Range(0, Side * Side).Select(i => 1f)];
        Wavelet.Forward(plane, Side, Side, Levels);
        for (int i = 0; i < plane.Length; i++)
            Assert.Equal(i % Side < Side >> Levels && i / Side < Side >> Levels ? 1 << Levels : 0, plane[i], 1e-4f);
    }

    private static float[] Noise(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() * 2 - 1)];
    }

    private static double Dot(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();
}
