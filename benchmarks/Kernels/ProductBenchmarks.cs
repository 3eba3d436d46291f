using BenchmarkDotNet.Attributes;

namespace MonaLisa.Benchmarks.Kernels;

/// <summary>The microkernel alone: 128 rows of a hidden layer.</summary>
public class ProductBenchmarks
{
    private IKernelRun _run = null!;

    [Params(Form.Forward, Form.ToInputs, Form.ToWeights)]
    public Form Form { get; set; }

    [Params(64, 256, 300, 1024)]
    public int Width { get; set; }

    [GlobalSetup]
    public void Prepare() => _run = KernelRuns.Product(Form, Width);

    [Benchmark]
    public void Multiply() => _run.Run();
}
