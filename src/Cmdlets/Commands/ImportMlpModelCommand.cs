using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Loads networks from model files.</summary>
[Cmdlet(VerbsData.Import, "MlpModel", DefaultParameterSetName = PathSet)]
[OutputType(typeof(Mlp))]
public sealed class ImportMlpModelCommand : FilePathCommand
{
    private Mlp? _start;

    /// <summary>
    /// The model that the files' networks started with: a network, a training run, or the path of a model file. By default it is the file
    /// beside them that they name.
    /// </summary>
    [Parameter]
    [Single(NetworkSource.Forms)]
    [ValidateNotNull]
    public NetworkSource? Start { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Require(default, () => _start = Start?.Load(this, nameof(Start)));
    }

    private protected override void ProcessFile(string file) => WriteObject(LoadNetwork(file, _start));
}
