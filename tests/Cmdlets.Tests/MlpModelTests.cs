using System.Management.Automation;
using MonaLisa.Engine;
using MonaLisa.PowerShell;

namespace MonaLisa.Cmdlets.Tests;

public sealed class MlpModelTests : Workspace, IClassFixture<SmallRun>
{
    private readonly TrainingRun _run;

    public MlpModelTests(SmallRun shared)
    {
        Picture("sources/a.png", 20, 10);
        _run = shared.Value;
    }

    [Theory]
    [InlineData("$run | Export-MlpModel a.safetensors")]
    [InlineData("Export-MlpModel a.safetensors $run")]
    [InlineData("Export-MlpModel -LiteralPath a.safetensors -Run $run")]
    [InlineData("[psobject]::AsPSObject($run) | Export-MlpModel a.safetensors")]
    public void A_run_is_saved_and_loaded_with_every_bit(string script)
    {
        Assert.Empty(Export(script).Output);

        Mlp network = Run("Import-MlpModel a.safetensors").Single<Mlp>();

        Assert.Equal(_run.Network.Layers[1].Weights, network.Layers[1].Weights);
        Assert.Equal(_run.Facts(), network.Training);
    }

    [Fact]
    public void A_network_without_its_run_is_saved_too()
    {
        Export("$run.Network | Export-MlpModel a.safetensors");
        Assert.Equal(_run.Facts(), Run("Import-MlpModel a.safetensors").Single<Mlp>().Training);
    }

    [Fact]
    public void A_loaded_network_knows_the_size_of_its_picture()
    {
        Export("$run | Export-MlpModel a.safetensors; Import-MlpModel a.safetensors | Export-GeneratedImage a.png -Scale 2");
        Export("$run | Export-GeneratedImage b.png -Scale 2");
        PixelDataset painted = PictureReader.Read(PathOf("a.png"));
        Assert.Equal((40, 20), (painted.Width, painted.Height));
        Assert.Equal(PictureReader.Read(PathOf("b.png")).Samples8, painted.Samples8);
    }

    [Fact]
    public void A_loaded_network_gives_its_picture_the_name_of_what_it_learned()
    {
        Export("$run | Export-MlpModel b.safetensors; Import-MlpModel b.safetensors | Export-GeneratedImage -Destination new");
        Assert.Equal(["a-painted.png"], Files("new"));
    }

    [Fact]
    public void Training_goes_on_from_a_loaded_network()
    {
        Export("$run | Export-MlpModel a.safetensors");
        TrainingRun more = Run(
            "New-PixelDataset sources/a.png | Invoke-MlpTraining -Network (Import-MlpModel a.safetensors) -Epoch 1").Single<TrainingRun>();
        Assert.Equal("2-8-3", more.Network.Shape);
    }

    [Theory]
    [InlineData("Half")]
    [InlineData("Int8")]
    public void The_loss_of_a_precision_is_told(string precision)
    {
        SessionResult result = Export($"$run | Export-MlpModel a.safetensors -Precision {precision} -Verbose -PassThru | ForEach-Object PsnrLost");
        double lost = result.Single<double>();
        Assert.InRange(lost, -1, 1);
        Assert.Contains(result.Verbose, line => line.Contains($"{precision}, ", StringComparison.Ordinal) && line.Contains(" dB lost", StringComparison.Ordinal));
        Assert.Equal(lost, Run("(Import-MlpModel a.safetensors).Training.PsnrLost").Single<double>());
    }

    [Fact]
    public void Without_a_picture_the_loss_is_not_measured()
    {
        SessionResult result = Export("$run.Network | Export-MlpModel a.safetensors -Precision Half -Verbose");
        Assert.Contains(result.Verbose, line => line.Contains("loss not measured", StringComparison.Ordinal));
    }

    [Fact]
    public void PassThru_gives_each_file()
    {
        FileInfo file = Export("$run | Export-MlpModel a.safetensors -PassThru").Single<FileInfo>();
        Assert.Equal(PathOf("a.safetensors"), file.FullName);
        Assert.Single(Run("$run | Export-MlpModel b.safetensors -PassThru | Import-MlpModel", ("run", _run)).All<Mlp>());
    }

    [Fact]
    public void Verbose_tells_what_was_loaded()
    {
        Export("$run | Export-MlpModel a.safetensors");
        SessionResult result = Run("Import-MlpModel a.safetensors -Verbose");
        Assert.Contains(result.Verbose, line => line.Contains("2-8-3 Sine", StringComparison.Ordinal));
        Assert.Contains(result.Verbose, line => line.Contains("a, 20 x 10", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("$run | Export-MlpModel small.mlpz")]
    [InlineData("$run | Export-MlpModel small.mlpz -Compress")]
    [InlineData("$run | Export-MlpModel small.mlpz -Format Compressed")]
    [InlineData("$run.Network | Export-MlpModel small.mlpz -Reference $run.Dataset")]
    [InlineData("$run | Export-MlpModel -Destination . -Compress; [IO.File]::Move(\"$PWD/a.mlpz\", \"$PWD/small.mlpz\")")]
    public void A_compressed_file_is_asked_for_by_switch_format_or_extension(string script)
    {
        Export(script);
        Mlp network = Run("Import-MlpModel small.mlpz").Single<Mlp>();
        Assert.Equal(_run.Network.Design, network.Design);
        Assert.InRange(network.StoredLength!.Value, 100, 1000);
    }

    [Theory]
    [InlineData("$run | Export-MlpModel a.safetensors -Compress", "has the extension of the format Safetensors, and -Compress")]
    [InlineData("$run | Export-MlpModel a.mlpz -Compress -Format Safetensors", "Leave one of them out")]
    [InlineData("$run | Export-MlpModel a.mlpz -Precision Half", "no choice of -Precision")]
    [InlineData("$run | Export-MlpModel a.safetensors -TargetPsnr 20", "Use the extension .mlpz")]
    [InlineData("$run | Export-MlpModel -Destination . -TargetPsnr 20", "Give -Format Compressed")]
    [InlineData("$run | Export-MlpModel a.safetensors -Reference $run.Dataset", "Use the extension .mlpz")]
    [InlineData("$run | Export-MlpModel a.mlpz -Reference $run.Dataset", "pipe the run's Network")]
    public void Options_that_contradict_each_other_are_an_error(string script, string part)
    {
        ErrorRecord error = Run(script, ("run", _run)).Error("InvalidOption", ErrorCategory.InvalidArgument);
        Assert.Contains(part, error.Exception.Message);
        Assert.Empty(Run("[IO.Directory]::GetFiles($PWD)").Output);
    }

    [Fact]
    public void A_compressed_network_without_its_picture_is_an_error()
    {
        Run("$run.Network | Export-MlpModel a.mlpz", ("run", _run)).Error("PictureMissing", ErrorCategory.InvalidData);
        Assert.Contains("has 1 channel.", Run(
            "$run.Network | Export-MlpModel a.mlpz -Reference ([MonaLisa.Engine.PixelDataset]::new('grey', 2, 1, [byte[]] (1, 2), $null, 1))",
            ("run", _run)).Error("PictureMissing", ErrorCategory.InvalidData).Exception.Message);
    }

    [Fact]
    public void A_compressed_network_is_measured_over_its_picture_at_any_size_and_over_no_other()
    {
        PixelDataset learned = _run.Dataset;
        Picture("larger.png", 3 * learned.Width, 3 * learned.Height);
        Picture("turned.png", learned.Height + 9, learned.Width);
        Run("$run.Network | Export-MlpModel a.mlpz -Reference larger.png", ("run", _run)).AssertNoErrors();
        Assert.Contains("has another shape", Run("$run.Network | Export-MlpModel b.mlpz -Reference turned.png", ("run", _run))
            .Error("PictureMissing", ErrorCategory.InvalidData).Exception.Message);
    }

    [Fact]
    public void Bits_a_pixel_are_those_of_the_file()
    {
        Export("$run | Export-MlpModel a.safetensors; $run | Export-MlpModel a.mlpz");
        foreach ((string script, string file) in ((string, string)[])
            [
                ("$run | Measure-GeneratedImage", "a.safetensors"),
                ("Import-MlpModel a.safetensors | Measure-GeneratedImage -Reference sources/a.png", "a.safetensors"),
                ("Import-MlpModel a.mlpz | Measure-GeneratedImage -Reference sources/a.png", "a.mlpz"),
            ])
        {
            long length = new FileInfo(PathOf(file)).Length;
            Assert.Equal(8.0 * length / 200, Run(script, ("run", _run)).Single<GeneratedImageQuality>().BitsPerPixel!.Value, 1e-9);
        }
        Assert.Null(Run("Measure-GeneratedImage sources/a.png sources/a.png").Single<GeneratedImageQuality>().BitsPerPixel);
    }

    [Fact]
    public void An_existing_file_is_kept_without_Force()
    {
        File.WriteAllText(PathOf("a.safetensors"), "precious");
        ErrorRecord error = Run("$run | Export-MlpModel a.safetensors", ("run", _run)).Error("FileExists", ErrorCategory.ResourceExists);
        Assert.Contains("-Force", error.Exception.Message);
        Assert.Equal("precious", File.ReadAllText(PathOf("a.safetensors")));
        Export("$run | Export-MlpModel a.safetensors -Force");
        Assert.Single(Run("Import-MlpModel a.safetensors").All<Mlp>());
        Assert.Equal(["a.safetensors"], Files());
    }

    [Theory]
    [InlineData("a.png")]
    [InlineData("a")]
    [InlineData("a.safetensors.bak")]
    public void Only_a_model_file_is_written(string name)
    {
        ErrorRecord error = Run($"$run | Export-MlpModel {name} -Force", ("run", _run)).Error("UnsupportedFormat", ErrorCategory.InvalidArgument);
        Assert.Contains(".safetensors", error.Exception.Message);
        Assert.Empty(Files());
    }

    [Theory]
    [InlineData("$run | Export-MlpModel a.onnx", "a.onnx")]
    [InlineData("$run | Export-MlpModel A.ONNX", "A.ONNX")]
    [InlineData("$run | Export-MlpModel a.onnx -Format Onnx", "a.onnx")]
    [InlineData("$run.Network | Export-MlpModel a.onnx", "a.onnx")]
    [InlineData("$run | Export-MlpModel -Destination . -Format Onnx", "a.onnx")]
    [InlineData("$run | Export-MlpModel ./ -Format Onnx", "a.onnx")]
    [InlineData("$run | Export-MlpModel a.safetensors -Format Safetensors -Precision Half", "a.safetensors")]
    public void The_extension_or_Format_tells_the_format(string script, string name)
    {
        SessionResult result = Export(script + " -PassThru -Verbose");

        Assert.Equal(PathOf(name), result.Single<FileInfo>().FullName);
        Assert.Equal([name], Files());
        byte[] bytes = File.ReadAllBytes(PathOf(name));
        bool isOnnx = name.EndsWith("onnx", StringComparison.OrdinalIgnoreCase);
        // An ONNX model begins with the version of its format; a model file has its header's length there.
        Assert.Equal(isOnnx, bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x08, 0x08]));
        Assert.Contains(result.Verbose, line => line.Contains(isOnnx ? "ONNX opset 17" : "Half, ", StringComparison.Ordinal));
    }

    [Fact]
    public void The_version_of_operators_of_an_ONNX_model_can_be_chosen()
    {
        SessionResult result = Export("$run | Export-MlpModel a.onnx -Opset 10 -Verbose");

        Assert.Contains(result.Verbose, line => line.Contains("ONNX opset 10", StringComparison.Ordinal));
        Assert.True(File.ReadAllBytes(PathOf("a.onnx")).AsSpan().StartsWith((ReadOnlySpan<byte>)[0x08, 0x05]));
    }

    [Theory]
    [InlineData("a.safetensors", "Use the extension .onnx, or leave -Opset out.")]
    [InlineData("a.html -Format Html", "Leave out -Format and use the extension .onnx, or leave -Opset out.")]
    [InlineData("-Destination . -Format Html", "Give -Format Onnx, or leave -Opset out.")]
    [InlineData("-Destination . -Compress", "Leave out -Compress and give -Format Onnx, or leave -Opset out.")]
    public void Opset_with_another_format_is_an_error(string target, string remedy)
    {
        ErrorRecord error = Run($"$run | Export-MlpModel {target} -Opset 10", ("run", _run)).Error("InvalidOption", ErrorCategory.InvalidArgument);
        Assert.EndsWith(remedy, error.Exception.Message);
        Assert.Empty(Files());
    }

    [Fact]
    public void An_ONNX_model_of_a_run_loses_nothing_and_of_a_network_what_it_had_lost()
    {
        Export("$run | Export-MlpModel half.safetensors -Precision Half");
        Assert.Equal(0.0, Export("($run | Export-MlpModel a.onnx -PassThru).PsnrLost").Single<double>());
        double lost = Run("(Import-MlpModel half.safetensors).Training.PsnrLost").Single<double>();
        Assert.Equal(lost, Export("(Import-MlpModel half.safetensors | Export-MlpModel b.onnx -PassThru).PsnrLost").Single<double>());
    }

    [Theory]
    [InlineData("a.safetensors", "Onnx", ".onnx")]
    [InlineData("a.onnx", "Safetensors", ".safetensors")]
    public void A_format_that_contradicts_the_extension_is_an_error(string name, string format, string remedy)
    {
        ErrorRecord error = Run($"$run | Export-MlpModel {name} -Format {format}", ("run", _run))
            .Error("InvalidOption", ErrorCategory.InvalidArgument);
        Assert.Contains(remedy, error.Exception.Message);
        Assert.Empty(Files());
    }

    [Fact]
    public void An_unknown_extension_with_a_format_is_an_error_that_names_the_right_one()
    {
        ErrorRecord error = Run("$run | Export-MlpModel a.bin -Format Onnx", ("run", _run))
            .Error("UnsupportedFormat", ErrorCategory.InvalidArgument);
        Assert.Contains(".onnx", error.Exception.Message);
        Assert.DoesNotContain(".safetensors", error.Exception.Message);
        Assert.Empty(Files());
    }

    [Theory]
    [InlineData("a.onnx -Precision Half")]
    [InlineData("a.onnx -Precision Single")]
    [InlineData("-Destination new -Format Onnx -Precision Int8")]
    public void Precision_is_an_error_where_the_format_has_no_choice(string arguments)
    {
        ErrorRecord error = Run($"$run | Export-MlpModel {arguments}", ("run", _run)).Error("InvalidOption", ErrorCategory.InvalidArgument);
        Assert.Contains("Onnx", error.Exception.Message);
        Assert.Contains("-Precision", error.Exception.Message);
        Assert.Empty(Files());
    }

    [Fact]
    public void An_ONNX_model_of_corner_coordinates_needs_the_run_and_one_bad_network_does_not_stop_the_others()
    {
        SessionResult result = Run(
            "(New-MlpNetwork -Preset MonaLisa2012), $run | Export-MlpModel -Destination new -Format Onnx -PassThru", ("run", _run));

        ErrorRecord error = result.Error("SizeUnknown", ErrorCategory.InvalidArgument);
        Assert.Contains("training run", error.Exception.Message);
        Assert.Equal(["a.onnx"], Files("new"));
    }

    [Fact]
    public void WhatIf_writes_nothing()
    {
        Assert.Empty(Export("$run | Export-MlpModel a.safetensors -WhatIf -PassThru; $run | Export-MlpModel -Destination new -WhatIf").Output);
        Assert.Empty(Files());
        Assert.False(Directory.Exists(PathOf("new")));
    }

    [Fact]
    public void Models_of_one_name_get_numbers_in_a_folder()
    {
        Export("$run, $run | Export-MlpModel -Destination new; New-MlpNetwork 4 | Export-MlpModel new/");
        Assert.Equal(["a-2.safetensors", "a.safetensors", "network.safetensors"], Files("new"));
    }

    [Fact]
    public void A_missing_folder_is_an_error() =>
        Run("$run | Export-MlpModel nowhere/a.safetensors", ("run", _run)).Error("FolderMissing", ErrorCategory.ObjectNotFound);

    [Fact]
    public void A_network_with_undefined_weights_is_not_saved()
    {
        Mlp network = _run.Network.Clone();
        network.Layers[0].Weights[0] = float.NaN;
        Run("$network | Export-MlpModel a.safetensors", ("network", network)).Error("NotFinite", ErrorCategory.InvalidData);
        Assert.Empty(Files());
    }

    [Fact]
    public void Other_objects_are_not_saved() =>
        Run("'a.png' | Export-MlpModel a.safetensors").Error("UnsupportedInput", ErrorCategory.InvalidType);

    [Fact]
    public void One_bad_file_does_not_stop_the_others()
    {
        Export("$run | Export-MlpModel a.safetensors; $run | Export-MlpModel 'c [1].safetensors'");
        byte[] whole = File.ReadAllBytes(PathOf("a.safetensors"));
        File.WriteAllBytes(PathOf("b.safetensors"), whole[..^1]);

        SessionResult result = Run("Import-MlpModel *.safetensors");

        ErrorRecord error = result.Error("Truncated", ErrorCategory.InvalidData);
        Assert.Equal(PathOf("b.safetensors"), error.TargetObject);
        Assert.Equal(2, result.Output.Count);
    }

    [Fact]
    public void Every_way_to_name_a_file_works()
    {
        Export("$run | Export-MlpModel 'c [1].safetensors'");
        Assert.Single(Run("Import-MlpModel -LiteralPath 'c [1].safetensors'").All<Mlp>());
        Assert.Single(Run("[IO.FileInfo]::new($folder + '/c [1].safetensors') | Import-MlpModel", ("folder", Folder)).All<Mlp>());
        Assert.Single(Run("'c*' | Import-MlpModel").All<Mlp>());
    }

    [Fact]
    public void Files_that_are_no_models_are_told_apart()
    {
        Run("Import-MlpModel sources/a.png").Error("NotSafetensors", ErrorCategory.InvalidData);
        Run("Import-MlpModel nothing.safetensors").Error("NotFound", ErrorCategory.ObjectNotFound);
        Run("Import-MlpModel sources").Error("IsFolder", ErrorCategory.InvalidType);
        Assert.Empty(Run("Import-MlpModel *.nothing").Output);
    }

    private SessionResult Export(string script)
    {
        SessionResult result = Run(script, ("run", _run));
        result.AssertNoErrors();
        return result;
    }
}
