using System.Management.Automation;

namespace MonaLisa.Shell.Commands;

/// <summary>Gives the full paths that a path stands for.</summary>
[Cmdlet(VerbsDiagnostic.Resolve, "Path", DefaultParameterSetName = PathSet)]
[OutputType(typeof(PathInfo), typeof(string))]
public sealed class ResolvePathCommand : PathCommand
{
    /// <summary>Gives strings relative to the current folder.</summary>
    [Parameter]
    public SwitchParameter Relative { get; set; }

    /// <inheritdoc/>
    protected override void Process(string path)
    {
        string pattern = IsLiteral ? WildcardPattern.Escape(path) : path;
        foreach (PathInfo found in SessionState.Path.GetResolvedPSPathFromPSPath(pattern))
        {
            if (!Relative)
            {
                WriteObject(found);
                continue;
            }

            string relative = SessionState.Path.NormalizeRelativePath(found.Path, SessionState.Path.CurrentLocation.Path);
            bool outside = relative.StartsWith('.') || System.IO.Path.IsPathRooted(relative);
            WriteObject(outside ? relative : System.IO.Path.Combine(".", relative));
        }
    }
}
