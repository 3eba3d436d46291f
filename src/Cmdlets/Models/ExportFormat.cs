using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>A format that other programs show or run, and that has nothing to choose.</summary>
/// <param name="format">Which it is.</param>
/// <param name="extension">The extension that tells it, with its dot.</param>
/// <param name="details">What the verbose line calls it.</param>
/// <param name="saveRun">Saves the network of a training run, replacing a file or not.</param>
/// <param name="saveNetwork">Saves a bare network likewise.</param>
internal sealed class ExportFormat(
    ModelFormat format, string extension, string details,
    Action<TrainingRun, string, bool, CancellationToken> saveRun, Action<Mlp, string, bool, CancellationToken> saveNetwork)
    : ModelFormatWriter
{
    public override ModelFormat Format => format;

    public override IReadOnlyList<string> Extensions { get; } = [extension];

    public override SavedModel Save(ModelExport export, CancellationToken cancellationToken)
    {
        if (export.Run is TrainingRun run)
            saveRun(run, export.File, export.Overwrite, cancellationToken);
        else
            saveNetwork(export.Network, export.File, export.Overwrite, cancellationToken);
        return new SavedModel(details, export.Run is null ? export.Network.Training?.PsnrLost : 0);
    }
}
