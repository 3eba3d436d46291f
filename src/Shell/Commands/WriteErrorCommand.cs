using System.Management.Automation;
using MonaLisa.Shell.Hosting;

namespace MonaLisa.Shell.Commands;

/// <summary>Writes a non-terminating error.</summary>
[Cmdlet(VerbsCommunications.Write, "Error", DefaultParameterSetName = MessageSet)]
public sealed class WriteErrorCommand : PSCmdlet
{
    private const string MessageSet = "NoException";
    private const string ExceptionSet = "WithException";
    private const string RecordSet = "ErrorRecord";

    /// <summary>The message.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = MessageSet)]
    [Parameter(ParameterSetName = ExceptionSet)]
    [AllowEmptyString]
    [AllowNull]
    [Alias("Msg")]
    public string? Message { get; set; }

    /// <summary>The exception behind the error.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ExceptionSet)]
    public Exception? Exception { get; set; }

    /// <summary>An error to write again.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = RecordSet)]
    public ErrorRecord? ErrorRecord { get; set; }

    /// <summary>The error's identifier.</summary>
    [Parameter(ParameterSetName = MessageSet)]
    [Parameter(ParameterSetName = ExceptionSet)]
    public string ErrorId { get; set; } = "";

    /// <summary>The error's category.</summary>
    [Parameter(ParameterSetName = MessageSet)]
    [Parameter(ParameterSetName = ExceptionSet)]
    public ErrorCategory Category { get; set; } = ErrorCategory.NotSpecified;

    /// <summary>What was being worked on.</summary>
    [Parameter(ParameterSetName = MessageSet)]
    [Parameter(ParameterSetName = ExceptionSet)]
    public object? TargetObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        ErrorRecord record;
        if (ErrorRecord is not null)
        {
            record = new ErrorRecord(ErrorRecord, null);
        }
        else
        {
            Exception exception = Exception ?? new WriteErrorException(Message ?? "");
            string identifier = ErrorId.Length > 0 ? ErrorId
                : Exception is not null ? Exception.GetType().FullName!
                : "Microsoft.PowerShell.Commands.WriteErrorException"; // As in pwsh, for scripts that compare it.
            record = new ErrorRecord(exception, identifier, Category, TargetObject);
            if (Exception is not null && !string.IsNullOrEmpty(Message))
                record.ErrorDetails = new ErrorDetails(Message);
        }

        if (GetVariableValue("MyInvocation") is InvocationInfo caller)
        {
            EngineInternals.ReportAt(record, caller);
            record.CategoryInfo.Activity = "Write-Error";
        }

        WriteError(record);
    }

    private sealed class WriteErrorException(string message) : Exception(message);
}
