using System.Management.Automation;
using MonaLisa.Engine;

using ProviderInfo = MonaLisa.Engine.ProviderInfo;

namespace MonaLisa.PowerShell;

/// <summary>Tells which compute providers there are on this machine, and which one is taken by itself.</summary>
[Cmdlet(VerbsCommon.Get, "MlpProvider")]
[OutputType(typeof(ProviderInfo))]
public sealed class GetMlpProviderCommand : PSCmdlet
{
    /// <summary>The providers to tell of; Auto is the one that is taken by itself. Without it, all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [Choice<ComputeProvider>]
    [ArgumentCompleter(typeof(ChoiceCompleter<ComputeProvider>))]
    public Choice<ComputeProvider>[]? Provider { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Provider is null)
            WriteObject(ComputeProviders.Describe(), enumerateCollection: true);
        else
            foreach (ComputeProvider provider in Provider)
                WriteObject(ProviderChoice.Of(provider));
    }
}
