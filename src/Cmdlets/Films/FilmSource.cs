using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Snapshots to make a film of, with what is known of where they came from.</summary>
/// <param name="Snapshots">The snapshots.</param>
/// <param name="Picture">The picture that was learned, or null where only the file is there.</param>
/// <param name="Provider">Who computes.</param>
internal sealed record FilmSource(TrainingSnapshots Snapshots, PixelDataset? Picture, ComputeProvider Provider)
{
    /// <summary>The sources that an object stands for; what is none becomes an error of the command, and is left out.</summary>
    public static IReadOnlyList<FilmSource> Find(StoppableCommand command, object value)
    {
        switch (Rehydration.Live(value))
        {
            case TrainingRun { SnapshotPath: string path } run:
                return Open(command, [path], run.Dataset, run.Options.Provider);
            case TrainingRun run:
                command.WriteError(CommandErrors.Of(ErrorIds.SnapshotsMissing, ErrorCategory.ObjectNotFound, value,
                    $"The run of '{run.Dataset.Name}' kept no snapshots, or comes from another session and does not tell where they are. " +
                    "Train with -SnapshotEvery Log, or give the file of the snapshots in place of the run."));
                return [];
            case TrainingSnapshots snapshots:
                return [new FilmSource(snapshots, null, ComputeProvider.Auto)];
            case FileInfo file:
                return Open(command, new FileResolver(command).ExistingLiteral(file.FullName), null, ComputeProvider.Auto);
            case string path:
                return Open(command, new FileResolver(command).ExistingLiteralOrPattern(path), null, ComputeProvider.Auto);
            default:
                command.WriteError(Painter.UnsupportedInputError(value, "A training run or a file of snapshots"));
                return [];
        }
    }

    private static List<FilmSource> Open(
        StoppableCommand command, IReadOnlyList<string> files, PixelDataset? picture, ComputeProvider provider)
    {
        var sources = new List<FilmSource>();
        foreach (string file in files)
            try
            {
                sources.Add(new FilmSource(command.InBackground((_, _) => TrainingSnapshots.Open(file)), picture, provider));
            }
            catch (ModelFileException exception)
            {
                command.WriteError(CommandErrors.Model(exception, file));
            }
        return sources;
    }
}
