using System.Management.Automation;
using MonaLisa.Engine;
using MonaLisa.Engine.Platform;

namespace MonaLisa.PowerShell;

/// <summary>The training of one picture in the background, a child of a <see cref="TrainingJob"/>. It is called after the picture.</summary>
public sealed class PictureJob : ExplainedJob, ITrainingOutput
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly PictureTraining _training;
    private readonly StreamedProgress _progress;
    private readonly bool _isVerbose;
    private string _status = "";

    internal PictureJob(PictureTraining training, bool isVerbose, Action<string> showStatus)
        : base("", training.Dataset.Name)
    {
        (_training, _isVerbose) = (training, isVerbose);
        PSJobTypeName = nameof(TrainingJob);
        _progress = new StreamedProgress(Progress, status => showStatus(_status = status));
    }

    /// <summary>The picture's figures while it is learned, or why it was not.</summary>
    public override string StatusMessage => Reason is Exception reason ? PlainText.Line(reason.Message) : _status;

    bool ITrainingOutput.IsVerbose => _isVerbose;

    /// <summary>Ends the training of this picture, and keeps what was learned so far.</summary>
    public override void StopJob()
    {
        _stopping.Cancel();
        // A picture that waits for its turn has no thread that could end it.
        lock (_gate)
            if (base.JobStateInfo.State == JobState.NotStarted)
                SetJobState(JobState.Stopped);
        Finished.WaitOne();
    }

    /// <summary>Starts the training.</summary>
    internal void Begin(TrainingRuns runs)
    {
        lock (_gate)
        {
            if (base.JobStateInfo.State != JobState.NotStarted)
                return;
            SetJobState(JobState.Running);
        }
        runs.Begin(_training, this, _stopping.Token);
    }

    /// <summary>Says that nothing follows, where the training has not ended by itself.</summary>
    internal void Abandon()
    {
        if (base.JobStateInfo.State is JobState.NotStarted or JobState.Running)
            SetJobState(JobState.Stopped);
    }

    void ITrainingOutput.WriteRun(TrainingRun run) => Output.Add(new PSObject(run));

    void ITrainingOutput.KeepStopped(TrainingRun run) => Output.Add(new PSObject(run));

    // As in the foreground, where PowerShell adds the command's name.
    void ITrainingOutput.WriteError(ErrorRecord error) => Error.Add(ShownText.Plain(new ErrorRecord(
        error.Exception, $"{error.FullyQualifiedErrorId},{typeof(InvokeMlpTrainingCommand).FullName}", error.CategoryInfo.Category,
        error.TargetObject)));

    void ITrainingOutput.Fail(ErrorRecord error, bool endsAll)
    {
        ((ITrainingOutput)this).WriteError(error);
        Explain(error.Exception);
    }

    void ITrainingOutput.WriteVerbose(string text) => Verbose.Add(new VerboseRecord(PlainText.Line(text)));

    void ITrainingOutput.WriteWarning(string text) => Warning.Add(new WarningRecord(PlainText.Line(text)));

    void ITrainingOutput.WriteProgress(ProgressRecord record) => _progress.Write(record);

    void ITrainingOutput.End() => SetJobState(
        Reason is not null ? JobState.Failed : _stopping.IsCancellationRequested ? JobState.Stopped : JobState.Completed);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && base.JobStateInfo.State is JobState.NotStarted or JobState.Running)
            StopJob();
        base.Dispose(disposing);
    }
}
