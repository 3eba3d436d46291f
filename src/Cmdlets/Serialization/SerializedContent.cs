using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>
/// What networks and pictures have for PowerShell to carry to another session beside their figures: the properties SerializedModel and
/// SerializedPixels of the module's types file.
/// </summary>
public static class SerializedContent
{
    /// <summary>The model file of a network, weights as they are; null for one whose weights are not all finite.</summary>
    /// <param name="network">An <see cref="Mlp"/>.</param>
    public static byte[]? Model(PSObject network) =>
        network?.BaseObject is Mlp { IsFinite: true } mlp ? ModelFile.ToBytes(mlp) : null;

    /// <summary>The packed samples and roles of a picture.</summary>
    /// <param name="picture">A <see cref="PixelDataset"/>.</param>
    public static byte[]? Pixels(PSObject picture) => (picture?.BaseObject as PixelDataset)?.ToPackedBytes();
}
