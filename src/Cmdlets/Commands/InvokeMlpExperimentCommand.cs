using System.Collections;
using System.Management.Automation;
using MonaLisa.Engine;
using MonaLisa.Engine.Platform;

namespace MonaLisa.PowerShell;

/// <summary>Trains a network for every combination of some settings, and gives a row of figures for each.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "MlpExperiment", SupportsShouldProcess = true)]
[OutputType(typeof(ExperimentRow))]
public sealed class InvokeMlpExperimentCommand : StoppableCommand
{
    private readonly NestedCommand _nested;
    private readonly ExperimentRunner _runner;
    private PixelDataset _picture = null!;
    private ExperimentGrid _grid = null!;
    private ExperimentJournal? _journal;
    private string? _modelFolder, _modelsBeside;

    /// <summary>Makes the command.</summary>
    public InvokeMlpExperimentCommand() => _runner = new ExperimentRunner(_nested = new NestedCommand(this));

    /// <summary>The settings: a table of names and values, or several tables.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public IDictionary[] Setting { get; set; } = [];

    /// <summary>The pictures to learn.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Alias("Dataset")]
    public object[] InputObject { get; set; } = [];

    /// <summary>Runs of each combination, each with its own seed.</summary>
    [Parameter]
    [Single]
    [ValidateRange(1, 10_000)]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    public Count Repeat { get; set; } = new(1);

    /// <summary>The first seed; the next repeat has the next one.</summary>
    [Parameter]
    public int? Seed { get; set; } = MlpDesign.DefaultSeed;

    /// <summary>The file that keeps every finished run; what is in it is not run again.</summary>
    [Parameter]
    [Alias("LiteralPath", "FilePath")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The folder that each network is saved to, made if it does not exist.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ModelDestination { get; set; }

    /// <summary>Runs everything again, and replaces the file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives each row its training run, as a hidden property Run.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private int FirstSeed => Seed ?? MlpDesign.DefaultSeed;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if ((long)FirstSeed + Repeat - 1 > int.MaxValue)
            Refuse($"The seeds from {Seed} on do not suffice for {Repeat} repeats.", FirstSeed);
        Require(default, () =>
        {
            try
            {
                _grid = ExperimentGrid.Of(Setting);
            }
            catch (ArgumentException exception)
            {
                throw InvalidSetting(exception);
            }
            foreach (ExperimentSetting setting in _grid.Settings)
                try
                {
                    _runner.Check(setting, FirstSeed);
                }
                catch (NestedCommandException exception)
                {
                    throw InvalidSetting(new ArgumentException(
                        $"The setting '{_grid.TextOf(setting)}' does not work: {exception.Message}", exception.Cause));
                }
        });
        Require(default, () =>
        {
            _modelFolder = ModelDestination is null ? null : FileOf(ModelDestination);
            string? file = Path is null ? null : FileOf(Path);
            _journal = file is null ? null : new ExperimentJournal(file, Force);
            // A file that was written with its models beside it may be read without -ModelDestination.
            _modelsBeside = System.IO.Path.GetDirectoryName(file);
        });
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (object item in InputObject)
            if (Try(new ErrorContext(item), () => _picture = Pictures.Require(item)))
                RunAll();
    }

    private void RunAll()
    {
        foreach (ExperimentSetting setting in _grid.Settings)
            try
            {
                _runner.Check(_picture, setting, FirstSeed);
            }
            catch (NestedCommandException exception)
            {
                WriteError(ErrorOf(
                    exception, $"No run of '{_picture.Name}' was started, because '{_grid.TextOf(setting)}' does not work", _picture));
                return;
            }
        var activity = new ProgressActivity(WriteProgress, $"Experiment on {_picture.Name}");
        _nested.Activity = activity;
        try
        {
            RunAll(activity);
        }
        finally
        {
            activity.Complete();
        }
    }

    /// <summary>Releases the file, however the pipeline ended.</summary>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _journal?.Dispose();
    }

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        _nested.Stop();
        base.StopProcessing();
    }

    private void RunAll(ProgressActivity activity)
    {
        var keys = new ExperimentKey(_picture);
        int count = _grid.Settings.Count * Repeat, number = 0, withoutModel = 0;
        // Every combination runs once before any runs twice, so an interrupted experiment has compared all of them.
        for (int repeat = 0; repeat < Repeat; repeat++)
            foreach (ExperimentSetting setting in _grid.Settings)
            {
                int seed = FirstSeed + repeat;
                string text = _grid.TextOf(setting), key = keys.Of(setting.Simple, seed);
                activity.Show($"run {++number} of {count}: {text}, seed {seed}", (number - 1.0) / count);
                TrainingRun? run = null;
                ExperimentRecord? finished = null;
                Require(default, () => finished = _journal?.Find(key));
                if ((finished ?? RunOne(setting, seed, key, text, out run)) is not ExperimentRecord record)
                    continue;
                string? model = ModelOf(record);
                // What was not saved just now is told already.
                if (_modelFolder is not null && run is null && record.StopReason != ExperimentRecord.Diverged && !File.Exists(model))
                    withoutModel++;
                // What the settings are is known here, whatever the file says.
                record = record with { Settings = setting.Simple, Seed = seed, Model = model };
                WriteObject(ExperimentRow.Of(record, text, PassThru ? run : null));
            }
        if (withoutModel > 0)
            WriteWarning($"There is no model file any more of {Counted.Text(withoutModel, "run")} finished before. -Force runs everything again.");
    }

    private ExperimentRecord? RunOne(ExperimentSetting setting, int seed, string key, string text, out TrainingRun? run)
    {
        run = null;
        if (!ShouldProcess($"{_picture.Name}: {text}, seed {seed}", "Train a network"))
            return null;
        ExperimentRecord? finished = null;
        Require(default, () =>
        {
            _journal?.BeginWriting();
            // Another process may have written the file since it was read.
            finished = _journal?.Find(key);
            if (finished is null && _modelFolder is not null)
                ModelTarget(_modelFolder, key).PrepareFolder();
        });
        if (finished is not null)
            return finished;
        var record = new ExperimentRecord
        {
            Key = key, Picture = ShortName.Of(_picture.Name), Settings = setting.Simple, Seed = seed, StopReason = ExperimentRecord.Diverged,
        };
        string what = $"'{_picture.Name}' with {text}, seed {seed}";
        try
        {
            run = _runner.Train(_picture, setting, seed);
            record = Finished(record, run, _runner.Similarity(run));
        }
        catch (NestedCommandException exception)
        {
            WriteError(ErrorOf(exception, what, _picture));
            // That it diverges is the run's result, and the next time would be the same.
            if (exception.Cause is not TrainingDivergedException)
                return null;
        }
        ErrorRecord? unsaved = null;
        if (run is not null && _modelFolder is not null)
        {
            (string? model, unsaved) = SaveModel(run, ModelTarget(_modelFolder, key), what);
            record = record with { Model = model };
        }
        TrainingRun? ended = run;
        Require(default, () => Keep(record, ExperimentRow.Of(record, text, PassThru ? ended : null)));
        // Where an error ends the pipeline, the run is kept before.
        if (unsaved is not null)
            WriteError(unsaved);
        return record;
    }

    // Where the file cannot be written, the experiment ends, but not without the run that has just ended.
    private void Keep(ExperimentRecord record, PSObject row)
    {
        bool wasRemoved;
        try
        {
            wasRemoved = _journal?.Add(record) == true;
        }
        catch (ModelFileException)
        {
            WriteObject(row);
            throw;
        }
        if (wasRemoved)
            WriteWarning("The experiment's file was removed meanwhile, and was written again with all its runs.");
    }

    private static ExperimentRecord Finished(ExperimentRecord record, TrainingRun run, double? similarity) => record with
    {
        Psnr = run.Psnr,
        HeldOutPsnr = run.HeldOutPsnr,
        Mae = run.Mae,
        HeldOutMae = run.HeldOutMae,
        Ssim = similarity,
        Shape = run.Network.Shape,
        ParameterCount = run.Network.ParameterCount,
        WeightCount = run.Network.WeightCount,
        Epochs = run.Epochs,
        Seconds = run.Elapsed.TotalSeconds,
        PixelsPerSecond = run.PixelsPerSecond,
        StopReason = run.StopReason.ToString(),
    };

    // A run whose model cannot be saved is finished all the same.
    private (string? Model, ErrorRecord? Error) SaveModel(TrainingRun run, ExportTarget target, string what)
    {
        string file = target.NextFile(_picture.Name, _picture.Name, out _);
        try
        {
            target.PrepareFolder();
            _runner.Save(run, file);
            return (System.IO.Path.GetFileName(file), null);
        }
        catch (CommandException exception)
        {
            return (null, exception.ErrorRecord);
        }
        catch (NestedCommandException exception)
        {
            return (null, ErrorOf(exception, $"{what}, has no model", _picture));
        }
    }

    private static ExportTarget ModelTarget(string folder, string key) =>
        new(folder, isFolder: true, new ExportEnding(ExperimentRecord.ModelSuffix(key), ModelFile.Extension));

    // The file has names alone. Without -ModelDestination only a model that lies beside it is found.
    private string? ModelOf(ExperimentRecord record)
    {
        if (record.Model is null || (_modelFolder ?? _modelsBeside) is not string folder)
            return null;
        string file = System.IO.Path.Join(folder, record.Model);
        return _modelFolder is not null || File.Exists(file) ? file : null;
    }

    private string FileOf(string path) => ExportTarget.RequireName(FileResolver.Target(this, path));

    private CommandException InvalidSetting(ArgumentException exception) =>
        new(new ErrorRecord(exception, ErrorIds.InvalidSetting, ErrorCategory.InvalidArgument, Setting));

    private static ErrorRecord ErrorOf(NestedCommandException exception, string what, object target) =>
        CommandErrors.Of(exception.ErrorId, exception.Category, target, $"{what}: {exception.Message}", exception.Cause);
}
