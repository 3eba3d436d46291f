using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Loads networks from model files.</summary>
[Cmdlet(VerbsData.Import, "MlpModel", DefaultParameterSetName = PathSet)]
[OutputType(typeof(Mlp))]
public sealed class ImportMlpModelCommand : FilePathCommand
{
    private protected override void ProcessFile(string file) => WriteObject(LoadNetwork(file));
}
