using System.Collections;
using System.Collections.Concurrent;
using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>
/// Training in the background, for Get-Job, Receive-Job, Wait-Job, Stop-Job and Remove-Job. A stopped job passes on its running trainings
/// with what they have learned.
/// </summary>
public sealed class TrainingJob : Job, ITrainingOutput
{
    private readonly BlockingCollection<PictureTraining> _pictures = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly bool _isVerbose;
    private readonly int _limit;
    private string _status = "";

    internal TrainingJob(string command, string? name, bool isVerbose, int limit)
        : base(command, name)
    {
        (_isVerbose, _limit) = (isVerbose, limit);
        PSJobTypeName = nameof(TrainingJob);
        new Thread(Run) { IsBackground = true, Name = "MonaLisa training job" }.Start();
    }

    /// <inheritdoc/>
    public override bool HasMoreData =>
        Output.Count > 0 || Error.Count > 0 || Verbose.Count > 0 || Warning.Count > 0 || Progress.Count > 0;

    /// <inheritdoc/>
    public override string Location => "localhost";

    /// <summary>The current picture and its figures.</summary>
    public override string StatusMessage => _status;

    bool ITrainingOutput.IsVerbose => _isVerbose;

    /// <summary>Ends the training, keeps what was learned so far, and returns when all threads have ended.</summary>
    public override void StopJob()
    {
        _stopping.Cancel();
        Finished.WaitOne();
    }

    /// <summary>Learns another picture.</summary>
    internal void Add(PictureTraining picture) => _pictures.Add(picture);

    /// <summary>Says that no other picture follows.</summary>
    internal void CompleteAdding() => _pictures.CompleteAdding();

    void ITrainingOutput.WriteRun(TrainingRun run) => Output.Add(new PSObject(run));

    void ITrainingOutput.KeepStopped(TrainingRun run) => Output.Add(new PSObject(run));

    void ITrainingOutput.WriteError(ErrorRecord error) => Error.Add(error);

    void ITrainingOutput.Fail(ErrorRecord error) => throw new RuntimeException(error.Exception.Message, error.Exception, error);

    void ITrainingOutput.WriteVerbose(string text) => Verbose.Add(new VerboseRecord(text));

    void ITrainingOutput.WriteWarning(string text) => Warning.Add(new WarningRecord(text));

    // Only the latest record of an activity says anything, and they may not be received for hours.
    void ITrainingOutput.WriteProgress(ProgressRecord record)
    {
        // In one step: whoever reads meanwhile finds the old record or the new one, and a status only where there is a record.
        lock (((ICollection)Progress).SyncRoot)
        {
            int old = Progress.ToList().FindIndex(other => other.ActivityId == record.ActivityId);
            if (old >= 0)
                Progress[old] = record;
            else
                Progress.Add(record);
        }
        _status = record.RecordType == ProgressRecordType.Completed ? "" : $"{record.Activity}: {record.StatusDescription}";
    }

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
            var runs = new TrainingRuns(this, _limit, Timeout.InfiniteTimeSpan, _stopping.Token);
            foreach (PictureTraining picture in _pictures.GetConsumingEnumerable(_stopping.Token))
                runs.Begin(picture);
            runs.End();
            SetJobState(JobState.Completed);
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            SetJobState(JobState.Stopped);
        }
        catch (Exception exception)
        {
            Error.Add((exception as IContainsErrorRecord)?.ErrorRecord
                ?? new ErrorRecord(exception, ErrorIds.TrainingFailed, ErrorCategory.NotSpecified, targetObject: null));
            SetJobState(JobState.Failed);
        }
    }
}
