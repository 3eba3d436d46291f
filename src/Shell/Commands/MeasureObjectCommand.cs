using System.Globalization;
using System.Management.Automation;

namespace MonaLisa.Shell.Commands;

/// <summary>Counts objects and sums up a property.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Object")]
public sealed class MeasureObjectCommand : PSCmdlet
{
    private readonly List<double> _values = [];
    private int _count;

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The property to measure; the objects themselves without it.</summary>
    [Parameter(Position = 0)]
    public string? Property { get; set; }

    /// <summary>Gives the sum.</summary>
    [Parameter]
    public SwitchParameter Sum { get; set; }

    /// <summary>Gives the average.</summary>
    [Parameter]
    public SwitchParameter Average { get; set; }

    /// <summary>Gives the smallest.</summary>
    [Parameter]
    public SwitchParameter Minimum { get; set; }

    /// <summary>Gives the largest.</summary>
    [Parameter]
    public SwitchParameter Maximum { get; set; }

    private bool NeedsValues => Sum || Average || Minimum || Maximum;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        object? value = Property is null ? InputObject : InputObject?.Properties[Property]?.Value;
        if (value is null)
            return;
        _count++;
        if (!NeedsValues)
            return;
        if (LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out double number))
        {
            _values.Add(number);
            return;
        }

        WriteError(new ErrorRecord(
            new PSInvalidCastException(
                $"'{value}' is not a number. Name a property that holds numbers, or only count, without -Sum, -Average, -Minimum " +
                "and -Maximum."),
            "NonNumericInputObject",
            ErrorCategory.InvalidType,
            InputObject));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var result = new PSObject();
        Add(result, "Count", _count);
        Add(result, "Average", Average && _values.Count > 0 ? _values.Average() : null);
        Add(result, "Sum", Sum && _values.Count > 0 ? _values.Sum() : null);
        Add(result, "Maximum", Maximum && _values.Count > 0 ? _values.Max() : null);
        Add(result, "Minimum", Minimum && _values.Count > 0 ? _values.Min() : null);
        Add(result, "Property", Property);
        WriteObject(result);
    }

    private static void Add(PSObject result, string name, object? value) => result.Properties.Add(new PSNoteProperty(name, value));
}
