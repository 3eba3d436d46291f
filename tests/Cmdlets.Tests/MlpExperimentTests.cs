using System.Globalization;
using System.Management.Automation;
using MonaLisa.Engine;
using MonaLisa.PowerShell;

using Host = System.Management.Automation.PowerShell;

namespace MonaLisa.Cmdlets.Tests;

public sealed class MlpExperimentTests : Workspace
{
    private const string Grid = "@{ HiddenLayer = (4, 4), (8, 8); Activation = 'Sine', 'relu'; Epoch = 2 }";

    public MlpExperimentTests() => Picture("a.png");

    [Fact]
    public void Every_combination_runs_with_every_seed_and_gives_a_flat_row()
    {
        IReadOnlyList<PSObject> rows = Rows($"$picture | Invoke-MlpExperiment {Grid} -Repeat 2 -Seed 7");
        Assert.Equal(
            ["Sine 4,4 7", "Sine 8,8 7", "ReLU 4,4 7", "ReLU 8,8 7", "Sine 4,4 8", "Sine 8,8 8", "ReLU 4,4 8", "ReLU 8,8 8"],
            rows.Select(row => $"{Value(row, "Activation")} {Value(row, "HiddenLayer")} {Value(row, "Seed")}"));
        Assert.Equal("Activation Sine; HiddenLayer 4,4", Value(rows[0], "Setting"));
        Assert.Equal(["2-4-4-3", 47L, 36L, "Epoch", 2L], ((string[])["Shape", "ParameterCount", "WeightCount", "StopReason", "Epoch"]).Select(name => Value(rows[0], name)));
        foreach (PSObject row in rows)
        {
            Assert.All(row.Properties, property => Assert.True(property.Value is null or string or int or long or double or bool, property.Name));
            Assert.DoesNotContain(row.Properties, property => property.Name == "Run");
            Assert.InRange((double)Value(row, "Psnr")!, 1, 60);
            Assert.InRange((double)Value(row, "Ssim")!, -1, 1);
        }
    }

    [Fact]
    public void A_network_that_enlarges_has_no_similarity_to_the_picture_that_it_gives_back()
    {
        Picture("b.png", 48, 40);
        SessionResult result = Run("""
            $rows = New-PixelDataset b.png | Invoke-MlpExperiment @{ Encoding = 'Neighborhood', 'None'; Epoch = 1 }
            $rows.Ssim.Count, ($null -eq $rows[0].Ssim), [double]::IsFinite($rows[0].Psnr)
            ($rows | Measure-MlpExperiment).Ssim.Count
            """);
        result.AssertNoErrors();
        Assert.Empty(result.Warnings);
        Assert.Equal([2, true, true, 2], result.Output);
    }

    [Fact]
    public void A_run_is_the_one_that_the_commands_give_by_themselves()
    {
        PSObject row = Assert.Single(Rows("$picture | Invoke-MlpExperiment @{ Depth = 2; ParameterBudget = 200; Activation = 'Tanh'; Epoch = 3; LearningRate = 0.01 } -Seed 5"));
        TrainingRun run = Run("""
            $network = $picture | New-MlpNetwork -Depth 2 -ParameterBudget 200 -Activation Tanh -Seed 5
            $picture | Invoke-MlpTraining -Network $network -Epoch 3 -LearningRate 0.01 -Seed 5
            """).Single<TrainingRun>();
        Assert.Equal(run.Psnr, Value(row, "Psnr"));
        Assert.Equal(run.Mae, Value(row, "Mae"));
        Assert.Equal(Run("($run | Measure-GeneratedImage).Ssim", ("run", run)).Output[0], Value(row, "Ssim"));
    }

    [Fact]
    public void An_ordered_table_goes_in_its_order_and_several_tables_give_each_run_once()
    {
        Assert.Equal(
            ["0.1 1", "0.1 2", "0.01 1", "0.01 2"],
            Rows("$picture | Invoke-MlpExperiment ([ordered] @{ LearningRate = 0.1, 0.01; Epoch = 1, 2; HiddenLayer = 4 })").Select(row => $"{Value(row, "LearningRate")} {Value(row, "Epoch")}"));
        Assert.Equal(
            ["Epoch 1", "Epoch 2", "Epoch 1; LearningRate 0.1"],
            Rows("$picture | Invoke-MlpExperiment @{ HiddenLayer = 4; Epoch = 1 }, @{ HiddenLayer = , 4; epoch = '1', 2 }, @{ HiddenLayer = 4; Epoch = 1; LearningRate = 0.1 }").Select(row => Value(row, "Setting")));
    }

    [Fact]
    public void A_plain_list_is_one_value_of_a_setting_that_takes_a_list() => Assert.Equal(
        "2-4-5-6-3", Value(Assert.Single(Rows("$picture | Invoke-MlpExperiment @{ HiddenLayer = 4, 5, 6; Epoch = 1 }")), "Shape"));

    [Fact]
    public void Values_may_be_written_as_for_the_parameters() => Assert.Equal(
        ["2-4-4-3 0.5 4,4", "2-4-4-4-3 0.5 4,4,4"],
        Rows("$picture | Invoke-MlpExperiment @{ HiddenLayer = '2x4', '3x4'; Epoch = 1; MaxTime = '500ms' }")
            .Select(row => FormattableString.Invariant($"{Value(row, "Shape")} {Value(row, "MaxTime")} {Value(row, "HiddenLayer")}")));

    [Fact]
    public void Twenty_four_runs_broken_off_go_on_where_they_were()
    {
        const string Experiment = "$picture | Invoke-MlpExperiment @{ HiddenLayer = (4, 4), (8, 8); Activation = 'Sine', 'ReLU'; LearningRate = 1e-3, 1e-2; Epoch = 1 } -Repeat 3 -Path results.jsonl";
        Run($"$picture = New-PixelDataset a.png; $count = 0; foreach ($once in 1) {{ {Experiment} | ForEach-Object {{ if (++$count -eq 11) {{ break }} }} }}").AssertNoErrors();
        string[] before = File.ReadAllLines(PathOf("results.jsonl"));
        Assert.Equal(11, before.Length);
        // The twelfth was being written when the power failed.
        File.AppendAllText(PathOf("results.jsonl"), before[3][..(before[3].Length / 2)]);

        Assert.Equal(24, Rows(Experiment).Count);
        string[] after = File.ReadAllLines(PathOf("results.jsonl"));
        Assert.Equal(before, after[..11]);
        Assert.Equal(24, after.Length);
        Assert.Equal(24, after.Select(line => line.Split("\"Key\":\"")[1][..32]).Distinct().Count());

        // And once more, nothing runs: the rows are those of the file.
        IReadOnlyList<PSObject> rows = Rows(Experiment);
        Assert.Equal(after, File.ReadAllLines(PathOf("results.jsonl")));
        Assert.Equal(24, rows.Count);
        Assert.Equal(32, Rows(Experiment.Replace("-Repeat 3", "-Repeat 4", StringComparison.Ordinal)).Count);
        Assert.Equal(32, File.ReadAllLines(PathOf("results.jsonl")).Length);
    }

    [Theory]
    [InlineData("@{ Activaton = 'Sine' }", "There is no setting Activaton")]
    [InlineData("@{ Activation = 'Sine', 'Cosine' }", "Activation cannot be 'Cosine'")]
    [InlineData("@{ LearningRate = 0.1, 'fast' }", "LearningRate cannot be 'fast'")]
    [InlineData("@{ LearningRate = 0.1, -1 }", "'LearningRate -1' does not work")]
    [InlineData("@{ Activation = 'Identity' }", "Activation cannot be 'Identity'")]
    [InlineData("@{ Encoding = 'Grid', 'Fourier'; GridLevel = 4 }", "'Encoding Fourier' does not work")]
    [InlineData("@{ HuberDelta = 0.1 }", "'HuberDelta 0.1' does not work")]
    [InlineData("@{ Depth = 2 }", "Depth and ParameterBudget belong together")]
    [InlineData("@{ Depth = 2; ParameterBudget = 2000; HiddenLayer = 8 }", "Leave out HiddenLayer or Depth.")]
    [InlineData("@{ Preset = 'MonaLisa2012'; Omega = 3 }", "Leave out Omega or Preset.")]
    [InlineData("@{ Preset = 'MonaLisa2012'; Depth = 2; ParameterBudget = 2000 }", "or Preset.")]
    [InlineData("@{ Denoise = $true; GridLevel = 3 }", "Leave out GridLevel or Denoise.")]
    [InlineData("@{ HiddenLayer = 'many' }", "HiddenLayer cannot be 'many'")]
    [InlineData("@{ MaxTime = 10, 'soon' }", "MaxTime cannot be 'soon'")]
    [InlineData("@{ Seed = 1, 2 }", "-Seed")]
    [InlineData("@{ CheckpointPath = 'x' }", "CheckpointPath is no setting")]
    [InlineData("@{ Epoch = @() }", "Epoch has no value")]
    [InlineData("@{ Epoch = $null }", "Epoch has the value null")]
    public void A_bad_setting_is_named_before_anything_runs(string table, string expected)
    {
        ErrorRecord error = Run($"$picture = New-PixelDataset a.png; $picture | Invoke-MlpExperiment {table} -Path results.jsonl").Error("InvalidSetting", ErrorCategory.InvalidArgument);
        Assert.Contains(expected, error.Exception.Message);
        Assert.Equal(["a.png"], Files());
    }

    [Fact]
    public void A_network_that_does_not_fit_the_picture_keeps_its_other_runs_from_beginning()
    {
        SessionResult result = Run("New-PixelDataset a.png | Invoke-MlpExperiment @{ Depth = 1, 300; ParameterBudget = 5000; Epoch = 1 } -Path results.jsonl");
        Assert.Contains("Depth 300", result.Error("InvalidOption", ErrorCategory.InvalidArgument).Exception.Message);
        Assert.Empty(result.Output);
        Assert.Equal(["a.png"], Files());
    }

    [Fact]
    public void A_run_that_diverges_is_an_error_and_a_row_and_the_next_goes_on()
    {
        const string Experiment = "$picture | Invoke-MlpExperiment @{ HiddenLayer = 8; Optimizer = 'Sgd'; LearningRate = 1000, 0.01; BatchSize = 16; Epoch = 50; Schedule = 'Constant' } -Path results.jsonl";
        SessionResult result = Run($"$picture = New-PixelDataset a.png; {Experiment}");
        Assert.Contains("LearningRate 1000, seed 2012", result.Error("TrainingDiverged", ErrorCategory.InvalidResult).Exception.Message);
        Assert.Equal(["Diverged", "Epoch"], result.Output.Cast<ExperimentRow>().Select(row => row.StopReason));
        Assert.Null(((ExperimentRow)result.Output[0]).Psnr);
        // It would diverge again.
        Assert.Equal(2, Run(Experiment).All<ExperimentRow>().Count);
    }

    [Fact]
    public void WhatIf_shows_the_runs_and_gives_what_the_file_has()
    {
        Run("$picture = New-PixelDataset a.png; $picture | Invoke-MlpExperiment @{ HiddenLayer = 4; Epoch = 1 } -Path results.jsonl").AssertNoErrors();
        string before = File.ReadAllText(PathOf("results.jsonl"));
        Assert.Single(Rows("$picture | Invoke-MlpExperiment @{ HiddenLayer = 4; Epoch = 1, 2 } -Path results.jsonl -WhatIf"));
        Assert.Equal(before, File.ReadAllText(PathOf("results.jsonl")));
        Assert.Empty(Rows("$picture | Invoke-MlpExperiment @{ HiddenLayer = 4; Epoch = 1 } -Path other.jsonl -ModelDestination models -WhatIf"));
        Assert.Equal(["a.png", "results.jsonl"], Files());
        Assert.Empty(Directory.GetDirectories(Folder));
    }

    [Fact]
    public void Force_runs_everything_again()
    {
        const string Experiment = "$picture | Invoke-MlpExperiment @{ HiddenLayer = 4; Epoch = 1 } -Path results.jsonl";
        Rows(Experiment);
        Assert.NotNull(Value(Assert.Single(Rows(Experiment + " -Force -PassThru")), "Run"));
        Assert.Single(File.ReadAllLines(PathOf("results.jsonl")));
    }

    [Fact]
    public void A_file_of_something_else_is_an_error_and_stays()
    {
        File.WriteAllText(PathOf("notes.txt"), "hello");
        Run("New-PixelDataset a.png | Invoke-MlpExperiment @{ Epoch = 1 } -Path notes.txt").Error("NotAnExperiment", ErrorCategory.InvalidData);
        Assert.Equal("hello", File.ReadAllText(PathOf("notes.txt")));
        Run("New-PixelDataset a.png | Invoke-MlpExperiment @{ Epoch = 1 } -Path .").Error("IsFolder", ErrorCategory.InvalidType);
    }

    [Fact]
    public void Rows_lead_to_their_runs_and_their_models()
    {
        IReadOnlyList<PSObject> rows = Rows(
            "$picture | Invoke-MlpExperiment @{ HiddenLayer = (, 4), (, 8); Epoch = 2 } -PassThru -ModelDestination models -Path results.jsonl");
        foreach (PSObject row in rows)
        {
            var run = Assert.IsType<TrainingRun>(row.Properties["Run"].Value);
            Mlp loaded = Run("Import-MlpModel -LiteralPath $file", ("file", Value(row, "Model"))).Single<Mlp>();
            Assert.Equal(run.Network.Layers[0].Weights, loaded.Layers[0].Weights);
        }
        Assert.Equal(2, Files("models").Length);
        Run("$rows | Export-TrainingPlot plot.svg; $rows | ForEach-Object Run | Export-GeneratedImage -Destination painted", ("rows", rows)).AssertNoErrors();
        Assert.Equal(2, Files("painted").Length);
        Assert.Contains("HiddenLayer 4<", File.ReadAllText(PathOf("plot.svg")), StringComparison.Ordinal);

        // From the file the figures come, but no run; and a model that is gone is told.
        File.Delete((string)Value(rows[0], "Model")!);
        SessionResult again = Run(
            "$picture | Invoke-MlpExperiment @{ HiddenLayer = (, 4), (, 8); Epoch = 2 } -PassThru -ModelDestination models -Path results.jsonl | Export-TrainingPlot other.svg");
        Assert.Equal(["NothingToPlot", "NothingToPlot"], again.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Contains("no model file any more of 1 run ", Assert.Single(again.Warnings));
    }

    [Fact]
    public void A_run_whose_model_cannot_be_saved_is_an_error_and_a_row_and_is_not_run_again()
    {
        // No file system has such a name.
        const string Experiment = "$picture = [MonaLisa.Engine.PixelDataset]::new('a' * 300, 4, 4, [byte[]]::new(48))\n" +
            "$picture | Invoke-MlpExperiment @{ HiddenLayer = 4; Epoch = 1 } -Path results.jsonl -ModelDestination models";
        Run($"{Experiment} -ErrorAction Stop").Error("WriteFailed", ErrorCategory.WriteError);
        Assert.Single(File.ReadAllLines(PathOf("results.jsonl")));
        SessionResult result = Run($"{Experiment} -Force");
        Assert.Contains("has no model", result.Error("WriteFailed", ErrorCategory.WriteError).Exception.Message);
        Assert.Null(Assert.IsType<ExperimentRow>(Assert.Single(result.Output)).Model);
        Assert.Empty(result.Warnings);
        Assert.Single(File.ReadAllLines(PathOf("results.jsonl")));
        result = Run($"{Experiment} -PassThru -Verbose");
        Assert.Null(result.Single<ExperimentRow>().Model);
        Assert.DoesNotContain(result.Verbose, line => line.StartsWith("Picture:", StringComparison.Ordinal));
        Assert.Contains("no model file any more of 1 run ", Assert.Single(result.Warnings));
    }

    [Fact]
    public void A_folder_for_models_that_cannot_be_made_ends_the_experiment_before_its_first_run()
    {
        File.WriteAllText(PathOf("file"), "");
        SessionResult result = Run("New-PixelDataset a.png | Invoke-MlpExperiment @{ HiddenLayer = 4; Epoch = 1, 2 } -ModelDestination file -Verbose");
        Assert.Contains("file", Assert.Single(result.Errors).Exception.Message);
        Assert.Empty(result.Output);
        Assert.DoesNotContain(result.Verbose, line => line.StartsWith("Picture:", StringComparison.Ordinal));
    }

    [Fact]
    public void The_file_names_models_without_their_folder()
    {
        const string Experiment = "$picture | Invoke-MlpExperiment @{ HiddenLayer = 4; Epoch = 1 } -Path results.jsonl";
        Rows(Experiment + " -ModelDestination models");
        string model = Assert.Single(Files("models"));
        string line = File.ReadAllText(PathOf("results.jsonl"));
        Assert.Contains($"\"Model\":\"{model}\"", line);
        Assert.DoesNotContain(Folder.Replace("\\", "\\\\", StringComparison.Ordinal), line);
        Assert.Null(Value(Assert.Single(Rows(Experiment)), "Model"));
        // Moved as a whole, it is still found: beside the file, or where the user says.
        Directory.Move(PathOf("models"), PathOf("moved"));
        Assert.Equal(PathOf($"moved/{model}"), Value(Assert.Single(Rows(Experiment + " -ModelDestination moved")), "Model"));
        File.Move(PathOf("results.jsonl"), PathOf("moved/results.jsonl"));
        PSObject row = Assert.Single(Rows(Experiment.Replace("results", "moved/results", StringComparison.Ordinal)));
        Assert.Equal(Path.Combine(Folder, "moved", model), Value(row, "Model"));
    }

    [Theory]
    [InlineData("\"Psnr\":99,\"psobject\":1,\"psbase\":1,\"psadapted\":1,\"psextended\":1,\"pstypenames\":1,\"PSComputerName\":1,\"Ssim\":1,\"GetType\":1", null)]
    [InlineData("\"\":1", "setting ''")]
    [InlineData("\"\\u001b[2J\":1", "setting '?[2J'")]
    [InlineData("\"epoch\":1", "setting epoch twice")]
    public void Settings_that_a_stranger_wrote_into_the_file_do_not_get_into_rows(string settings, string? expected)
    {
        const string Experiment = "$picture | Invoke-MlpExperiment @{ HiddenLayer = 4; Epoch = 1 } -Path results.jsonl";
        PSObject before = Assert.Single(Rows(Experiment));
        string line = File.ReadAllText(PathOf("results.jsonl"));
        File.WriteAllText(PathOf("results.jsonl"), line.Replace("\"Epoch\":1", "\"Epoch\":1," + settings, StringComparison.Ordinal));
        if (expected is not null)
        {
            string message = Run("New-PixelDataset a.png | Invoke-MlpExperiment @{ Epoch = 1 } -Path results.jsonl").Error("NotAnExperiment", ErrorCategory.InvalidData).Exception.Message;
            Assert.Contains(expected, message);
            Assert.Contains("-Force", message);
            return;
        }
        PSObject after = Assert.Single(Rows(Experiment));
        Assert.Equal(before.Properties.Select(property => (property.Name, property.Value)), after.Properties.Select(property => (property.Name, property.Value)));
    }

    [Fact]
    public void Rows_that_a_stranger_made_are_summed_up_without_their_other_properties()
    {
        string[] names = ["PsnrSpread", "Runs", "Params", "psComputerName", "RunspaceId", "a\u001b[2J", " ", "Model", "GetType", "PSStandardMembers"];
        var row = new PSObject();
        foreach ((string name, object value) in ((string, object)[])
            [("Picture", "\u001b[2Jp"), ("Setting", "a\nb"), ("StopReason", "Epoch"), ("Psnr", 20.0), ("Activation", "\u202eSine"), .. names.Select(name => (name, (object)"x"))])
            row.Properties.Add(new PSNoteProperty(name, value));
        SessionResult result = Run("$summary = $row | Measure-MlpExperiment; $summary, $summary.Activation, $summary.Runs", ("row", row));
        var summary = Assert.IsType<ExperimentSummary>(result.Output[0]);
        Assert.Equal(("_[2Jp", "a_b", 1, 20.0), (summary.Picture, summary.Setting, summary.Runs, summary.Psnr));
        Assert.Equal(["_Sine", 1], result.Output.Skip(1));

        row.Properties["Psnr"].Value = new System.Collections.Hashtable();
        Run("$row | Measure-MlpExperiment", ("row", row)).Error("InvalidObject", ErrorCategory.InvalidData);
    }

    [Fact]
    public void Held_out_pixels_have_figures_of_their_own()
    {
        PSObject row = Assert.Single(Rows("New-PixelDataset a.png -HoldOut 0.2 | Invoke-MlpExperiment @{ HiddenLayer = 4; Epoch = 2 }"));
        Assert.NotNull(Value(row, "HeldOutPsnr"));
        Assert.NotEqual(Value(row, "Psnr"), Value(row, "HeldOutPsnr"));
        Assert.NotNull(Value(row, "HeldOutMae"));
    }

    [Fact]
    public void The_summary_is_over_the_seeds_also_from_texts()
    {
        IReadOnlyList<PSObject> rows = Rows($"$picture | Invoke-MlpExperiment {Grid} -Repeat 3");
        IReadOnlyList<ExperimentSummary> summaries = Run("$rows | Measure-MlpExperiment", ("rows", rows)).All<ExperimentSummary>();
        Assert.Equal(4, summaries.Count);
        double[] psnrs = [.. rows.Where(row => (string)Value(row, "Setting")! == summaries[0].Setting).Select(row => (double)Value(row, "Psnr")!)];
        Assert.Equal((3, 0), (summaries[0].Runs, summaries[0].Diverged));
        Assert.Equal(psnrs.Average(), summaries[0].Psnr!.Value, 9);
        Assert.Equal(Math.Sqrt(psnrs.Sum(value => Math.Pow(value - psnrs.Average(), 2)) / 2), summaries[0].PsnrSpread!.Value, 9);

        // As Import-Csv would give them.
        PSObject[] texts = [.. rows.Select(row =>
        {
            var text = new PSObject();
            foreach (PSPropertyInfo property in row.Properties)
                text.Properties.Add(new PSNoteProperty(property.Name, FormattableString.Invariant($"{property.Value}")));
            return text;
        })];
        Assert.Equal(summaries, Run("$rows | Measure-MlpExperiment", ("rows", texts)).All<ExperimentSummary>());
        Assert.Equal("Sine", Run("($rows | Measure-MlpExperiment)[0].Activation", ("rows", rows)).Output[0]);
        Run("1 | Measure-MlpExperiment").Error("UnsupportedInput", ErrorCategory.InvalidType);
    }

    [Fact]
    public void Rows_from_another_session_are_grouped_as_they_were()
    {
        IReadOnlyList<PSObject> rows = Rows("$picture | Invoke-MlpExperiment @{ HiddenLayer = '4', '8'; Epoch = 1 } -Repeat 3 -ModelDestination models");
        const string Serializer = "[System.Management.Automation.PSSerializer]";
        IReadOnlyList<ExperimentSummary> summaries =
            Run($"{Serializer}::Deserialize({Serializer}::Serialize($rows)) | Measure-MlpExperiment", ("rows", rows)).All<ExperimentSummary>();
        Assert.Equal(Run("$rows | Measure-MlpExperiment", ("rows", rows)).All<ExperimentSummary>(), summaries);
    }

    [Fact]
    public void Figures_may_be_written_as_in_the_sessions_culture()
    {
        IReadOnlyList<PSObject> rows = Rows("$picture | Invoke-MlpExperiment @{ HiddenLayer = 4; Epoch = 1 } -Repeat 2");
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        comma.NumberFormat.NumberGroupSeparator = ".";
        PSObject[] texts = [.. rows.Select(row =>
        {
            var text = new PSObject();
            foreach (PSPropertyInfo property in row.Properties)
                text.Properties.Add(new PSNoteProperty(property.Name, Convert.ToString(property.Value, comma)));
            return text;
        })];
        const string Measure = "[cultureinfo]::CurrentCulture = $culture; $rows | Measure-MlpExperiment";
        ExperimentSummary summary = Run(Measure, ("rows", rows), ("culture", comma)).Single<ExperimentSummary>();
        Assert.Equal(summary, Run(Measure, ("rows", texts), ("culture", comma)).Single<ExperimentSummary>());

        string message = Run(Measure, ("rows", texts), ("culture", CultureInfo.InvariantCulture))
            .Error("InvalidObject", ErrorCategory.InvalidData).Exception.Message;
        Assert.Contains($"seed 2012, of the picture 'a' has '{texts[0].Properties["Psnr"].Value}' as Psnr", message);
        Assert.Contains("[cultureinfo]::CurrentCulture", message);
    }

    [Fact]
    public void Progress_of_runs_is_under_that_of_the_experiment()
    {
        SessionResult result = Run("New-PixelDataset a.png | Invoke-MlpExperiment @{ HiddenLayer = 8; MaxTime = 0.3 } -Repeat 2");
        ProgressRecord[] whole = [.. result.Progress.Where(record => record.Activity == "Experiment on a")];
        Assert.Equal(["run 1 of 2: HiddenLayer 8; MaxTime 0.3, seed 2012", "run 2 of 2: HiddenLayer 8; MaxTime 0.3, seed 2013"], whole.Select(record => record.StatusDescription).Distinct());
        int id = Assert.Single(whole.Select(record => record.ActivityId).Distinct());
        Assert.All(result.Progress.Where(record => record.Activity == "Learning a"), record => Assert.Equal(id, record.ParentActivityId));
        Assert.Contains(result.Progress, record => record.Activity == "Learning a");
        foreach (IGrouping<int, ProgressRecord> activity in result.Progress.GroupBy(record => record.ActivityId))
            Assert.Equal(ProgressRecordType.Completed, activity.Last().RecordType);
    }

    [Fact]
    public void Verbose_text_is_that_of_the_runs()
    {
        Assert.Contains(Run("New-PixelDataset a.png | Invoke-MlpExperiment @{ HiddenLayer = 8; Epoch = 1 } -Verbose").Verbose, line => line.StartsWith("Epoch 1: ", StringComparison.Ordinal));
        Assert.Empty(Run("New-PixelDataset a.png | Invoke-MlpExperiment @{ HiddenLayer = 8; Epoch = 1 }").Verbose);
    }

    [Fact]
    public async Task It_ends_when_the_pipeline_is_stopped_and_what_was_finished_is_kept()
    {
        using Host shell = Session.Prepare("New-PixelDataset a.png | Invoke-MlpExperiment @{ HiddenLayer = 8; MaxTime = 0.1, 36000 } -Path results.jsonl");
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bool isSecond = false;
        shell.Streams.Progress.DataAdded += (_, added) =>
        {
            ProgressRecord record = shell.Streams.Progress[added.Index];
            isSecond |= record.StatusDescription.StartsWith("run 2", StringComparison.Ordinal);
            if (isSecond && record.Activity == "Learning a")
                second.TrySetResult();
        };
        Task<PSDataCollection<PSObject>> invocation = shell.InvokeAsync();
        await Task.WhenAny(second.Task, invocation);
        Assert.False(invocation.IsCompleted, "It ended before it could be stopped.");
        shell.Stop();
        await Assert.ThrowsAsync<PipelineStoppedException>(() => invocation);
        Assert.Single(File.ReadAllLines(PathOf("results.jsonl")));
        // The file is free again.
        Run("New-PixelDataset a.png | Invoke-MlpExperiment @{ HiddenLayer = 8; Epoch = 1 } -Path results.jsonl").AssertNoErrors();
    }

    private IReadOnlyList<PSObject> Rows(string script)
    {
        using Host shell = Session.Prepare("$picture = New-PixelDataset a.png\n" + script);
        PSObject[] rows = [.. shell.Invoke()];
        Assert.Empty(shell.Streams.Error);
        return rows;
    }

    private static object? Value(PSObject row, string name) => row.Properties[name].Value;
}
