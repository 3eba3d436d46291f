using System.Globalization;
using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Saves networks to model files.</summary>
[Cmdlet(VerbsData.Export, "MlpModel", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportMlpModelCommand : ExportCommand
{
    private ExportTarget? _target;

    /// <summary>How the weights are kept: as they are, in 16 bits, or in 8.</summary>
    [Parameter]
    public ModelPrecision Precision { get; set; } = ModelPrecision.Single;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _target = Target(new ExportEnding("", ModelFile.Extension), "model", [ModelFile.Extension]);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Painter.From(InputObject) is not Painter painter)
            WriteError(Painter.UnsupportedInputError(InputObject, "A training run or a network"));
        else if (_target is not null)
            Export(painter, _target);
    }

    private void Export(Painter painter, ExportTarget target)
    {
        string file = target.NextFile(painter.Name);
        if (!ShouldProcess(file, $"Save the network {painter.Network.Shape}") || !TryPrepare(target, file))
            return;
        try
        {
            Report(file, Save(painter, file));
        }
        catch (ModelFileException exception)
        {
            WriteError(CommandErrors.Model(exception, file));
        }
        catch (ProviderUnavailableException exception)
        {
            WriteError(CommandErrors.ProviderUnavailable(exception, painter.Provider));
        }
    }

    private ModelDocument Save(Painter painter, string file)
    {
        var options = new ModelSaveOptions { Precision = Precision, Overwrite = Force };
        return InBackground((_, stopping) => painter.Run is TrainingRun run
            ? ModelFile.Save(run, file, options, stopping)
            : ModelFile.Save(painter.Network, file, options, stopping), cleansUp: true);
    }

    private void Report(string file, ModelDocument saved)
    {
        double? lost = saved.Training?.PsnrLost;
        if (IsVerbose)
        {
            string loss = lost is double known ? known.ToString("F3", CultureInfo.InvariantCulture) + " dB lost" : "loss not measured";
            long length = new FileInfo(file).Length;
            WriteVerboseLine($"Wrote '{file}': {saved.Network.Shape} {saved.Network.Activation}, {length} bytes, {saved.Precision}, {loss}.");
        }
        if (!PassThru)
            return;
        PSObject item = ItemOf(file);
        item.Properties.Add(new PSNoteProperty(nameof(TrainingFacts.PsnrLost), lost));
        WriteObject(item);
    }
}
