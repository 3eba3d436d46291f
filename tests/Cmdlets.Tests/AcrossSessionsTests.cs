using System.Management.Automation;
using System.Reflection;
using MonaLisa.Engine;

namespace MonaLisa.Cmdlets.Tests;

/// <summary>Objects on their way through CLIXML, as jobs, remote sessions and Export-Clixml send them.</summary>
public sealed class AcrossSessionsTests : Workspace, IClassFixture<WholeRun>
{
    private const string Serializer = "[System.Management.Automation.PSSerializer]";

    private readonly TrainingRun _run;

    public AcrossSessionsTests(WholeRun shared)
    {
        Picture("a.png", 20, 10);
        _run = shared.Value;
    }

    [Fact]
    public void A_run_comes_back_with_every_figure_weight_and_pixel()
    {
        TrainingRun back = Assert.IsType<TrainingRun>(Back("$run"));

        foreach (PropertyInfo property in typeof(TrainingRun).GetProperties())
            if (property.Name is not (nameof(TrainingRun.Network) or nameof(TrainingRun.Dataset)))
                Assert.Equivalent(property.GetValue(_run), property.GetValue(back), strict: true);
        Assert.Equal(_run.History, back.History);
        Assert.Equal(_run.Options, back.Options);
        Assert.Equal(_run.Network.Design, back.Network.Design);
        for (int i = 0; i < _run.Network.Layers.Count; i++)
        {
            Assert.Equal(_run.Network.Layers[i].Weights, back.Network.Layers[i].Weights);
            Assert.Equal(_run.Network.Layers[i].Biases, back.Network.Layers[i].Biases);
        }
        Assert.Equal(_run.Dataset.ToString(), back.Dataset.ToString());
        Assert.Equal(_run.Dataset.Samples8, back.Dataset.Samples8);
        Assert.Null(back.Dataset.Path);
    }

    [Fact]
    public void Every_choice_of_the_training_comes_back()
    {
        var options = new TrainingOptions
        {
            Epochs = 3, MaxTime = TimeSpan.FromSeconds(5), TargetPsnr = 40, TargetBitsPerPixel = 0.5,
            TargetSize = 20_000, TargetSsim = 0.875, BatchSize = 77, LearningRate = 0.125,
            Optimizer = Optimizer.Muon, Momentum = 0.5, Beta1 = 0.25, Beta2 = 0.75, Epsilon = 1e-5, WeightDecay = 0.01,
            Schedule = LearningRateSchedule.Constant, WarmUp = 0.1, GradientClip = 2, AverageDecay = 0.9, ScaleRateByFanIn = true,
            Loss = LossFunction.Huber, HuberDelta = 0.3, MeasureEachEpoch = true, Seed = -3, ThreadCount = 5,
            Sampling = PixelSampling.ErrorWeighted, Provider = ComputeProvider.Managed,
        };
        var usual = new TrainingOptions();
        // A property that is new must get a value above.
        Assert.All(typeof(TrainingOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite),
            property => Assert.NotEqual(property.GetValue(usual), property.GetValue(options)));

        Assert.Equal(options, Back("$options", ("options", options)));
        Assert.Equal(usual, Back("$options", ("options", usual)));
    }

    [Theory]
    [InlineData("Network", typeof(Mlp))]
    [InlineData("Dataset", typeof(PixelDataset))]
    [InlineData("Options", typeof(TrainingOptions))]
    [InlineData("History[1]", typeof(EpochRecord))]
    public void The_parts_of_a_run_come_back_too(string part, Type type) => Assert.IsType(type, Back("$run." + part));

    [Theory]
    [InlineData("@($run, 1)", "[0]")]
    [InlineData("@{ a = $run }", ".a")]
    [InlineData("[pscustomobject]@{ a = $run }", ".a")]
    [InlineData("@{ a = @($run, 2) }", ".a[0]")]
    public void What_is_nested_comes_back(string nested, string place) => Assert.Equal(typeof(TrainingRun).FullName,
        Run($"$back = {Serializer}::Deserialize({Serializer}::Serialize({nested}, 2)); $back{place}.GetType().FullName", ("run", _run))
            .Single<string>());

    [Theory]
    [InlineData("$run")]
    [InlineData("$run.Network")]
    public void The_picture_painted_is_the_same(string what)
    {
        Run($$"""
            {{what}} | Export-GeneratedImage before.png -Width 40 -Height 20
            {{Serializer}}::Deserialize({{Serializer}}::Serialize({{what}})) | Export-GeneratedImage after.png -Width 40 -Height 20
            """, ("run", _run)).AssertNoErrors();

        Assert.Equal(File.ReadAllBytes(PathOf("before.png")), File.ReadAllBytes(PathOf("after.png")));
    }

    [Fact]
    public void Rows_of_an_experiment_are_taken_for_their_runs()
    {
        SessionResult result = Run($$"""
            $rows = New-PixelDataset a.png | Invoke-MlpExperiment @{ HiddenLayer = '4', '8'; Epoch = 1 } -PassThru
            $text = {{Serializer}}::Serialize($rows)
            Remove-Module MonaLisa.PS
            $old = {{Serializer}}::Deserialize($text)
            Import-Module $module
            $back = {{Serializer}}::Deserialize($text)
            foreach ($given in $back, $old) {
                $given | Export-GeneratedImage { "painted-$($_.HiddenLayer).png" } -Force
                $given | Export-MlpModel -Destination models -Force
                $given | Export-TrainingPlot plot.svg -Force
                $given | Export-TrainingReport report.html -Force
                ($given | Measure-GeneratedImage).Count
            }
            Export-TrainingPlot $back[0]
            """, ("module", StagedModule.Manifest));
        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Contains("An object of type ExperimentRow is no path", error.Exception.Message);
        Assert.Equal([2, 2], result.Output);
        Assert.Equal(["painted-4.png", "painted-8.png"], Files().Where(name => name.StartsWith("painted", StringComparison.Ordinal)));
        Assert.Contains("HiddenLayer 8<", File.ReadAllText(PathOf("plot.svg")), StringComparison.Ordinal);

        result = Run($$"""
            $row = New-PixelDataset a.png | Invoke-MlpExperiment @{ HiddenLayer = '4'; Epoch = 1 }
            {{Serializer}}::Deserialize({{Serializer}}::Serialize($row)) | Export-GeneratedImage none.png
            """);
        Assert.Contains("-PassThru", result.Error("RunMissing", ErrorCategory.InvalidData).Exception.Message);
    }

    [Fact]
    public void What_came_before_the_module_was_loaded_is_made_again_where_it_is_needed()
    {
        SessionResult result = Run($$"""
            $text = {{Serializer}}::Serialize($run)
            Remove-Module MonaLisa.PS
            $bag = {{Serializer}}::Deserialize($text)
            $bag.psobject.TypeNames[0]
            Import-Module $module
            $bag | Export-GeneratedImage a.painted.png
            $bag.Network | Export-GeneratedImage b.painted.png -Width 20 -Height 10
            $bag | Export-MlpModel a.safetensors
            $bag | Measure-GeneratedImage | ForEach-Object PixelCount
            $bag | Measure-GeneratedImage -Reference $bag.Dataset | ForEach-Object PixelCount
            ($bag.Dataset | Invoke-MlpTraining -Network $bag.Network -Epoch 1).GetType().FullName
            ([MonaLisa.Engine.TrainingRun] $bag).GetType().FullName
            ([MonaLisa.Engine.Mlp] $bag.Network).Shape
            """, ("run", _run), ("module", StagedModule.Manifest));

        result.AssertNoErrors();
        Assert.Equal(
            [
                "Deserialized.MonaLisa.Engine.TrainingRun", 150, 50, 150, 50, typeof(TrainingRun).FullName!, typeof(TrainingRun).FullName!,
                "2-8-6-3",
            ],
            result.Output);
        Assert.Equal(File.ReadAllBytes(PathOf("a.painted.png")), File.ReadAllBytes(PathOf("b.painted.png")));
        Assert.Equal(_run.Network.Layers[0].Weights, ModelFile.Load(PathOf("a.safetensors"), cancellationToken: TestContext.Current.CancellationToken).Network.Layers[0].Weights);
    }

    [Theory]
    [InlineData("<Db N=\"Psnr\">[^<]*</Db>", "<S N=\"Psnr\">much</S>", "'Psnr'")]
    [InlineData("<Db N=\"Mae\">[^<]*</Db>", "", "'Mae'")]
    [InlineData("<I32 N=\"ThreadCount\">2</I32>", "<I32 N=\"ThreadCount\">-2</I32>", "ThreadCount")]
    [InlineData("<I32 N=\"ThreadCount\">2</I32>", "<I64 N=\"ThreadCount\">2</I64>", "'ThreadCount'")]
    [InlineData("<ToString>Epoch</ToString>", "<ToString>Boredom</ToString>", "'StopReason'")]
    [InlineData("<I32 N=\"BatchSize\">[0-9]*</I32>", "<I32 N=\"BatchSize\">0</I32>", "BatchSize")]
    [InlineData("<I32 N=\"Width\">20</I32>", "<I32 N=\"Width\">30000</I32>", "bytes")]
    [InlineData("<BA N=\"SerializedModel\">[^<]*</BA>", "<Nil N=\"SerializedModel\" />", "'SerializedModel'")]
    [InlineData("<BA N=\"SerializedModel\">[^<]*</BA>", "<BA N=\"SerializedModel\">AAAA</BA>", "safetensors")]
    [InlineData("<BA N=\"SerializedPixels\">[^<]*</BA>", "<BA N=\"SerializedPixels\">AAAA</BA>", "packed picture")]
    [InlineData("<S N=\"Provider\">[^<]*</S>", "<S N=\"Provider\">_x001B_[2J</S>", "'Provider'")]
    [InlineData("<S N=\"Provider\">[^<]*</S>", "<S N=\"Provider\">a\u202eb</S>", "'Provider'")]
    [InlineData("<T>MonaLisa.Engine.Mlp</T>", "<T>System.IO.FileInfo</T>", "'Network'")]
    public void What_was_changed_on_its_way_is_refused(string pattern, string replacement, string message)
    {
        SessionResult result = Run($$"""
            $text = {{Serializer}}::Serialize($run) -replace $pattern, $replacement
            {{Serializer}}::Deserialize($text) | Export-GeneratedImage a.painted.png
            """, ("run", _run with { ThreadCount = 2 }), ("pattern", pattern), ("replacement", replacement));

        ErrorRecord error = result.Error("InvalidObject", ErrorCategory.InvalidData);
        Assert.Contains(message, error.Exception.Message);
        Assert.Contains("from another session", error.Exception.Message);
        Assert.Equal(["a.png"], Files());
    }

    [Fact]
    public void Outputs_and_channels_must_agree()
    {
        Run($$"""
            $other = New-MlpNetwork 4 -OutputCount 1
            $theirs, $ours = $run.Network, $other | ForEach-Object { [Convert]::ToBase64String($_.SerializedModel) }
            {{Serializer}}::Deserialize({{Serializer}}::Serialize($run).Replace($theirs, $ours)) | Measure-GeneratedImage
            """, ("run", _run)).Error("InvalidObject", ErrorCategory.InvalidData);
    }

    [Fact]
    public void A_property_that_runs_a_script_is_not_read()
    {
        SessionResult result = Run("""
            $bag = [pscustomobject]@{ PSTypeName = 'Deserialized.MonaLisa.Engine.Mlp' }
            $bag.psobject.Properties.Add([psscriptproperty]::new('SerializedModel', { $global:ran = $true; , [byte[]] (1, 2) }))
            $global:ran = $false
            $bag | Export-GeneratedImage a.painted.png -Width 2 -Height 2
            $global:ran
            """);

        result.Error("InvalidObject", ErrorCategory.InvalidData);
        Assert.Equal([false], result.Output);
    }

    [Fact]
    public void A_network_with_undefined_weights_says_so_when_it_is_needed()
    {
        Mlp network = _run.Network.Clone();
        network.Layers[0].Weights[0] = float.NaN;
        const string Back = $"{Serializer}::Deserialize({Serializer}::Serialize($network))";
        Run(Back + " | Export-GeneratedImage a.painted.png -Width 2 -Height 2", ("network", network))
            .Error("InvalidObject", ErrorCategory.InvalidData);
    }

    [Fact]
    public void No_path_is_carried() =>
        Assert.DoesNotContain(Path.GetDirectoryName(_run.Dataset.Path)!, Run($"{Serializer}::Serialize($run)", ("run", _run)).Single<string>());

    [Fact]
    public void Nor_is_that_of_a_run_s_snapshots_or_of_a_row_s_model()
    {
        SessionResult result = Run($$"""
            $kept = $run.Dataset | Invoke-MlpTraining -HiddenLayer 4 -Epoch 1 -SnapshotPath a.snapshots -CheckpointPath a.checkpoint
            $failed = $withFailure
            $row = $run.Dataset | Invoke-MlpExperiment @{ HiddenLayer = 4; Epoch = 1 } -ModelDestination models -PassThru
            $texts = $kept, $failed, $row | ForEach-Object { {{Serializer}}::Serialize($_) }
            $back = {{Serializer}}::Deserialize($texts[2])
            $kept.SnapshotPath, $row.Model, $back.Model, $back.HiddenLayer, $back.Psnr.Equals($row.Psnr), $back.Run.GetType().FullName
            $texts
            """, ("run", _run), ("withFailure", _run with { CheckpointFailure = new ModelFileException(ModelFileProblem.WriteFailed, Folder, Folder) }));
        result.AssertNoErrors();
        string model = Assert.Single(Files("models"));
        Assert.Equal(
            [PathOf("a.snapshots"), Path.Combine(Folder, "models", model), model, "4", true, typeof(TrainingRun).FullName!], result.Output.Take(6));
        Assert.All(result.Output.Skip(6), text => Assert.DoesNotContain(Path.GetFileName(Folder), (string)text));
    }

    [Fact]
    public void No_file_that_is_written_has_the_path_of_its_picture_or_folder()
    {
        Run("""
            $run = New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 4 -Epoch 1 -SnapshotPath a.snapshots -CheckpointPath a.checkpoint
            '.png', '.jpg', '.webp', '.tif', '.avif' | ForEach-Object { $run | Export-GeneratedImage "painted$_" }
            '.safetensors', '.onnx', '.html', '.glsl' | ForEach-Object { $run | Export-MlpModel "model$_" }
            $run | Export-MlpModel small.mlpz -Compress -TargetPsnr 1
            $run | Export-TrainingReport report.html
            '.svg', '.png' | ForEach-Object { $run | Export-TrainingPlot "plot$_" }
            $run | Export-TrainingAnimation film.webp
            $run | Export-ErrorMap errors.png
            $run.Dataset.Save('copy.png')
            $null = $run.Dataset | Invoke-MlpExperiment @{ HiddenLayer = 4; Epoch = 1 } -ModelDestination . -Path results.jsonl
            """).AssertNoErrors();
        string name = Path.GetFileName(Folder);
        Assert.True(Files().Length > 18);
        Assert.All(Files(), file =>
        {
            byte[] content = File.ReadAllBytes(PathOf(file));
            Assert.Equal(-1, content.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(name)));
            Assert.Equal(-1, content.AsSpan().IndexOf(System.Text.Encoding.Unicode.GetBytes(name)));
        });
    }

    private object Back(string what, params (string Name, object? Value)[] variables)
    {
        SessionResult result = Run($"{Serializer}::Deserialize({Serializer}::Serialize({what}))", [("run", _run), .. variables]);
        result.AssertNoErrors();
        return Assert.Single(result.Output);
    }
}
