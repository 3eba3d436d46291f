using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>The runs of a pipeline: one after the other, or several at the same time; each is passed on when it ends.</summary>
/// <param name="output">Where to write.</param>
/// <param name="limit">The most runs at once, at least 1.</param>
/// <param name="grace">How long to wait for runs that are stopped.</param>
/// <param name="stopping">Stops them.</param>
internal sealed class TrainingRuns(ITrainingOutput output, int limit, TimeSpan grace, CancellationToken stopping)
{
    private readonly BackgroundWork _work = new(grace, stopping);
    private readonly Dictionary<ProgressActivity, Task<TrainingRun>> _underWay = [];
    private ProgressActivity? _allPictures;
    private int _pictureCount;

    /// <summary>Starts a run, and first waits for the end of another if there are too many.</summary>
    public void Begin(PictureTraining training)
    {
        ShowPictureCount(training.Dataset);
        var activity = new ProgressActivity(output.WriteProgress, $"Learning {training.Dataset.Name}", _allPictures);
        Task<TrainingRun> run = _work.Start(
            (post, ending) => training.Run(output, activity, post, ending), ended => End(training, activity, ended), training.KeepsState);
        _underWay.Add(activity, run);
        Await(limit - 1);
    }

    /// <summary>Awaits the end of all runs.</summary>
    public void End()
    {
        Await(0);
        _allPictures?.Complete();
    }

    private void Await(int count)
    {
        try
        {
            _work.Await(count);
        }
        catch
        {
            // No other call will come, so records must go, and what was learned so far is kept where it can be.
            foreach ((ProgressActivity activity, Task<TrainingRun> run) in _underWay)
            {
                activity.Complete();
                if (run.IsCompletedSuccessfully)
                    output.KeepStopped(run.Result);
            }
            _allPictures?.Complete();
            throw;
        }
    }

    // A single picture needs no record above its own, and that there are more is known only when the second comes.
    private void ShowPictureCount(PixelDataset dataset)
    {
        if (++_pictureCount < 2)
            return;
        _allPictures ??= new ProgressActivity(output.WriteProgress, "Training networks");
        _allPictures.Show($"picture {_pictureCount}: {dataset.Name}");
    }

    private void End(PictureTraining training, ProgressActivity activity, Task<TrainingRun> ended)
    {
        _underWay.Remove(activity);
        activity.Complete();
        var context = new ErrorContext(training.Dataset, Provider: training.Provider, MakesNetwork: true);
        if (ended.Exception?.InnerException is Exception exception)
        {
            ErrorRecord error = CommandErrors.Of(exception, context) ??
                new ErrorRecord(exception, ErrorIds.TrainingFailed, ErrorCategory.NotSpecified, training.Dataset);
            // Every other picture would have this error too.
            if (exception is ProviderUnavailableException or DependencyException)
                output.Fail(error);
            else
                output.WriteError(error);
            return;
        }
        TrainingRun run = ended.GetAwaiter().GetResult();
        if (output.IsVerbose)
            foreach (string line in TrainingText.Outcome(run))
                output.WriteVerbose(line);
        output.WriteRun(run);
        if (run.CheckpointFailure is ModelFileException kept)
            output.WriteError(CommandErrors.Of(kept)!);
    }
}

/// <summary>Where training writes its results and messages: the streams of a command, or of a job. Called on one thread.</summary>
internal interface ITrainingOutput
{
    /// <summary>Whether verbose text is wanted.</summary>
    bool IsVerbose { get; }

    /// <summary>A run that has ended.</summary>
    void WriteRun(TrainingRun run);

    /// <summary>A run that ended because everything was stopped. It is kept if it still can be.</summary>
    void KeepStopped(TrainingRun run);

    /// <summary>What is wrong with one picture; the next follows.</summary>
    void WriteError(ErrorRecord error);

    /// <summary>What is wrong with every picture; throws.</summary>
    void Fail(ErrorRecord error);

    /// <summary>Verbose text.</summary>
    void WriteVerbose(string text);

    /// <summary>A warning.</summary>
    void WriteWarning(string text);

    /// <summary>How far something is.</summary>
    void WriteProgress(ProgressRecord record);
}
