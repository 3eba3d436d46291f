using System.Text.Json;
using MonaLisa.Engine.Output;

namespace MonaLisa.Engine.Tests;

/// <summary>What an ONNX model says of itself, and saves that do not succeed.</summary>
public class OnnxFileTests
{
    [Fact]
    public void Inputs_and_outputs_have_names_types_and_a_free_batch_dimension()
    {
        using OnnxJudge judge = OnnxJudge.Of(TestNetworks.Create(Activation.ReLU, [5], outputs: 4));

        (string inputName, var input) = Assert.Single(judge.Session.InputMetadata);
        Assert.Equal(("coordinates", typeof(float)), (inputName, input.ElementType));
        Assert.Equal([-1, 2], input.Dimensions);
        Assert.Equal(["pixels", ""], input.SymbolicDimensions);
        (string outputName, var output) = Assert.Single(judge.Session.OutputMetadata);
        Assert.Equal(("colors", typeof(float)), (outputName, output.ElementType));
        Assert.Equal([-1, 4], output.Dimensions);
        Assert.Equal(["pixels", ""], output.SymbolicDimensions);
    }

    [Fact]
    public void The_metadata_name_the_producer_the_network_and_its_picture()
    {
        using OnnxJudge judge = OnnxJudge.Of(SampleNetworks.Small().WithTraining(SampleNetworks.Facts));

        var metadata = judge.Session.ModelMetadata;
        Assert.Equal("MonaLisa.PS", metadata.ProducerName);
        using JsonDocument model = JsonDocument.Parse(metadata.CustomMetadataMap["monalisa.model"]);
        Assert.StartsWith("MonaLisa.PS ", model.RootElement.GetProperty("writer").GetString());
        Assert.Equal("Sine", model.RootElement.GetProperty("network").GetProperty("activation").GetString());
        Assert.Equal(SampleNetworks.Facts.PictureName, model.RootElement.GetProperty("training").GetProperty("pictureName").GetString());
        Assert.Equal(640, model.RootElement.GetProperty("training").GetProperty("pictureWidth").GetInt32());
    }

    [Fact]
    public void A_run_is_saved_with_its_picture_and_paints_like_its_network()
    {
        TrainingRun run = SampleNetworks.Train(width: 8, epochs: 1);
        using var folder = new TemporaryFolder();

        new OnnxFile().Save(run, folder.File("a.onnx"), cancellationToken: TestContext.Current.CancellationToken);

        using var judge = new OnnxJudge(folder.File("a.onnx"));
        using OnnxJudge bare = OnnxJudge.Of(run.Network);
        Assert.Contains("\"pictureWidth\":96", judge.Session.ModelMetadata.CustomMetadataMap["monalisa.model"]);
        Assert.Equal(bare.Paint(9, 9), judge.Paint(9, 9));
    }

    [Fact]
    public void The_run_of_a_network_with_corner_coordinates_tells_the_size_it_needs()
    {
        var design = new MlpDesign { HiddenLayers = [8], Coordinates = CoordinateConvention.RowColumnCorner };
        TrainingRun run = TrainingSupport.Train(SamplePictures.WavesDataset(20, 10), new Mlp(design), TrainingSupport.Few);
        using var folder = new TemporaryFolder();

        new OnnxFile().Save(run, folder.File("a.onnx"), cancellationToken: TestContext.Current.CancellationToken);

        using var judge = new OnnxJudge(folder.File("a.onnx"));
        Assert.Equal(600, judge.Paint(20, 10).Length);
        ModelFileException exception = AssertProblem(ModelFileProblem.SizeUnknown, folder.File("b.onnx"), new Mlp(design));
        Assert.Contains("RowColumnCorner", exception.Message);
        Assert.Equal(["a.onnx"], folder.FileNames());
    }

    [Fact]
    public void The_length_of_a_model_is_known_before_it_is_written()
    {
        Mlp network = SampleNetworks.Grid();
        using var folder = new TemporaryFolder();

        new OnnxFile().Save(network, folder.File("a.onnx"), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(new FileInfo(folder.File("a.onnx")).Length, OnnxModel.Of(network).Length);
    }

    [Fact]
    public void A_model_longer_than_a_file_may_be_is_refused()
    {
        OnnxFile.RequireLength(int.MaxValue, "a.onnx", InputEncoding.None);

        var exception = Assert.Throws<ModelFileException>(() => OnnxFile.RequireLength(1L + int.MaxValue, "a.onnx", InputEncoding.None));

        Assert.Equal(ModelFileProblem.TooLarge, exception.Problem);
        Assert.Contains("2147483648 bytes", exception.Message);
    }

    [Fact]
    public void A_file_is_replaced_only_when_asked()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a.onnx"), "old");

        AssertProblem(ModelFileProblem.FileExists, folder.File("a.onnx"), SampleNetworks.Small());
        Assert.Equal("old", File.ReadAllText(folder.File("a.onnx")));

        new OnnxFile().Save(SampleNetworks.Small(), folder.File("a.onnx"), overwrite: true, TestContext.Current.CancellationToken);
        using var judge = new OnnxJudge(folder.File("a.onnx"));
        Assert.Equal(12, judge.Paint(2, 2).Length);
        Assert.Equal(["a.onnx"], folder.FileNames());
    }

    [Fact]
    public void A_folder_that_is_missing_or_takes_the_name_is_an_error()
    {
        using var folder = new TemporaryFolder();

        AssertProblem(ModelFileProblem.FolderMissing, folder.File("nowhere/a.onnx"), SampleNetworks.Small());
        AssertProblem(ModelFileProblem.IsFolder, folder.Path, SampleNetworks.Small());

        Assert.Empty(folder.FileNames());
    }

    [Theory, InlineData(float.NaN), InlineData(float.PositiveInfinity)]
    public void Numbers_that_are_not_finite_are_refused_and_the_old_file_stays(float number)
    {
        Mlp inLayer = SampleNetworks.Small(), inTable = SampleNetworks.Grid();
        inLayer.Layers[1].Weights[3] = number;
        inTable.EncodingTensors[1].Values[5] = number;
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a.onnx"), "old");

        AssertProblem(ModelFileProblem.NotFinite, folder.File("a.onnx"), inLayer, overwrite: true);
        AssertProblem(ModelFileProblem.NotFinite, folder.File("a.onnx"), inTable, overwrite: true);

        Assert.Equal("old", File.ReadAllText(folder.File("a.onnx")));
        Assert.Equal(["a.onnx"], folder.FileNames());
    }

    [Fact]
    public void Cancelling_leaves_the_old_file()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a.onnx"), "old");
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() =>
            new OnnxFile().Save(SampleNetworks.Small(), folder.File("a.onnx"), overwrite: true, cancelled.Token));

        Assert.Equal("old", File.ReadAllText(folder.File("a.onnx")));
        Assert.Equal(["a.onnx"], folder.FileNames());
    }

    private static ModelFileException AssertProblem(ModelFileProblem problem, string path, Mlp network, bool overwrite = false)
    {
        var exception = Assert.Throws<ModelFileException>(() => new OnnxFile().Save(network, path, overwrite));
        Assert.Equal(problem, exception.Problem);
        Assert.Equal(path, exception.Path);
        Assert.Contains(path, exception.Message);
        return exception;
    }
}
