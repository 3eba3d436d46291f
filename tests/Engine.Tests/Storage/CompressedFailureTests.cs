namespace MonaLisa.Engine.Tests;

/// <summary>A compression that does not succeed leaves the folder as it was and says why.</summary>
public class CompressedFailureTests
{
    private static readonly PixelDataset Picture = SamplePictures.WavesDataset(20, 16);

    [Fact]
    public void A_PSNR_that_the_network_does_not_reach_is_told_with_both_figures()
    {
        string message = AssertLeavesOldFile(ModelFileProblem.PsnrOutOfReach, SampleNetworks.Small(), new() { TargetPsnr = 55.5 }).Message;

        Assert.Contains("55.50 dB", message);
        Assert.Matches(@"with \d+\.\d\d dB", message);
        Assert.Contains("Ask for less", message);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_weight_that_is_no_number_is_refused(float weight)
    {
        Mlp network = SampleNetworks.Small();
        network.Layers[1].Weights[3] = weight;

        AssertLeavesOldFile(ModelFileProblem.NotFinite, network, new());
    }

    [Fact]
    public void A_file_that_is_there_is_not_replaced_unasked() =>
        AssertLeavesOldFile(ModelFileProblem.FileExists, SampleNetworks.Small(), new(), overwrite: false);

    [Fact]
    public void A_missing_folder_and_a_folder_in_the_file_s_place_are_named()
    {
        using var folder = new TemporaryFolder();

        AssertProblem(ModelFileProblem.FolderMissing, Path.Combine(folder.Path, "nowhere", "model"), SampleNetworks.Small(), new());
        AssertProblem(ModelFileProblem.IsFolder, folder.Path, SampleNetworks.Small(), new() { Overwrite = true });
        Assert.Empty(folder.FileNames());
    }

    [Fact]
    public void A_folder_where_nobody_may_write()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux has a folder where not even root may write.");

        AssertProblem(ModelFileProblem.AccessDenied, "/proc/self/model", SampleNetworks.Small(), new());
    }

    [Fact]
    public void Cancelling_leaves_the_old_file()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("model"), "old");

        Assert.ThrowsAny<OperationCanceledException>(() => CompressedModelFile.Save(
            SampleNetworks.Small(), Picture, folder.File("model"), new() { Overwrite = true }, new CancellationToken(canceled: true)));

        Assert.Equal("old", File.ReadAllText(folder.File("model")));
        Assert.Equal(["model"], folder.FileNames());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(201)]
    [InlineData(double.NaN)]
    public void A_PSNR_that_is_none_is_refused(double psnr)
    {
        using var folder = new TemporaryFolder();
        var options = new CompressionOptions { TargetPsnr = psnr };

        Assert.Contains("TargetPsnr", Assert.Throws<ArgumentException>(() => CompressedModelFile.Save(
            SampleNetworks.Small(), Picture, folder.File("model"), options, TestContext.Current.CancellationToken)).Message);
    }

    [Fact]
    public void A_picture_of_other_channels_is_refused()
    {
        using var folder = new TemporaryFolder();
        var grey = new PixelDataset("grey", 3, 2, new byte[6], channels: 1);

        Assert.Contains("has 1 channel.", Assert.Throws<ArgumentException>(() => CompressedModelFile.Save(
            SampleNetworks.Small(), grey, folder.File("model"), cancellationToken: TestContext.Current.CancellationToken)).Message);
    }

    private static ModelFileException AssertLeavesOldFile(
        ModelFileProblem problem, Mlp network, CompressionOptions options, bool overwrite = true)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("model"), "old");

        ModelFileException error = AssertProblem(problem, folder.File("model"), network, options with { Overwrite = overwrite });

        Assert.Equal("old", File.ReadAllText(folder.File("model")));
        Assert.Equal(["model"], folder.FileNames());
        return error;
    }

    private static ModelFileException AssertProblem(ModelFileProblem problem, string path, Mlp network, CompressionOptions options)
    {
        var error = Assert.Throws<ModelFileException>(() =>
            CompressedModelFile.Save(network, Picture, path, options, TestContext.Current.CancellationToken));

        Assert.Equal(problem, error.Problem);
        Assert.Equal(path, error.Path);
        Assert.Contains(path, error.Message);
        Assert.EndsWith(".", error.Message);
        return error;
    }
}
