using System.Collections;
using System.Management.Automation;

namespace MonaLisa.PowerShell;

/// <summary>A job of this module that says why it failed.</summary>
public abstract class ExplainedJob : Job
{
    private protected ExplainedJob(string command, string? name)
        : base(command, name)
    {
    }

    /// <inheritdoc/>
    public override bool HasMoreData =>
        Output.Count > 0 || base.Error.Count > 0 || Verbose.Count > 0 || Warning.Count > 0 || Progress.Count > 0;

    /// <inheritdoc/>
    public override string Location => "localhost";

    /// <summary>The job's state, and the reason for it where the job failed.</summary>
    /// <remarks>
    /// Receive-Job writes an error for the reason that a job's state has, beside the errors of its stream, and so would tell everything
    /// twice. That is why the state is set without a reason, and the reason is given to those who ask.
    /// </remarks>
    public new JobStateInfo JobStateInfo =>
        base.JobStateInfo is { State: JobState.Failed } info && Reason is not null ? new JobStateInfo(info.State, Reason) : base.JobStateInfo;

    /// <summary>Why it failed; null where it did not.</summary>
    internal Exception? Reason { get; private set; }

    /// <summary>Says why it failed; the first reason counts.</summary>
    private protected void Explain(Exception? reason) => Reason ??= reason;
}

/// <summary>Writes progress into the stream of a job.</summary>
/// <param name="stream">The stream.</param>
/// <param name="showStatus">Gets the same as a text; an empty one at its end.</param>
internal sealed class StreamedProgress(PSDataCollection<ProgressRecord> stream, Action<string> showStatus)
{
    /// <summary>Writes a record. Only the latest of an activity says anything, and it may not be received for hours.</summary>
    public void Write(ProgressRecord record)
    {
        // In one step: whoever reads meanwhile finds the old record or the new one, and a status only where there is a record.
        lock (((ICollection)stream).SyncRoot)
        {
            int old = stream.ToList().FindIndex(other => other.ActivityId == record.ActivityId);
            if (old >= 0)
                stream[old] = record;
            else
                stream.Add(record);
        }
        showStatus(record.RecordType == ProgressRecordType.Completed ? "" : $"{record.Activity}: {record.StatusDescription}");
    }
}
