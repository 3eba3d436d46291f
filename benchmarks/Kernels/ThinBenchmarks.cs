using BenchmarkDotNet.Attributes;

namespace MonaLisa.Benchmarks.Kernels;

/// <summary>The kernels of latents' thin layers: one layer, for as many places as are worked on at once.</summary>
public class ThinBenchmarks
{
    private IKernelRun _run = null!;

    [Params(Form.Forward, Form.ToInputs, Form.ToWeights)]
    public Form Form { get; set; }

    /// <summary>The entropy network's layers, and the first and the last of the synthesis.</summary>
    [Params("49 to 16", "16 to 16", "16 to 2", "43 to 18", "18 to 3")]
    public string Layer { get; set; } = "";

    /// <summary>Floating-point operations of a run.</summary>
    /// <param name="layer">The layer.</param>
    public static double WorkOf(string layer)
    {
        (int inputs, int outputs) = WidthsOf(layer);
        return ThinRun.WorkOf(inputs, outputs);
    }

    [GlobalSetup]
    public void Prepare()
    {
        (int inputs, int outputs) = WidthsOf(Layer);
        _run = KernelRuns.Thin(Form, inputs, outputs);
    }

    [Benchmark]
    public void Multiply() => _run.Run();

    private static (int Inputs, int Outputs) WidthsOf(string layer)
    {
        string[] widths = layer.Split(" to ");
        return (int.Parse(widths[0]), int.Parse(widths[1]));
    }
}
