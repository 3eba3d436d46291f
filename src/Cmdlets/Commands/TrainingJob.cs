using System.Collections.Concurrent;
using System.Management.Automation;
using MonaLisa.Engine.Platform;

namespace MonaLisa.PowerShell;

/// <summary>
/// Training in the background, for Get-Job, Receive-Job, Wait-Job, Stop-Job and Remove-Job. Each picture is a child job, which has its
/// run and its errors. A stopped job passes on its running trainings with what they have learned.
/// </summary>
public sealed class TrainingJob : ExplainedJob
{
    private readonly BlockingCollection<PictureJob> _pictures = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly bool _isVerbose;
    private readonly int _limit;
    private bool _hasEnded;
    private string _status = "";

    internal TrainingJob(string command, string? name, bool isVerbose, int limit)
        : base(command, name)
    {
        (_isVerbose, _limit) = (isVerbose, limit);
        PSJobTypeName = nameof(TrainingJob);
        new Thread(Run) { IsBackground = true, Name = "MonaLisa training job" }.Start();
    }

    /// <inheritdoc/>
    public override bool HasMoreData => base.HasMoreData || Array.Exists(Pictures(), picture => picture.HasMoreData);

    /// <summary>The current picture and its figures, or why the job failed.</summary>
    public override string StatusMessage => Reason is Exception reason ? PlainText.Line(reason.Message) : _status;

    /// <summary>The errors of all pictures that were not received yet.</summary>
    public new PSDataCollection<ErrorRecord> Error => new([.. base.Error, .. Pictures().SelectMany(picture => picture.Error)]);

    /// <summary>Ends the training, keeps what was learned so far, and returns when all threads have ended.</summary>
    public override void StopJob()
    {
        _stopping.Cancel();
        Finished.WaitOne();
    }

    /// <summary>Learns another picture.</summary>
    internal void Add(PictureTraining training)
    {
        var picture = new PictureJob(training, _isVerbose, status => _status = status);
        bool isLate;
        lock (_gate)
        {
            ChildJobs.Add(picture);
            isLate = _hasEnded;
        }
        if (isLate)
            picture.Abandon();
        else
            _pictures.Add(picture);
    }

    /// <summary>Says that no other picture follows.</summary>
    internal void CompleteAdding() => _pictures.CompleteAdding();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && JobStateInfo.State is JobState.NotStarted or JobState.Running)
            StopJob();
        base.Dispose(disposing);
    }

    private void Run()
    {
        SetJobState(JobState.Running);
        try
        {
            var progress = new StreamedProgress(Progress, status => _status = status);
            var runs = new TrainingRuns(progress.Write, _limit, Timeout.InfiniteTimeSpan, _stopping.Token);
            foreach (PictureJob picture in _pictures.GetConsumingEnumerable(_stopping.Token))
                picture.Begin(runs);
            runs.End();
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
        }
        catch (Exception exception)
        {
            base.Error.Add(ShownText.Plain(
                new ErrorRecord(exception, ErrorIds.TrainingFailed, ErrorCategory.NotSpecified, targetObject: null)));
            Explain(exception);
        }
        lock (_gate)
            _hasEnded = true;
        PictureJob[] pictures = Pictures();
        foreach (PictureJob picture in pictures)
            picture.Abandon();
        Explain(ReasonOf(pictures));
        SetJobState(_stopping.IsCancellationRequested ? JobState.Stopped : Reason is null ? JobState.Completed : JobState.Failed);
    }

    private static Exception? ReasonOf(PictureJob[] pictures)
    {
        PictureJob[] failed = [.. pictures.Where(picture => picture.Reason is not null)];
        return failed.Length < 2 ? failed.FirstOrDefault()?.Reason : new InvalidOperationException(
            $"{failed.Length} of {pictures.Length} pictures were not learned. The first is '{failed[0].Name}': {failed[0].Reason!.Message}",
            failed[0].Reason);
    }

    private PictureJob[] Pictures()
    {
        lock (_gate)
            return [.. ChildJobs.Cast<PictureJob>()];
    }
}
