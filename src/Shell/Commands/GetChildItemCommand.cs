using System.Management.Automation;

namespace MonaLisa.Shell.Commands;

/// <summary>Lists files and folders.</summary>
[Cmdlet(VerbsCommon.Get, "ChildItem", DefaultParameterSetName = PathSet)]
[OutputType(typeof(FileInfo), typeof(DirectoryInfo))]
public sealed class GetChildItemCommand : PathCommand
{
    private WildcardPattern? _filter;

    /// <summary>Only names that match these wildcards.</summary>
    [Parameter(Position = 1)]
    public string? Filter { get; set; }

    /// <summary>Goes into folders.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Only files.</summary>
    [Parameter]
    public SwitchParameter File { get; set; }

    /// <summary>Only folders.</summary>
    [Parameter]
    public SwitchParameter Directory { get; set; }

    /// <summary>Hidden ones too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Only the names.</summary>
    [Parameter]
    public SwitchParameter Name { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() =>
        _filter = string.IsNullOrEmpty(Filter) ? null : WildcardPattern.Get(Filter, WildcardOptions.IgnoreCase);

    /// <inheritdoc/>
    protected override void Process(string path)
    {
        foreach (PSObject item in InvokeProvider.ChildItem.Get([path], Recurse, Force, IsLiteral))
        {
            if (!IsWanted(item))
                continue;
            if (Name)
                WriteObject(item.Properties["PSChildName"]?.Value);
            else
                WriteObject(item);
        }
    }

    private bool IsWanted(PSObject item)
    {
        bool container = LanguagePrimitives.IsTrue(item.Properties["PSIsContainer"]?.Value);
        if (File.IsPresent != Directory.IsPresent && File == container)
            return false;
        return _filter is null || _filter.IsMatch(item.Properties["PSChildName"]?.Value as string);
    }
}
