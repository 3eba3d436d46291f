using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.Cmdlets.Tests;

public sealed class NeuronAndErrorImageTests : Workspace, IClassFixture<LayeredRun>
{
    private readonly TrainingRun _run;

    public NeuronAndErrorImageTests(LayeredRun shared)
    {
        Picture("a.png", 20, 10);
        _run = shared.Value;
    }

    [Theory]
    [InlineData("$run | Export-NeuronImage out.png", 9, 96, 48)]
    [InlineData("$run | Export-NeuronImage out.png -TileSize 20 -Column 4", 4, 20, 10)]
    [InlineData("$run | Export-NeuronImage out.webp -Layer 2 -TileSize 20 -Column 5", 5, 20, 10)]
    public void A_layer_becomes_a_sheet(string script, int most, int tileWidth, int tileHeight)
    {
        Assert.Empty(Export(script).Output);
        PixelDataset sheet = Read(Assert.Single(Files(), name => name.StartsWith("out", StringComparison.Ordinal)));
        int gap = Math.Max(1, tileWidth / 32);
        Assert.Equal(0, (sheet.Width - gap) % (tileWidth + gap));
        Assert.Equal(0, (sheet.Height - gap) % (tileHeight + gap));
        Assert.InRange((sheet.Width - gap) / (tileWidth + gap), 1, most);
    }

    [Fact]
    public void A_single_neuron_fills_the_picture_and_is_one_of_the_sheet()
    {
        Export("$run | Export-NeuronImage sheet.png -TileSize 20 -Column 8; $run | Export-NeuronImage one.png -Neuron 3 -TileSize 20");
        PixelDataset sheet = Read("sheet.png"), one = Read("one.png");
        Assert.Equal((20, 10), (one.Width, one.Height));
        for (int y = 0; y < 10; y++)
            Assert.Equal(
                one.Samples8.Slice(y * 60, 60).ToArray(), sheet.Samples8.Slice(((y + 1) * sheet.Width + 1 + 3 * 21) * 3, 60).ToArray());
    }

    [Fact]
    public void Layer_0_is_the_encoding()
    {
        Export(
            "New-PixelDataset a.png | Invoke-MlpTraining -Encoding Frequency -HiddenLayer 4 -Epoch 1 | " +
            "Export-NeuronImage out.png -Layer 0 -TileSize 8");
        Assert.True(Read("out.png").Width > 8);
    }

    [Theory]
    [InlineData("$run | Export-NeuronImage out.png -Layer 0")]
    [InlineData("$run | Export-NeuronImage out.png -Layer 3")]
    [InlineData("$run | Export-NeuronImage out.png -Neuron 8")]
    [InlineData("$run | Export-NeuronImage out.png -Neuron 0, -1")]
    [InlineData("$run | Export-ErrorMap out.png -Gain 0")]
    [InlineData("$run | Export-ErrorMap out.png -Gain NaN")]
    public void What_is_not_there_is_named(string script)
    {
        Run(script, ("run", _run)).Error("InvalidOption", ErrorCategory.InvalidArgument);
        Assert.Equal(["a.png"], Files());
    }

    [Fact]
    public void A_wide_layer_shows_its_first_neurons_and_says_so()
    {
        SessionResult result = Run("New-MlpNetwork 70 | Export-NeuronImage out.png -TileSize 4 -Column 64");
        result.AssertNoErrors();
        Assert.Contains("first 64", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal(64 * 5 + 1, Read("out.png").Width);
    }

    [Fact]
    public void An_error_map_has_the_pictures_size_and_its_errors()
    {
        Export("$run | Export-ErrorMap out.png -Gain 2; $run | Export-GeneratedImage painted.png -BitDepth 16");
        PixelDataset map = Read("out.png"), painted = Read("painted.png"), target = _run.Dataset;
        Assert.Equal((20, 10), (map.Width, map.Height));
        var expected = new float[3];
        for (int pixel = 0; pixel < 200; pixel++)
        {
            float error = Enumerable.Range(pixel * 3, 3).Average(i => Math.Abs(painted.Samples16[i] / 65535f - target.Samples8[i] / 255f));
            ColorMap.Sequential.Write(error * 2, expected);
            for (int channel = 0; channel < 3; channel++)
                Assert.InRange(map.Samples8[pixel * 3 + channel] - expected[channel] * 255, -1, 1);
        }
    }

    [Fact]
    public void The_gain_that_was_chosen_is_told()
    {
        SessionResult result = Run("$run | Export-ErrorMap out.png -Verbose", ("run", _run));
        Assert.Contains(result.Verbose, line => line.Contains("gain", StringComparison.Ordinal));
    }

    [Fact]
    public void A_network_alone_needs_a_reference()
    {
        Run("$run.Network | Export-ErrorMap out.png", ("run", _run)).Error("ReferenceMissing", ErrorCategory.InvalidArgument);
        Export("$run.Network | Export-ErrorMap with.png -Reference $run.Dataset; $run | Export-ErrorMap without.png");
        Assert.Equal(File.ReadAllBytes(PathOf("without.png")), File.ReadAllBytes(PathOf("with.png")));
    }

    [Fact]
    public void Pictures_of_other_channels_are_compared_as_colours_as_they_are_measured()
    {
        var grey = new PixelDataset("grey", 20, 10, new byte[200], channels: 1);
        var black = new PixelDataset("black", 20, 10, new byte[600]);
        SessionResult result = Run(
            "$run | Export-ErrorMap grey.png -Reference $grey; $run | Export-ErrorMap black.png -Reference $black",
            ("run", _run), ("grey", grey), ("black", black));
        result.AssertNoErrors();
        Assert.Equal(File.ReadAllBytes(PathOf("black.png")), File.ReadAllBytes(PathOf("grey.png")));
    }

    [Theory]
    [InlineData("'painted.png'")]
    [InlineData("New-PixelDataset painted.png")]
    public void A_picture_is_compared_like_the_network_that_painted_it(string picture)
    {
        Export($"$run | Export-GeneratedImage painted.png; {picture} | Export-ErrorMap file.png -Reference a.png -Gain 4");
        Export("$run | Export-ErrorMap run.png -Gain 4");
        PixelDataset file = Read("file.png"), run = Read("run.png");
        // The painted file has whole numbers.
        for (int i = 0; i < 600; i++)
            Assert.InRange(file.Samples8[i] - run.Samples8[i], -8, 8);
        Export($"{picture} | Export-ErrorMap -Destination . -Reference a.png");
        Assert.Contains("painted-errors.png", Files());
    }

    [Fact]
    public void A_picture_needs_a_reference_of_its_size()
    {
        Picture("large.png", 21, 10);
        Run("'a.png' | Export-ErrorMap out.png").Error("ReferenceMissing", ErrorCategory.InvalidArgument);
        Run("'large.png' | Export-ErrorMap out.png -Reference a.png").Error("SizeMismatch", ErrorCategory.InvalidArgument);
        Run("'none.png' | Export-ErrorMap out.png -Reference a.png").Error("NotFound", ErrorCategory.ObjectNotFound);
        Assert.DoesNotContain("out.png", Files());
    }

    [Theory]
    [InlineData("Export-ErrorMap", "a-errors.png")]
    [InlineData("Export-NeuronImage", "a-layer-1.png")]
    public void Files_are_written_as_by_every_export(string command, string name)
    {
        string item = Assert.IsType<FileInfo>(Assert.Single(Export($"$run | {command} -Destination new -PassThru").Output)).Name;
        Assert.Equal(name, item);
        byte[] before = [1, 2, 3];
        File.WriteAllBytes(PathOf("old.png"), before);
        Run($"$run | {command} old.png", ("run", _run)).Error("FileExists", ErrorCategory.ResourceExists);
        Export($"$run | {command} old.png -Force -WhatIf");
        Assert.Equal(before, File.ReadAllBytes(PathOf("old.png")));
        Export($"$run | {command} old.png -Force");
        Assert.NotEqual(before, File.ReadAllBytes(PathOf("old.png")));
        SessionResult mixed = Run($"5, $run | {command} -Destination mixed", ("run", _run));
        mixed.Error("UnsupportedInput", ErrorCategory.InvalidType);
        Assert.Equal([name], Files("mixed"));
        Run($"$run | {command} out.bmp", ("run", _run)).Error("UnsupportedFormat", ErrorCategory.InvalidArgument);
        Run($"$run | {command} nowhere/out.png", ("run", _run)).Error("FolderMissing", ErrorCategory.ObjectNotFound);
    }

    [Theory, InlineData("Export-ErrorMap"), InlineData("Export-NeuronImage")]
    public void A_network_whose_weights_are_lost_writes_nothing(string command)
    {
        Mlp lost = _run.Network.Clone();
        lost.Layers[0].Weights[0] = float.NaN;
        Run($"$lost | {command} out.png", ("lost", lost)).Error("NotFinite", ErrorCategory.InvalidData);
        Assert.Equal(["a.png"], Files());
    }

    private SessionResult Export(string script)
    {
        SessionResult result = Run(script, ("run", _run));
        result.AssertNoErrors();
        return result;
    }

    private PixelDataset Read(string name) => PictureReader.Read(PathOf(name));
}
