using BenchmarkDotNet.Attributes;

namespace MonaLisa.Benchmarks.Kernels;

/// <summary>The kernels of one level of a grid: a stripe's places, other ones in each run, in tables that fit a cache and in some that do not.</summary>
public class GridBenchmarks
{
    private GridRun _run = null!;

    /// <summary>Vertices along a side: tables of 32 KB, 2 MB and 32 MB.</summary>
    [Params(64, 512, 2048)]
    public int Side { get; set; }

    [GlobalSetup]
    public void Prepare() => _run = new GridRun(Side);

    [Benchmark(Description = "interpolate")]
    public void Interpolate() => _run.Interpolate();

    [Benchmark(Description = "add gradients up")]
    public void AddUp() => _run.AddUp();

    [Benchmark(Description = "move a table at once")]
    public void Move() => _run.Move();
}
