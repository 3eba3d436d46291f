using System.Management.Automation;
using MonaLisa.Engine;

using ProviderInfo = MonaLisa.Engine.ProviderInfo;

namespace MonaLisa.PowerShell;

/// <summary>Describes the compute providers of this machine, and which one is the default.</summary>
[Cmdlet(VerbsCommon.Get, "MlpProvider")]
[OutputType(typeof(ProviderInfo))]
public sealed class GetMlpProviderCommand : PSCmdlet
{
    /// <summary>The providers to describe. Auto is the one that is used by default. The default is all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ChoiceCompleter<ComputeProvider>))]
    public Choices.Provider[]? Provider { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Provider is null)
            WriteObject(ComputeProviders.Describe(), enumerateCollection: true);
        else
            foreach (ComputeProvider provider in Provider)
                WriteObject(ComputeProviders.Describe(provider));
    }
}
