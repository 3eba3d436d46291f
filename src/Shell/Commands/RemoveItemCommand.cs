using System.Management.Automation;

namespace MonaLisa.Shell.Commands;

/// <summary>Deletes files and, with -Recurse, folders.</summary>
[Cmdlet(VerbsCommon.Remove, "Item", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
public sealed class RemoveItemCommand : PathCommand
{
    /// <summary>Deletes a folder with all that it holds.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Hidden and write-protected ones too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        // The shared default "." would delete the current folder when the path is forgotten.
        if (ParameterSetName == PathSet && !MyInvocation.BoundParameters.ContainsKey(nameof(Path)) && !MyInvocation.ExpectingInput)
        {
            ThrowTerminatingError(new ErrorRecord(
                new PSArgumentException("Remove-Item needs a path."), "PathMissing", ErrorCategory.InvalidArgument, null));
        }
    }

    /// <inheritdoc/>
    protected override void Process(string path)
    {
        foreach (PSObject item in InvokeProvider.Item.Get([path], Force, IsLiteral))
        {
            string full = (string)item.Properties["PSPath"].Value;
            string shown = SessionState.Path.GetUnresolvedProviderPathFromPSPath(full);
            if (!ShouldProcess(shown))
                continue;
            if (!Recurse && item.BaseObject is DirectoryInfo folder && folder.EnumerateFileSystemInfos().Any())
            {
                WriteError(new ErrorRecord(
                    new IOException($"The folder '{shown}' is not empty. Add -Recurse to delete it with all that it holds."),
                    "FolderNotEmpty",
                    ErrorCategory.InvalidOperation,
                    shown));
                continue;
            }

            InvokeProvider.Item.Remove([full], Recurse, Force, literalPath: true);
        }
    }
}
