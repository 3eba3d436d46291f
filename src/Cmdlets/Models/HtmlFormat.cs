using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>The page that shows the picture at any zoom.</summary>
internal sealed class HtmlFormat : ModelFormatWriter
{
    public override ModelFormat Format => ModelFormat.Html;

    public override IReadOnlyList<string> Extensions { get; } = [HtmlFile.Extension];

    public override SavedModel Save(ModelExport export, CancellationToken cancellationToken)
    {
        if (export.Run is TrainingRun run)
            HtmlFile.Save(run, export.File, export.Overwrite, cancellationToken);
        else
            HtmlFile.Save(export.Network, export.File, export.Overwrite, cancellationToken);
        return new SavedModel("a page for browsers with WebGL 2", export.Run is null ? export.Network.Training?.PsnrLost : 0);
    }
}
