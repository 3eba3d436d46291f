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

    /// <summary>Makes sure that a file may be written.</summary>
    /// <param name="target">Where it is.</param>
    /// <param name="file">The file.</param>
    /// <param name="remedy">What to do where it exists.</param>
    /// <exception cref="CommandException">It may not.</exception>
    private protected void Prepare(ExportTarget target, string file, string remedy = "Use -Force to replace it, or another name.")
    {
        if (File.Exists(file) && !Force)
            throw new CommandException(ErrorIds.FileExists, ErrorCategory.ResourceExists, file,
                $"The file '{file}' exists. {remedy}");
        target.PrepareFolder();
    }

    /// <summary>A file as Get-Item gives it, with its PSPath, whatever provider the current location belongs to.</summary>
    private protected PSObject ItemOf(string file) =>
        InvokeProvider.Item.Get([FileSystemPrefix + file], force: true, literalPath: true).Single();

    /// <summary>Passes a written file on where that is wanted.</summary>
    private protected void PassOn(string file)
    {
        if (PassThru)
            WriteObject(ItemOf(file));
    }
}
