using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Loads networks from model files.</summary>
[Cmdlet(VerbsData.Import, "MlpModel", DefaultParameterSetName = PathSet)]
[OutputType(typeof(Mlp))]
public sealed class ImportMlpModelCommand : FilePathCommand
{
    private protected override void ProcessFile(string file)
    {
        ModelDocument model = InBackground((_, _) => ModelFile.Load(file));
        string kind = model.Precision?.ToString() ?? "compressed";
        WriteVerboseLine($"Loaded '{file}': {model.Network}, {kind}, {model.Length} bytes, written by {model.Writer}.");
        if (model.Training is TrainingFacts training)
            WriteVerboseLine($"It learned {training}.");
        WriteObject(model.Network);
    }
}
