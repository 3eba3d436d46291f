using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>The Shadertoy image shader, for small networks.</summary>
internal sealed class GlslFormat : ModelFormatWriter
{
    public override ModelFormat Format => ModelFormat.Glsl;

    public override IReadOnlyList<string> Extensions { get; } = [GlslFile.Extension];

    public override SavedModel Save(ModelExport export, CancellationToken cancellationToken)
    {
        if (export.Run is TrainingRun run)
            GlslFile.Save(run, export.File, export.Overwrite, cancellationToken);
        else
            GlslFile.Save(export.Network, export.File, export.Overwrite, cancellationToken);
        return new SavedModel("a Shadertoy image shader", export.Run is null ? export.Network.Training?.PsnrLost : 0);
    }
}
