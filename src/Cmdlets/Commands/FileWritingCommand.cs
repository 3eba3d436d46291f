using System.Management.Automation;

namespace MonaLisa.PowerShell;

/// <summary>A command that writes files.</summary>
public abstract class FileWritingCommand : StoppableCommand
{
    private const string FileSystemPrefix = @"Microsoft.PowerShell.Core\FileSystem::";

    /// <summary>Replaces files that exist.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Passes the written files on.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Makes sure that a file may be written; false after an error was written.</summary>
    private protected bool TryPrepare(ExportTarget target, string file)
    {
        if (File.Exists(file) && !Force)
        {
            WriteError(CommandErrors.Of(ErrorIds.FileExists, ErrorCategory.ResourceExists, file,
                $"The file '{file}' exists. Use -Force to replace it, or another name."));
            return false;
        }
        return target.TryPrepareFolder(this);
    }

    /// <summary>A file as Get-Item gives it, with its PSPath, whatever provider the current location belongs to.</summary>
    private protected PSObject ItemOf(string file) =>
        InvokeProvider.Item.Get([FileSystemPrefix + file], force: true, literalPath: true).Single();
}
