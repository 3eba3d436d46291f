using System.Management.Automation;
using MonaLisa.Shell.Hosting;

namespace MonaLisa.Shell.Commands;

/// <summary>Takes some of the objects, or some of their properties.</summary>
[Cmdlet(VerbsCommon.Select, "Object")]
public sealed class SelectObjectCommand : PSCmdlet
{
    private readonly Queue<PSObject> _last = new();
    private PropertyChoice[] _properties = [];
    private int _seen;
    private int _taken;

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Names, wildcards, script blocks or tables with Name and Expression.</summary>
    [Parameter(Position = 0)]
    public object[] Property { get; set; } = [];

    /// <summary>Writes the values of this property themselves.</summary>
    [Parameter]
    public string? ExpandProperty { get; set; }

    /// <summary>So many from the start; the commands before this one then stop.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? First { get; set; }

    /// <summary>So many from the end.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? Last { get; set; }

    /// <summary>Leaves out so many: from the end together with -Last, otherwise from the start.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Skip { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => _properties = [.. Property.Select(entry => new PropertyChoice(entry))];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null)
            return;
        if (First is null && Last is not null)
        {
            _last.Enqueue(InputObject);
            if (_last.Count > Last + Skip)
                _last.Dequeue();
            return;
        }

        if (_seen++ < Skip)
            return;
        if (First is null || _taken < First)
        {
            _taken++;
            WriteSelected(InputObject);
        }
        else if (Last is not null)
        {
            _last.Enqueue(InputObject);
            if (_last.Count > Last)
                _last.Dequeue();
        }

        if (_taken >= First && Last is null && EngineInternals.StopUpstream(this) is { } stop)
            throw stop;
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        int count = First is null ? _last.Count - Skip : _last.Count;
        foreach (PSObject item in _last.Take(Math.Max(0, count)))
            WriteSelected(item);
    }

    private void WriteSelected(PSObject item)
    {
        if (ExpandProperty is not null)
        {
            Expand(item, ExpandProperty);
            return;
        }

        if (_properties.Length == 0)
        {
            WriteObject(item);
            return;
        }

        var selected = new PSObject();
        foreach ((string name, object? value) in _properties.SelectMany(property => property.Of(item)))
        {
            if (selected.Properties[name] is null)
                selected.Properties.Add(new PSNoteProperty(name, value));
        }

        Type type = item.BaseObject is PSCustomObject ? typeof(PSCustomObject) : item.BaseObject.GetType();
        selected.TypeNames.Insert(0, "Selected." + type.FullName);
        WriteObject(selected);
    }

    private void Expand(PSObject item, string name)
    {
        if (item.Properties[name] is { } property)
        {
            WriteObject(property.Value, enumerateCollection: true);
            return;
        }

        WriteError(new ErrorRecord(
            new PSArgumentException($"The object has no property '{name}'. Get its names with: $object.PSObject.Properties.Name"),
            "ExpandPropertyNotFound",
            ErrorCategory.InvalidArgument,
            item));
    }
}
