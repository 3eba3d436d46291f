namespace MonaLisa.Engine.Tests;

/// <summary>A save that does not succeed leaves the folder as it was.</summary>
public class ModelSaveFailureTests
{
    [Theory]
    [InlineData(float.NaN, ModelPrecision.Single)]
    [InlineData(float.NegativeInfinity, ModelPrecision.Single)]
    [InlineData(float.NaN, ModelPrecision.Half)]
    [InlineData(70_000f, ModelPrecision.Half)]
    [InlineData(float.NaN, ModelPrecision.Int8)]
    [InlineData(float.PositiveInfinity, ModelPrecision.Int8)]
    public void A_weight_that_no_file_should_hold_is_refused(float weight, ModelPrecision precision)
    {
        Mlp network = SampleNetworks.Small();
        network.Layers[1].Weights[3] = weight;

        Assert.Contains(precision.ToString(), AssertLeavesOldFile(ModelFileProblem.NotFinite, network, precision).Message);
    }

    [Fact]
    public void A_bias_that_no_file_should_hold_is_refused()
    {
        Mlp network = SampleNetworks.Small();
        network.Layers[^1].Biases[0] = float.NaN;

        AssertLeavesOldFile(ModelFileProblem.NotFinite, network, ModelPrecision.Half);
    }

    [Fact]
    public void A_file_that_is_there_is_not_replaced_unasked()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("model"), "old");

        AssertProblem(ModelFileProblem.FileExists, folder.File("model"), SampleNetworks.Small(), new());

        Assert.Equal("old", File.ReadAllText(folder.File("model")));
        Assert.Equal(["model"], folder.FileNames());
    }

    [Fact]
    public void A_file_is_replaced_when_asked()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("model"), new string('x', 100_000));

        ModelFile.Save(SampleNetworks.Small(), folder.File("model"), new() { Overwrite = true }, TestContext.Current.CancellationToken);

        Assert.Equal("2-5-4-3", ModelFile.Load(folder.File("model"), cancellationToken: TestContext.Current.CancellationToken).Network.Shape);
        Assert.Equal(["model"], folder.FileNames());
    }

    [Fact]
    public void Cancelling_leaves_the_old_file()
    {
        TrainingRun run = SampleNetworks.Train(width: 8, epochs: 1);
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("model"), "old");

        Assert.ThrowsAny<OperationCanceledException>(() => ModelFile.Save(
            run, folder.File("model"), new() { Overwrite = true, Precision = ModelPrecision.Half }, new CancellationToken(canceled: true)));

        Assert.Equal("old", File.ReadAllText(folder.File("model")));
        Assert.Equal(["model"], folder.FileNames());
    }

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

    private static ModelFileException AssertLeavesOldFile(ModelFileProblem problem, Mlp network, ModelPrecision precision)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("model"), "old");

        ModelFileException error = AssertProblem(problem, folder.File("model"), network, new() { Overwrite = true, Precision = precision });

        Assert.Equal("old", File.ReadAllText(folder.File("model")));
        Assert.Equal(["model"], folder.FileNames());
        return error;
    }

    private static ModelFileException AssertProblem(ModelFileProblem problem, string path, Mlp network, ModelSaveOptions options)
    {
        var error = Assert.Throws<ModelFileException>(() =>
            ModelFile.Save(network, path, options, TestContext.Current.CancellationToken));

        Assert.Equal(problem, error.Problem);
        Assert.Equal(path, error.Path);
        Assert.Contains(path, error.Message);
        Assert.EndsWith(".", error.Message);
        return error;
    }
}
