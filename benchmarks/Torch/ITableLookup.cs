using static TorchSharp.torch;

namespace MonaLisa.Torch;

/// <summary>One way to write the weighted sum of table entries, which decides how fast its gradient is.</summary>
internal interface ITableLookup
{
    /// <summary>What tells it apart.</summary>
    string Name { get; }

    /// <summary>The interpolated features.</summary>
    /// <param name="table"><c>[entries, features]</c>.</param>
    /// <param name="entries"><c>[batch, levels, 4]</c>, 32-bit integers.</param>
    /// <param name="weights"><c>[batch, levels, 4]</c>.</param>
    /// <returns><c>[batch, levels * features]</c>.</returns>
    Tensor Features(Tensor table, Tensor entries, Tensor weights);
}
