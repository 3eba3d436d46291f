using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.Cmdlets.Tests;

public sealed class ExportGeneratedImageTests : Workspace, IClassFixture<SmallRun>
{
    private readonly TrainingRun _run;

    public ExportGeneratedImageTests(SmallRun shared)
    {
        Picture("sources/a.png", 20, 10);
        _run = shared.Value;
    }

    [Theory]
    [InlineData("$run | Export-GeneratedImage out.png")]
    [InlineData("Export-GeneratedImage out.png $run")]
    [InlineData("Export-GeneratedImage -Path out.png -InputObject $run")]
    [InlineData("Export-GeneratedImage -LiteralPath out.png -InputObject $run")]
    [InlineData("[psobject]::AsPSObject($run) | Export-GeneratedImage out.png")]
    public void A_run_is_painted_at_its_own_size(string script)
    {
        Assert.Empty(Export(script).Output);
        Assert.Equal((20, 10, 8), Read("out.png"));
    }

    [Theory]
    [InlineData("png")]
    [InlineData("jpg")]
    [InlineData("jpeg")]
    [InlineData("webp")]
    [InlineData("tif")]
    [InlineData("tiff")]
    [InlineData("avif")]
    [InlineData("PNG")]
    public void The_extension_chooses_the_format(string extension)
    {
        Export($"$run | Export-GeneratedImage out.{extension} -Width 32 -Height 32");
        Assert.Equal((32, 32, 8), Read($"out.{extension}"));
    }

    [Theory]
    [InlineData("-Quality 50", "InvalidOption", "use -Format Jpg, Webp or Avif.", "use .jpg, .webp or .avif.", "png")]
    [InlineData("-BitDepth 16", "UnsupportedBitDepth", "Use -Format Png or Tif,", "Use .png or .tif,", "jpg")]
    [InlineData("-Width 65501 -Height 1", "TooLarge", "Use -Format Png or Tif,", "Use .png or .tif,", "jpg")]
    public void Other_formats_are_named_as_they_are_asked_for(string arguments, string id, string inFolder, string ofFile, string format)
    {
        Assert.Contains(inFolder, MessageOf($"$run | Export-GeneratedImage -Destination . -Format {format} {arguments}"));
        Assert.Contains(ofFile, MessageOf($"$run | Export-GeneratedImage out.{format} {arguments}"));

        string MessageOf(string script)
        {
            ErrorRecord error = Assert.Single(Run(script, ("run", _run)).Errors);
            Assert.StartsWith(id + ",", error.FullyQualifiedErrorId);
            return error.Exception.Message;
        }
    }

    [Theory]
    [InlineData("-Width 40", 40, 20)]
    [InlineData("-Height 40", 80, 40)]
    [InlineData("-Width 7 -Height 9", 7, 9)]
    [InlineData("-Scale 3", 60, 30)]
    [InlineData("-Scale 0.5", 10, 5)]
    [InlineData("-Scale 0.001", 1, 1)]
    public void The_size_follows_the_parameters(string arguments, int width, int height)
    {
        Export($"$run | Export-GeneratedImage out.png {arguments}");
        Assert.Equal((width, height, 8), Read("out.png"));
    }

    [Theory]
    [InlineData("-Region 2, 1, 10, 5", 10, 5)]
    [InlineData("-Region 2, 1, 10, 5 -Scale 3", 30, 15)]
    [InlineData("-Region 2, 1, 10, 5 -Width 40", 40, 20)]
    [InlineData("-Region 2, 1, 10, 5 -Height 40", 80, 40)]
    [InlineData("-Region 2, 1, 10, 5 -Width 7 -Height 9", 7, 9)]
    [InlineData("-Region 0.5, 0.25, 2.5, 1.25 -Scale 4", 10, 5)]
    [InlineData("-Region 19.9, 9.9, 0.1, 0.1", 1, 1)]
    [InlineData("-Region @(0, 0, 20, 10)", 20, 10)]
    public void The_size_follows_the_region(string arguments, int width, int height)
    {
        Export($"$run | Export-GeneratedImage out.png {arguments}");
        Assert.Equal((width, height, 8), Read("out.png"));
    }

    [Fact]
    public void A_region_is_painted_as_the_same_part_of_the_whole()
    {
        Export("$run | Export-GeneratedImage whole.png -Scale 4; $run | Export-GeneratedImage part.png -Region 5, 2.5, 8, 6 -Scale 4");
        PixelDataset whole = Run("New-PixelDataset whole.png").Single<PixelDataset>(), part = Run("New-PixelDataset part.png").Single<PixelDataset>();
        Assert.Equal((32, 24), (part.Width, part.Height));
        float[] expected = Colors(whole), actual = Colors(part);
        for (int y = 0; y < part.Height; y++)
            for (int sample = 0; sample < part.Width * 3; sample++)
                Assert.Equal(expected[((y + 10) * whole.Width + 20) * 3 + sample], actual[y * part.Width * 3 + sample], 1.01f / 255);
    }

    [Fact]
    public void A_model_file_knows_the_picture_of_its_regions()
    {
        Export("$run | Export-MlpModel a.safetensors; Import-MlpModel a.safetensors | Export-GeneratedImage out.png -Region 5, 5, 4, 3 -Scale 2");
        Assert.Equal((8, 6, 8), Read("out.png"));
    }

    [Theory]
    [InlineData("2, 1, 10", "3")]
    [InlineData("1, 2, 3, 4, 5", "5")]
    [InlineData("-1, 0, 5, 5", "x")]
    [InlineData("0, -0.5, 5, 5", "y")]
    [InlineData("0, 0, 0, 5", "width")]
    [InlineData("0, 0, 5, 0", "height")]
    [InlineData("0, 0, NaN, 5", "NaN")]
    [InlineData("0, 0, 5, Infinity", "Infinity")]
    public void A_region_that_is_no_rectangle_ends_the_command(string region, string named)
    {
        SessionResult result = Run($"$run, $run | Export-GeneratedImage -Destination new -Region {region}", ("run", _run));
        Assert.Contains(named, result.Error("InvalidOption", ErrorCategory.InvalidArgument).Exception.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(PathOf("new")));
    }

    [Fact]
    public void A_region_beyond_one_picture_is_its_error_alone()
    {
        Picture("sources/b.png", 40, 30);
        SessionResult result = Run(
            "$run, (New-PixelDataset sources/b.png | Invoke-MlpTraining -HiddenLayer 4 -Epoch 1) | " +
            "Export-GeneratedImage -Destination new -Region 15, 5, 20, 20", ("run", _run));
        ErrorRecord error = result.Error("InvalidOption", ErrorCategory.InvalidArgument);
        Assert.Contains("its right edge is at 35, and 20 is the most", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(["b-painted.png"], Files("new"));
    }

    [Fact]
    public void A_network_without_a_picture_has_no_regions()
    {
        ErrorRecord error = Run("New-MlpNetwork 4 | Export-GeneratedImage out.png -Region 0, 0, 5, 5 -Width 5 -Height 5")
            .Error("SizeUnknown", ErrorCategory.InvalidArgument);
        Assert.Contains("-Region", error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(Files());
    }

    [Theory]
    [InlineData("png")]
    [InlineData("tif")]
    public void Sixteen_bits_stay_sixteen_bits(string extension)
    {
        Export($"$run | Export-GeneratedImage out.{extension} -BitDepth 16");
        Assert.Equal((20, 10, 16), Read($"out.{extension}"));
    }

    [Fact]
    public void Sixteen_bits_do_not_fit_a_jpeg()
    {
        Run("$run | Export-GeneratedImage out.jpg -BitDepth 16", ("run", _run)).Error("UnsupportedBitDepth", ErrorCategory.InvalidArgument);
        Assert.Empty(Files());
    }

    [Fact]
    public void Quality_changes_the_size_of_a_jpeg()
    {
        Export("$run | Export-GeneratedImage low.jpg -Scale 8 -Quality 5; $run | Export-GeneratedImage high.jpg -Scale 8 -Quality 100");
        Assert.True(new FileInfo(PathOf("low.jpg")).Length < new FileInfo(PathOf("high.jpg")).Length);
    }

    [Fact]
    public void A_network_needs_a_size()
    {
        ErrorRecord error = Run("New-MlpNetwork 4 | Export-GeneratedImage out.png").Error("SizeUnknown", ErrorCategory.InvalidArgument);
        Assert.Contains("-Width", error.Exception.Message);
        Run("New-MlpNetwork 4 | Export-GeneratedImage out.png -Scale 2").Error("SizeUnknown", ErrorCategory.InvalidArgument);
        Export("New-MlpNetwork 4 | Export-GeneratedImage out.png -Width 5 -Height 4");
        Assert.Equal((5, 4, 8), Read("out.png"));
        Export("[MonaLisa.Engine.PixelDataset]::new('grey', 3, 2, [byte[]] (1..6), $null, 1) | New-MlpNetwork -Encoding Neighborhood | Export-GeneratedImage own.png -Scale 2");
        Assert.Equal((6, 4, 8), Read("own.png"));
    }

    [Fact]
    public void An_existing_file_is_kept_without_Force()
    {
        File.WriteAllText(PathOf("out.png"), "precious");
        ErrorRecord error = Run("$run | Export-GeneratedImage out.png", ("run", _run)).Error("FileExists", ErrorCategory.ResourceExists);
        Assert.Equal(PathOf("out.png"), error.TargetObject);
        Assert.Contains("-Force", error.Exception.Message);
        Assert.Equal("precious", File.ReadAllText(PathOf("out.png")));
        Export("$run | Export-GeneratedImage out.png -Force");
        Assert.Equal((20, 10, 8), Read("out.png"));
        Assert.Equal(["out.png"], Files());
    }

    [Fact]
    public void Two_runs_for_one_file_are_an_error_for_the_second()
    {
        Run("$run, $run | Export-GeneratedImage out.png", ("run", _run)).Error("FileExists", ErrorCategory.ResourceExists);
        Assert.Equal((20, 10, 8), Read("out.png"));
    }

    [Fact]
    public void PassThru_gives_each_file()
    {
        FileInfo file = Export("$run | Export-GeneratedImage out.png -PassThru").Single<FileInfo>();
        Assert.Equal(PathOf("out.png"), file.FullName);
        Assert.True(file.Exists);
    }

    [Fact]
    public void A_file_passed_through_goes_on_to_the_next_command_from_any_location()
    {
        SessionResult result = Run(
            """
            $target = $folder + '/odd [1].png'
            $null = $ExecutionContext.SessionState.Path.SetLocation('Variable:')
            $run | Export-GeneratedImage $target -PassThru | New-PixelDataset
            """, ("run", _run), ("folder", Folder));
        Assert.Equal("odd [1]", result.Single<PixelDataset>().Name);
    }

    [Fact]
    public void WhatIf_writes_nothing()
    {
        Assert.Empty(Export("$run | Export-GeneratedImage out.png -WhatIf -PassThru; $run | Export-GeneratedImage -Destination new -WhatIf").Output);
        Assert.Empty(Files());
        Assert.False(Directory.Exists(PathOf("new")));
    }

    [Theory]
    [InlineData("Yes", true)]
    [InlineData("No", false)]
    public void Confirm_asks_and_obeys(string answer, bool written)
    {
        var host = new AnsweringHost(answer);
        using var session = new Session(Folder, host);
        session.Run("$run | Export-GeneratedImage out.png -Confirm", ("run", _run)).AssertNoErrors();
        Assert.Equal(1, host.QuestionCount);
        Assert.Equal(written, File.Exists(PathOf("out.png")));
    }

    [Fact]
    public void An_existing_folder_gets_a_file_named_after_the_picture()
    {
        Directory.CreateDirectory(PathOf("here"));
        FileInfo file = Export("$run | Export-GeneratedImage here -PassThru").Single<FileInfo>();
        Assert.Equal(Path.Combine(PathOf("here"), "a-painted.png"), file.FullName);
    }

    [Theory]
    [InlineData("-Path new/")]
    [InlineData("-Destination new")]
    [InlineData("-Destination ./new/")]
    public void A_new_folder_is_made(string arguments)
    {
        Export($"$run | Export-GeneratedImage {arguments}");
        Assert.Equal(["a-painted.png"], Files("new"));
    }

    [Fact]
    public void A_folder_takes_a_format()
    {
        Export("$run | Export-GeneratedImage -Destination new -Format webp");
        Assert.Equal(["a-painted.webp"], Files("new"));
    }

    [Fact]
    public void Pictures_of_one_name_get_numbers_in_a_folder()
    {
        Export("$run, $run, $run | Export-GeneratedImage -Destination new");
        Assert.Equal(["a-painted-2.png", "a-painted-3.png", "a-painted.png"], Files("new"));
        SessionResult again = Run("$run | Export-GeneratedImage -Destination new", ("run", _run));
        again.Error("FileExists", ErrorCategory.ResourceExists);
    }

    [Fact]
    public void A_name_made_by_hand_does_not_lead_out_of_the_folder()
    {
        TrainingRun odd = _run with { Dataset = new PixelDataset("../../odd: name?", 1, 1, new byte[3]) };
        Run("$run | Export-GeneratedImage -Destination new", ("run", odd)).AssertNoErrors();
        Assert.Single(Files("new"));
    }

    [Fact]
    public void A_format_beside_a_file_name_is_a_contradiction() =>
        Run("$run | Export-GeneratedImage out.png -Format jpg", ("run", _run)).Error("InvalidOption", ErrorCategory.InvalidArgument);

    [Fact]
    public void A_scale_beside_a_size_is_a_contradiction() =>
        Run("$run | Export-GeneratedImage out.png -Scale 2 -Width 5", ("run", _run)).Error("InvalidOption", ErrorCategory.InvalidArgument);

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("NaN")]
    public void A_scale_must_be_above_zero(string scale) =>
        Run($"$run | Export-GeneratedImage out.png -Scale {scale}", ("run", _run)).Error("InvalidOption", ErrorCategory.InvalidArgument);

    [Fact]
    public void A_scale_beyond_every_format_is_an_error_and_no_crash()
    {
        Run("$run | Export-GeneratedImage out.png -Scale 1e30", ("run", _run)).Error("InvalidOption", ErrorCategory.InvalidArgument);
        Run("$run | Export-GeneratedImage out.jpg -Width 100000 -Height 2", ("run", _run)).Error("TooLarge", ErrorCategory.LimitsExceeded);
        Assert.Empty(Files());
    }

    [Theory]
    [InlineData("out.xyz")]
    [InlineData("out")]
    public void An_unknown_extension_is_an_error_that_names_the_known_ones(string name)
    {
        ErrorRecord error = Run($"$run | Export-GeneratedImage {name}", ("run", _run)).Error("UnsupportedFormat", ErrorCategory.InvalidArgument);
        Assert.Contains(".png", error.Exception.Message);
        Assert.Empty(Files());
    }

    [Fact]
    public void A_missing_folder_is_an_error_that_names_Destination()
    {
        ErrorRecord error = Run("$run | Export-GeneratedImage nowhere/out.png", ("run", _run)).Error("FolderMissing", ErrorCategory.ObjectNotFound);
        Assert.Contains("-Destination", error.Exception.Message);
    }

    [Fact]
    public void A_folder_that_takes_no_files_is_an_error()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a folder that not even an administrator can write to.");
        SessionResult result = Run("$run, $run | Export-GeneratedImage /proc/out.png", ("run", _run));
        Assert.Equal(2, result.Errors.Count);
        Assert.All(result.Errors, error => Assert.Equal(ErrorCategory.PermissionDenied, error.CategoryInfo.Category));
    }

    [Fact]
    public void A_folder_without_write_permission_is_an_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Permissions do not bind this user.");
        Directory.CreateDirectory(PathOf("locked"));
        Restrict("locked", UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Run("$run | Export-GeneratedImage locked/out.png", ("run", _run)).Error("AccessDenied", ErrorCategory.PermissionDenied);
    }

    [Theory]
    [InlineData("out [1] * name.png")]
    [InlineData("two  spaces.png")]
    public void Odd_names_are_written_letter_by_letter(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && name.Contains('*'), "Windows allows no * in a file name.");
        Export($"$run | Export-GeneratedImage '{name}'");
        Assert.Equal([name], Files());
    }

    [Theory]
    [InlineData("'text'")]
    [InlineData("42")]
    public void Anything_but_a_run_or_a_network_is_an_error_and_the_next_goes_on(string input)
    {
        SessionResult result = Run($"{input}, $run | Export-GeneratedImage out.png", ("run", _run));
        result.Error("UnsupportedInput", ErrorCategory.InvalidType);
        Assert.Equal(["out.png"], Files());
    }

    [Fact]
    public void A_network_with_undefined_weights_paints_nothing()
    {
        Mlp lost = _run.Network.Clone();
        lost.Layers[0].Weights[3] = float.NaN;
        Run("$network | Export-GeneratedImage out.png -Width 4 -Height 4", ("network", lost)).Error("NotFinite", ErrorCategory.InvalidData);
        Assert.Empty(Files());
    }

    [Fact]
    public void The_location_of_the_session_counts_and_not_that_of_the_process()
    {
        Directory.CreateDirectory(PathOf("below"));
        Export("$null = $ExecutionContext.SessionState.Path.SetLocation('below'); $run | Export-GeneratedImage out.png");
        Assert.Equal(["out.png"], Files("below"));
    }

    private SessionResult Export(string script)
    {
        SessionResult result = Run(script, ("run", _run));
        result.AssertNoErrors();
        return result;
    }

    private static float[] Colors(PixelDataset picture)
    {
        var colors = new float[picture.PixelCount * picture.Channels];
        picture.CopyRows(0, picture.Height, colors);
        return colors;
    }

    private (int Width, int Height, int BitDepth) Read(string name)
    {
        PixelDataset picture = Run($"New-PixelDataset -LiteralPath '{name}'").Single<PixelDataset>();
        return (picture.Width, picture.Height, picture.BitDepth);
    }
}
