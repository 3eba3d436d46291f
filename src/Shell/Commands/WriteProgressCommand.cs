using System.Management.Automation;

namespace MonaLisa.Shell.Commands;

/// <summary>Shows how far a piece of work has come.</summary>
[Cmdlet(VerbsCommunications.Write, "Progress")]
public sealed class WriteProgressCommand : PSCmdlet
{
    private const string DefaultText = "Processing";

    /// <summary>The piece of work.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Activity { get; set; } = DefaultText;

    /// <summary>Its state.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Status { get; set; } = DefaultText;

    /// <summary>Tells apart several at once.</summary>
    [Parameter(Position = 2)]
    [ValidateRange(0, int.MaxValue)]
    public int Id { get; set; }

    /// <summary>0 to 100, or -1 for unknown.</summary>
    [Parameter]
    [ValidateRange(-1, 100)]
    public int PercentComplete { get; set; } = -1;

    /// <summary>Seconds to go, or -1 for unknown.</summary>
    [Parameter]
    public int SecondsRemaining { get; set; } = -1;

    /// <summary>What is being done just now.</summary>
    [Parameter]
    public string CurrentOperation { get; set; } = "";

    /// <summary>The Id of the work that this is a part of, or -1 for none.</summary>
    [Parameter]
    [ValidateRange(-1, int.MaxValue)]
    public int ParentId { get; set; } = -1;

    /// <summary>The work has ended: its bar goes.</summary>
    [Parameter]
    public SwitchParameter Completed { get; set; }

    /// <summary>Tells apart the sources of equal Ids.</summary>
    [Parameter]
    public int SourceId { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        // With the default source every call counts as a source of its own, and no record would ever be updated.
        CommandRuntime.WriteProgress(SourceId, new ProgressRecord(Id, Activity, Status)
        {
            ParentActivityId = ParentId,
            PercentComplete = PercentComplete,
            SecondsRemaining = SecondsRemaining,
            CurrentOperation = CurrentOperation,
            RecordType = Completed ? ProgressRecordType.Completed : ProgressRecordType.Processing,
        });
}
