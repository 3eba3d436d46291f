using System.Globalization;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>The model file that Import-MlpModel loads.</summary>
internal sealed class SafetensorsFormat : ModelFormatWriter
{
    public override ModelFormat Format => ModelFormat.Safetensors;

    public override IReadOnlyList<string> Extensions { get; } = [ModelFile.Extension];

    public override bool HasPrecision => true;

    public override SavedModel Save(ModelExport export, CancellationToken cancellationToken)
    {
        var options = new ModelSaveOptions { Precision = export.Precision, Overwrite = export.Overwrite };
        ModelDocument saved = export.Run is TrainingRun run
            ? ModelFile.Save(run, export.File, options, cancellationToken)
            : ModelFile.Save(export.Network, export.File, options, cancellationToken);
        double? lost = saved.Training?.PsnrLost;
        string loss = lost is double known ? known.ToString("F3", CultureInfo.InvariantCulture) + " dB lost" : "loss not measured";
        return new SavedModel($"{saved.Precision}, {loss}", lost) { Psnr = saved.Psnr, BitsPerPixel = saved.BitsPerPixel };
    }
}
