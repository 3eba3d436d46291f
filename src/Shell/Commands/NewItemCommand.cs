using System.Management.Automation;

namespace MonaLisa.Shell.Commands;

/// <summary>Makes a file or a folder.</summary>
[Cmdlet(VerbsCommon.New, "Item", SupportsShouldProcess = true)]
public sealed class NewItemCommand : PSCmdlet
{
    /// <summary>Where.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = [];

    /// <summary>File or Directory.</summary>
    [Parameter]
    [Alias("Type")]
    public string ItemType { get; set; } = "File";

    /// <summary>A file's content.</summary>
    [Parameter(ValueFromPipeline = true)]
    public object? Value { get; set; }

    /// <summary>An existing folder is fine; an existing file is overwritten.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string path in Path)
        {
            string full = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);
            if (!ShouldProcess(full, $"Create {ItemType}"))
                continue;
            try
            {
                WriteObject(InvokeProvider.Item.New([path], "", ItemType, Value, Force), enumerateCollection: true);
            }
            catch (Exception exception) when (exception is RuntimeException and not PipelineStoppedException)
            {
                WriteError(new ErrorRecord(((RuntimeException)exception).ErrorRecord, exception));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                WriteError(new ErrorRecord(exception, "NewItemFailed", ErrorCategory.WriteError, full));
            }
        }
    }
}
