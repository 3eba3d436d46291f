using System.Globalization;
using System.Management.Automation;

namespace MonaLisa.Shell.Commands;

/// <summary>Sorts objects by themselves or by properties; equal ones keep their order.</summary>
[Cmdlet("Sort", "Object")]
public sealed class SortObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _items = [];

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Names, script blocks or tables with Expression and Descending.</summary>
    [Parameter(Position = 0)]
    public object[] Property { get; set; } = [];

    /// <summary>Largest first.</summary>
    [Parameter]
    public SwitchParameter Descending { get; set; }

    /// <summary>Leaves out objects equal to the one before.</summary>
    [Parameter]
    public SwitchParameter Unique { get; set; }

    /// <summary>Upper and lower case differ.</summary>
    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is not null)
            _items.Add(InputObject);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        PropertyChoice[] properties = [.. Property.Select(entry => new PropertyChoice(entry))];
        bool[] descending = properties.Length == 0
            ? [Descending]
            : [.. properties.Select(property => Descending || property.Descending)];
        var comparer = Comparer<object?[]>.Create((left, right) => Compare(left, right, descending));

        (PSObject Item, object?[] Keys)? before = null;
        var keyed = _items.Select(item => (Item: item, Keys: Keys(item, properties)));
        foreach ((PSObject Item, object?[] Keys) entry in keyed.OrderBy(pair => pair.Keys, comparer))
        {
            if (!Unique || before is null || comparer.Compare(before.Value.Keys, entry.Keys) != 0)
                WriteObject(entry.Item);
            before = entry;
        }
    }

    private static object?[] Keys(PSObject item, PropertyChoice[] properties) =>
        properties.Length == 0
            ? [item.BaseObject]
            : [.. properties.Select(property => property.Of(item).Select(found => found.Value).FirstOrDefault())];

    private int Compare(object?[] left, object?[] right, bool[] descending)
    {
        for (int i = 0; i < left.Length; i++)
        {
            int order = Compare(left[i], right[i]);
            if (order != 0)
                return descending[i] ? -order : order;
        }

        return 0;
    }

    private int Compare(object? left, object? right)
    {
        if (LanguagePrimitives.TryCompare(left, right, !CaseSensitive, CultureInfo.CurrentCulture, out int order))
            return order;
        StringComparison comparison = CaseSensitive ? StringComparison.CurrentCulture : StringComparison.CurrentCultureIgnoreCase;
        return string.Compare(left?.ToString(), right?.ToString(), comparison);
    }
}
