using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>The runs of a pipeline: one after the other, or several at the same time; each is passed on when it ends.</summary>
/// <param name="writeProgress">Shows how far all pictures together are.</param>
/// <param name="limit">The most runs at once, at least 1.</param>
/// <param name="grace">How long to wait for runs that are stopped.</param>
/// <param name="stopping">Stops them.</param>
internal sealed class TrainingRuns(Action<ProgressRecord> writeProgress, int limit, TimeSpan grace, CancellationToken stopping)
{
    private readonly BackgroundWork _work = new(grace, stopping);
    private readonly List<UnderWay> _underWay = [];
    private ProgressActivity? _allPictures;
    private int _pictureCount;

    /// <summary>Starts a run, and first waits for the end of another if there are too many.</summary>
    /// <param name="training">The training.</param>
    /// <param name="output">Where to write what comes of it.</param>
    /// <param name="ownStop">Stops this run alone.</param>
    public void Begin(PictureTraining training, ITrainingOutput output, CancellationToken ownStop = default)
    {
        ShowPictureCount(training.Dataset);
        var activity = new ProgressActivity(output.WriteProgress, $"Learning {training.Dataset.Name}", _allPictures);
        TrainingRun Train(Action<Action> post, CancellationToken ending)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(ending, ownStop);
            return training.Run(output, activity, post, either.Token);
        }

        Task<TrainingRun> run = _work.Start(Train, ended => End(training, output, activity, ended), training.KeepsState);
        _underWay.Add(new UnderWay(activity, output, run));
        Await(limit - 1);
    }

    /// <summary>Awaits the end of all runs.</summary>
    public void End()
    {
        Await(0);
        _allPictures?.Complete();
    }

    /// <summary>Stops the runs that are under way, because nobody will await them any more.</summary>
    public void Abandon()
    {
        if (_underWay.Count == 0)
            return;
        _work.Abandon();
        KeepStopped();
    }

    private void Await(int count)
    {
        try
        {
            _work.Await(count);
        }
        catch
        {
            KeepStopped();
            throw;
        }
    }

    // No other call will come, so records must go, and what was learned so far is kept where it can be.
    private void KeepStopped()
    {
        foreach ((ProgressActivity activity, ITrainingOutput output, Task<TrainingRun> run) in _underWay)
        {
            activity.Complete();
            if (run.IsCompletedSuccessfully)
                output.KeepStopped(run.Result);
        }
        _underWay.Clear();
        _allPictures?.Complete();
    }

    // A single picture needs no record above its own, and that there are more is known only when the second comes.
    private void ShowPictureCount(PixelDataset dataset)
    {
        if (++_pictureCount < 2)
            return;
        _allPictures ??= new ProgressActivity(writeProgress, "Training networks");
        _allPictures.Show($"picture {_pictureCount}: {dataset.Name}");
    }

    private void End(PictureTraining training, ITrainingOutput output, ProgressActivity activity, Task<TrainingRun> ended)
    {
        _underWay.RemoveAll(other => other.Activity == activity);
        activity.Complete();
        if (ended.Exception?.InnerException is Exception exception and not OperationCanceledException)
        {
            ErrorRecord error = ErrorOf(exception, training)
                ?? new ErrorRecord(exception, ErrorIds.TrainingFailed, ErrorCategory.NotSpecified, training.Dataset);
            // Every other picture would have this error too.
            output.Fail(error, endsAll: exception is ProviderUnavailableException or DependencyException);
        }
        // One that was stopped while it was prepared has nothing to pass on.
        else if (ended.IsCompletedSuccessfully)
        {
            TrainingRun run = ended.GetAwaiter().GetResult();
            if (output.IsVerbose)
                foreach (string line in TrainingText.Outcome(run))
                    output.WriteVerbose(line);
            output.WriteRun(run);
            if (run.CheckpointFailure is ModelFileException kept)
                output.WriteError(ErrorOf(kept, training)!);
        }
        output.End();
    }

    // A script that learns many pictures must know which one an error is of, also where a checkpoint is what is wrong.
    private static ErrorRecord? ErrorOf(Exception exception, PictureTraining training)
    {
        var context = new ErrorContext(training.Dataset, Provider: training.Provider, MakesNetwork: true);
        ErrorRecord? error = CommandErrors.Of(exception, context);
        return exception is ModelFileException
            ? new ErrorRecord(exception, error!.FullyQualifiedErrorId, error.CategoryInfo.Category, training.Dataset) : error;
    }

    private readonly record struct UnderWay(ProgressActivity Activity, ITrainingOutput Output, Task<TrainingRun> Run);
}

/// <summary>Where the training of a picture writes its results and messages: the streams of a command, or of a job. Called on one thread.</summary>
internal interface ITrainingOutput
{
    /// <summary>Whether verbose text is wanted.</summary>
    bool IsVerbose { get; }

    /// <summary>A run that has ended.</summary>
    void WriteRun(TrainingRun run);

    /// <summary>A run that ended because everything was stopped. It is kept if it still can be.</summary>
    void KeepStopped(TrainingRun run);

    /// <summary>What is wrong beside the run.</summary>
    void WriteError(ErrorRecord error);

    /// <summary>Why there is no run.</summary>
    /// <param name="error">What is wrong.</param>
    /// <param name="endsAll">Whether it is wrong with every picture; otherwise the next follows.</param>
    void Fail(ErrorRecord error, bool endsAll);

    /// <summary>Verbose text.</summary>
    void WriteVerbose(string text);

    /// <summary>A warning.</summary>
    void WriteWarning(string text);

    /// <summary>How far something is.</summary>
    void WriteProgress(ProgressRecord record);

    /// <summary>That nothing follows of this picture.</summary>
    void End();
}
