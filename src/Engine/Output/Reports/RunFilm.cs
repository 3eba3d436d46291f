namespace MonaLisa.Engine.Output;

/// <summary>The film of a run's learning, or why there is none.</summary>
/// <param name="Film">The film; null where there is none.</param>
/// <param name="Problem">Why there is none; null where there is one, and where the run kept no snapshots.</param>
internal sealed record RunFilm(EmbeddedPicture? Film, string? Problem)
{
    private const int Quality = 70;
    private const double FrameRate = 12;

    /// <summary>Makes the film out of the run's snapshots, at most <see cref="TrainingReport.MaxFilmSide"/> pixels a side.</summary>
    public static RunFilm Of(TrainingRun run, CancellationToken cancellationToken)
    {
        if (run.SnapshotPath is not string path)
            return new RunFilm(null, null);
        try
        {
            TrainingSnapshots snapshots = TrainingSnapshots.Open(path);
            snapshots.RequirePicture(run.Dataset);
            // The file of a picture's run is taken by its next one.
            if (snapshots.Design != run.Network.Design || snapshots.Snapshots[^1].Step > run.Steps)
                return new RunFilm(null, $"There is no film: '{System.IO.Path.GetFileName(path)}' has snapshots of another run now.");
            (int width, int height) = EmbeddedPicture.Fit(run.Dataset.Width, run.Dataset.Height, TrainingReport.MaxFilmSide);
            byte[] content = TrainingAnimation.Encode(snapshots, run.Dataset.Name + ".webp", new AnimationOptions
            {
                Width = width, Height = height, FrameRate = FrameRate, Duration = AnimationOptions.DefaultDuration, Quality = Quality,
                Provider = run.Options.Provider,
            }, cancellationToken);
            return new RunFilm(new EmbeddedPicture("image/webp", content, width, height), null);
        }
        catch (ModelFileException exception)
        {
            return new RunFilm(null, $"There is no film: {exception.Message}");
        }
    }
}
