namespace MonaLisa.Benchmarks.Kernels;

/// <summary>A kernel with its operands, ready to run; what it works on stays in the caches, as it does in a tile.</summary>
public interface IKernelRun
{
    /// <summary>Runs it once.</summary>
    void Run();
}
