using BenchmarkDotNet.Attributes;
using MonaLisa.Engine;

namespace MonaLisa.Benchmarks.Kernels;

/// <summary>The kernels that go element by element: one panel of a tile, or one slice of the parameters.</summary>
public class ElementBenchmarks
{
    private readonly IKernelRun _sine = KernelRuns.Activate(Activation.Sine);
    private readonly IKernelRun _tanh = KernelRuns.Activate(Activation.Tanh);
    private readonly IKernelRun _sigmoid = KernelRuns.Activate(Activation.Sigmoid);
    private readonly IKernelRun _adam = KernelRuns.Adam();

    [Benchmark(Description = "sine and its derivative")]
    public void Sine() => _sine.Run();

    [Benchmark(Description = "tanh")]
    public void Tanh() => _tanh.Run();

    [Benchmark(Description = "sigmoid")]
    public void Sigmoid() => _sigmoid.Run();

    [Benchmark(Description = "Adam, eight gradients added up")]
    public void Adam() => _adam.Run();
}
