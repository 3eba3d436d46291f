namespace MonaLisa.Torch;

/// <summary>A line of the benchmark's protocol, see benchmarks/README.md.</summary>
/// <param name="Command"><c>prepare</c> or <c>measure</c>.</param>
/// <param name="Hidden">Neurons in each hidden layer.</param>
/// <param name="Activation"><c>relu</c> or <c>sine</c>.</param>
/// <param name="Batch">Pixels a step.</param>
/// <param name="Threads">Threads to compute with.</param>
/// <param name="Seconds">How long to measure.</param>
/// <param name="Grid">The grid before the layers, or null.</param>
internal sealed record PeerRequest(
    string Command, int[] Hidden, string Activation, int Batch, int Threads, double Seconds, PeerGrid? Grid = null);
