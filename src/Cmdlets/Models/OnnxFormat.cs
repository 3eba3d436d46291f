using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>The ONNX model, which other programs run.</summary>
internal sealed class OnnxFormat : ModelFormatWriter
{
    public override ModelFormat Format => ModelFormat.Onnx;

    public override IReadOnlyList<string> Extensions { get; } = [OnnxFile.Extension];

    public override SavedModel Save(ModelExport export, CancellationToken cancellationToken)
    {
        if (export.Run is TrainingRun run)
            OnnxFile.Save(run, export.File, export.Overwrite, cancellationToken);
        else
            OnnxFile.Save(export.Network, export.File, export.Overwrite, cancellationToken);
        return new SavedModel($"ONNX opset {OnnxFile.Opset}", export.Run is null ? export.Network.Training?.PsnrLost : 0);
    }
}
