using System.Management.Automation;
using System.Text;
using Microsoft.PowerShell.Commands.Internal.Format;
using MonaLisa.Shell.Hosting;

namespace MonaLisa.Shell.Commands;

/// <summary>Writes to a file what Out-Host would show. The engine itself calls it for <c>&gt;</c> and <c>&gt;&gt;</c>.</summary>
[Cmdlet("Out", "File", DefaultParameterSetName = "ByPath", SupportsShouldProcess = true)]
public sealed class OutFileCommand : FrontEndCommandBase
{
    private TextWriter? _file;

    /// <summary>The file's path.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "ByPath")]
    [Alias("Path")]
    public string FilePath { get; set; } = "";

    /// <summary>The file's path; the same, as no wildcard is expanded in either.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "ByLiteralPath")]
    [Alias("PSPath", "LP")]
    public string LiteralPath { get; set; } = "";

    /// <summary>Accepted so that the engine's redirections work; the file is always UTF-8 without a byte order mark.</summary>
    [Parameter(Position = 1)]
    [ValidateSet("utf8", "utf8NoBOM", IgnoreCase = true)]
    public string Encoding { get; set; } = "utf8NoBOM";

    /// <summary>Adds to the end of an existing file.</summary>
    [Parameter]
    public SwitchParameter Append { get; set; }

    /// <summary>Leaves an existing file alone and fails.</summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Writes to a read-only file too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Characters in a line.</summary>
    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int? Width { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        string path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(FilePath.Length > 0 ? FilePath : LiteralPath);
        _file = ShouldProcess(path) ? Open(path) : TextWriter.Null;
        EngineInternals.UseWriter(this, _file, Width ?? Math.Max(2, Host.UI.RawUI.BufferSize.Width - 1));
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        base.ProcessRecord();
        // Whoever reads the file while a long command runs sees what has been written so far.
        _file?.Flush();
    }

    /// <inheritdoc/>
    protected override void InternalDispose()
    {
        base.InternalDispose();
        _file?.Dispose();
    }

    private StreamWriter Open(string path)
    {
        try
        {
            if (Force && File.Exists(path))
                File.SetAttributes(path, File.GetAttributes(path) & ~FileAttributes.ReadOnly);
            FileMode mode = Append ? FileMode.Append : NoClobber ? FileMode.CreateNew : FileMode.Create;
            return new StreamWriter(new FileStream(path, mode, FileAccess.Write, FileShare.Read), new UTF8Encoding(false));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(new ErrorRecord(exception, "FileOpenFailure", ErrorCategory.OpenError, path));
            throw;
        }
    }
}
