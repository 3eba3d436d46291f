using System.Diagnostics;
using MonaLisa.Engine;

namespace MonaLisa.Benchmarks;

/// <summary>Rendering of whole pictures into memory.</summary>
internal sealed class EngineRendering(NetworkCase network, int threads, ComputeProvider provider) : IContestant
{
    private readonly ImageRenderer _renderer = new(new Mlp(network.Design), provider, threads);
    private readonly float[] _colors = new float[SyntheticPicture.Side * SyntheticPicture.Side * MlpDesign.DefaultOutputCount];

    public string Name => provider.ToString();

    public double WorkPerPixel => 2.0 * network.WeightCount;

    public double Measure(double seconds)
    {
        // Strips as the picture writer asks for them, so that the slowest network does not overrun its time by much.
        const int StripRows = 64;
        var clock = Stopwatch.StartNew();
        long pixels = 0;
        int row = 0;
        do
        {
            _renderer.Render(SyntheticPicture.Side, SyntheticPicture.Side, row, StripRows, _colors);
            row = (row + StripRows) % SyntheticPicture.Side;
            pixels += StripRows * SyntheticPicture.Side;
        }
        while (clock.Elapsed.TotalSeconds < seconds);
        return pixels / clock.Elapsed.TotalSeconds;
    }

    public void Dispose() => _renderer.Dispose();
}
