using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>
/// A finished run of an experiment, all simple values; each of its settings is a property too, which <see cref="Of"/> adds.
/// </summary>
public sealed class ExperimentRow
{
    private readonly ExperimentRecord _record;

    private ExperimentRow(ExperimentRecord record, string setting, TrainingRun? run) =>
        (_record, Setting, TrainingRun) = (record, setting, run);

    /// <summary>The picture's short name.</summary>
    public string Picture => _record.Picture;

    /// <summary>The settings that differ within the experiment, in one text.</summary>
    public string Setting { get; }

    /// <summary>Seed of the weights and of the shuffling.</summary>
    public int Seed => _record.Seed;

    /// <summary>PSNR in dB over the training pixels; null for a run that diverged.</summary>
    public double? Psnr => _record.Psnr;

    /// <summary>PSNR in dB over the held-out pixels; null where there are none.</summary>
    public double? HeldOutPsnr => _record.HeldOutPsnr;

    /// <summary>Mean absolute error over the training pixels.</summary>
    public double? Mae => _record.Mae;

    /// <summary>Mean absolute error over the held-out pixels; null where there are none.</summary>
    public double? HeldOutMae => _record.HeldOutMae;

    /// <summary>Structural similarity over the training pixels; null for a network that enlarges, which gives its picture back as it is.</summary>
    public double? Ssim => _record.Ssim;

    /// <summary>The network's shape, such as 2-64-64-3.</summary>
    public string? Shape => _record.Shape;

    /// <summary>Weights and biases.</summary>
    public long? ParameterCount => _record.ParameterCount;

    /// <summary>Weights without biases.</summary>
    public long? WeightCount => _record.WeightCount;

    /// <summary>Epochs, the last perhaps cut short.</summary>
    public int? Epochs => _record.Epochs;

    /// <summary>Training time in seconds, measuring not counted.</summary>
    public double? Seconds => _record.Seconds;

    /// <summary>Pixels learned from a second.</summary>
    public double? PixelsPerSecond => _record.PixelsPerSecond;

    /// <summary>Why the run ended: Epoch, MaxTime, TargetPsnr or Diverged.</summary>
    public string StopReason => _record.StopReason;

    /// <summary>The model file that the network was saved to, or null.</summary>
    public string? Model => _record.Model;

    /// <summary>The run, if it was requested. Not a public property, so that files get figures only.</summary>
    internal TrainingRun? TrainingRun { get; }

    /// <summary>What is wrong with a row without its run where one is needed, and what to do.</summary>
    internal string RunMissing => $"The row '{Setting}', seed {Seed}, has no run. Rows have their runs after Invoke-MlpExperiment " +
        "-PassThru, and those that were finished before or diverged have none.";

    /// <summary>The hidden property Run of a row: the training run, with -PassThru.</summary>
    public static object? Run(PSObject row) => (row.BaseObject as ExperimentRow)?.TrainingRun;

    /// <summary>The hidden property ModelName of a row: the model file without its folder, which is what goes to another session.</summary>
    public static string? ModelName(PSObject row) => Path.GetFileName((row.BaseObject as ExperimentRow)?.Model);

    /// <summary>Makes a row from another session again: its run, and what it is called. Its figures are in the bag.</summary>
    internal static ExperimentRow From(PropertyBag bag) => new(
        new ExperimentRecord
        {
            Key = "",
            Picture = bag.Text(nameof(Picture)),
            Settings = new Dictionary<string, object>(),
            Seed = bag.Int32(nameof(Seed)),
            StopReason = bag.Text(nameof(StopReason)),
        },
        bag.LongText(nameof(Setting)), (TrainingRun?)bag.Find(nameof(Run), typeof(TrainingRun)));

    /// <summary>Makes the row of a run, with its settings as properties.</summary>
    /// <param name="record">What is kept of the run.</param>
    /// <param name="setting">The settings that differ, in one text.</param>
    /// <param name="run">The run, or null.</param>
    internal static PSObject Of(ExperimentRecord record, string setting, TrainingRun? run)
    {
        var row = new PSObject(new ExperimentRow(record, setting, run));
        SettingProperties.Add(row, record.Settings);
        return row;
    }
}
