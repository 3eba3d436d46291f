using System.Globalization;
using System.Management.Automation;
using MonaLisa.Engine;
using MonaLisa.Engine.Platform;

namespace MonaLisa.PowerShell;

/// <summary>Gives mean and spread over the seeds for each setting of an experiment.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "MlpExperiment")]
[OutputType(typeof(ExperimentSummary))]
public sealed class MeasureMlpExperimentCommand : StoppableCommand
{
    private readonly OrderedDictionary<string, List<PSObject>> _groups = [];

    /// <summary>Rows from Invoke-MlpExperiment, or what Import-Csv or ConvertFrom-Json made of them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Rehydration.Live(InputObject) is TrainingRun)
        {
            WriteError(CommandErrors.UnsupportedInput(InputObject, "A row of Invoke-MlpExperiment", " Measure a run with Measure-GeneratedImage."));
            return;
        }
        if (InputObject.Properties[nameof(ExperimentRow.StopReason)] is null || InputObject.Properties[nameof(ExperimentRow.Psnr)] is null)
        {
            WriteError(CommandErrors.UnsupportedInput(InputObject, "A row of Invoke-MlpExperiment"));
            return;
        }
        string key = string.Join('\n', SettingProperties.Of(InputObject)
            .Select(setting => string.Create(CultureInfo.InvariantCulture, $"{setting.Key}={setting.Value}"))
            .Prepend(Text(InputObject, nameof(ExperimentRow.Picture)) ?? ""));
        if (!_groups.TryGetValue(key, out List<PSObject>? rows))
            _groups.Add(key, rows = []);
        rows.Add(InputObject);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (List<PSObject> rows in _groups.Values)
            Try(default, () => WriteObject(SummaryOf(rows)));
    }

    private static PSObject SummaryOf(List<PSObject> rows)
    {
        PSObject first = rows[0];
        PSObject[] whole = [.. rows.Where(row => Text(row, nameof(ExperimentRow.StopReason)) != ExperimentRecord.Diverged)];
        KeyValuePair<string, object>[] settings = [.. SettingProperties.Of(first)];
        Spread Of(string name) => Spread.Of([.. whole.Select(row => Number(row, name)).OfType<double>()]);
        Spread psnr = Of(nameof(ExperimentRow.Psnr)), heldOut = Of(nameof(ExperimentRow.HeldOutPsnr));
        Spread mae = Of(nameof(ExperimentRow.Mae)), ssim = Of(nameof(ExperimentRow.Ssim));
        var summary = new PSObject(new ExperimentSummary
        {
            Picture = PlainText.Of(Text(first, nameof(ExperimentRow.Picture)) ?? ""),
            Setting = PlainText.Of(SettingOf(first)),
            Runs = rows.Count,
            Diverged = rows.Count - whole.Length,
            Psnr = psnr.Mean,
            PsnrSpread = psnr.Deviation,
            HeldOutPsnr = heldOut.Mean,
            HeldOutPsnrSpread = heldOut.Deviation,
            Mae = mae.Mean,
            MaeSpread = mae.Deviation,
            Ssim = ssim.Mean,
            SsimSpread = ssim.Deviation,
            ParameterCount = Of(nameof(ExperimentRow.ParameterCount)).Mean,
            Epochs = Of(nameof(ExperimentRow.Epochs)).Mean,
            Seconds = Of(nameof(ExperimentRow.Seconds)).Mean,
            PixelsPerSecond = Of(nameof(ExperimentRow.PixelsPerSecond)).Mean,
        });
        SettingProperties.Add(summary, settings);
        return summary;
    }

    private static double? Number(PSObject row, string name)
    {
        object? value = row.Properties[name]?.Value;
        try
        {
            return value switch
            {
                null or "" => null,
                // Export-Csv writes numbers as the session's culture does.
                string text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                    ? number : double.Parse(text, NumberStyles.Float, CultureInfo.CurrentCulture),
                _ => Convert.ToDouble(value, CultureInfo.InvariantCulture),
            };
        }
        catch (Exception exception) when (exception is FormatException or InvalidCastException or OverflowException)
        {
            throw new CommandException(ErrorIds.InvalidObject, ErrorCategory.InvalidData, row,
                $"The row '{SettingOf(row)}', seed {Text(row, nameof(ExperimentRow.Seed))}, of the picture '{Text(row, nameof(ExperimentRow.Picture))}' has " +
                $"'{Text(row, name)}' as {name}, which is no number here. Write it with a decimal point, or " +
                "first choose the culture in which it was written, such as [cultureinfo]::CurrentCulture = 'de-DE'.", exception);
        }
    }

    private static string SettingOf(PSObject row) => Text(row, nameof(ExperimentRow.Setting)) ?? ExperimentSetting.TextOf(SettingProperties.Of(row));

    private static string? Text(PSObject row, string name) =>
        row.Properties[name]?.Value is object value ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;
}
