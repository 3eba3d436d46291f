using System.Management.Automation;

namespace MonaLisa.Shell.Commands;

/// <summary>Says whether a path exists.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Path", DefaultParameterSetName = PathSet)]
[OutputType(typeof(bool))]
public sealed class TestPathCommand : PathCommand
{
    /// <summary>Any, or only a Container (a folder), or only a Leaf (a file).</summary>
    [Parameter]
    [ValidateSet("Any", "Container", "Leaf")]
    [Alias("Type")]
    public string PathType { get; set; } = "Any";

    /// <inheritdoc/>
    protected override void Process(string path) => WriteObject(Exists(path));

    private bool Exists(string path)
    {
        try
        {
            if (!InvokeProvider.Item.Exists(path, force: true, IsLiteral))
                return false;
            if (PathType == "Any")
                return true;
            bool wantsContainer = PathType == "Container";
            return InvokeProvider.Item.Get([path], force: true, IsLiteral)
                .Any(item => LanguagePrimitives.IsTrue(item.Properties["PSIsContainer"]?.Value) == wantsContainer);
        }
        catch (Exception exception) when (exception is ItemNotFoundException or System.Management.Automation.DriveNotFoundException)
        {
            return false;
        }
    }
}
