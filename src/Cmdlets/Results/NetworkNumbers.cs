using System.Collections.ObjectModel;
using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>
/// The numbers of a network for users to read, not to change: the properties Weights and Biases of a layer and Values of an encoding's
/// tensor. The module's types file calls it.
/// </summary>
public static class NetworkNumbers
{
    /// <summary>The weights of a layer, <c>[OutputCount, InputCount]</c>, row-major.</summary>
    /// <param name="layer">A <see cref="DenseLayer"/>.</param>
    public static ReadOnlyCollection<float>? Weights(PSObject layer) => ViewOf((layer?.BaseObject as DenseLayer)?.Weights);

    /// <summary>The biases of a layer, <c>[OutputCount]</c>.</summary>
    /// <param name="layer">A <see cref="DenseLayer"/>.</param>
    public static ReadOnlyCollection<float>? Biases(PSObject layer) => ViewOf((layer?.BaseObject as DenseLayer)?.Biases);

    /// <summary>The values of an encoding's tensor, <c>[Rows, Columns]</c>, row-major.</summary>
    /// <param name="tensor">An <see cref="EncodingTensor"/>.</param>
    public static ReadOnlyCollection<float>? Values(PSObject tensor) => ViewOf((tensor?.BaseObject as EncodingTensor)?.Values);

    private static ReadOnlyCollection<float>? ViewOf(float[]? numbers) => numbers is null ? null : new Listing<float>(numbers, "number");
}
