using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Finds what is known of the provider that a name stands for.</summary>
internal static class ProviderChoice
{
    /// <summary>The provider's description; that of the default one for <see cref="ComputeProvider.Auto"/>.</summary>
    public static ProviderInfo? Of(ComputeProvider provider) => ComputeProviders.Describe().FirstOrDefault(
        info => provider == ComputeProvider.Auto ? info.IsDefault : info.Provider == provider);
}
