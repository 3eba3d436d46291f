using System.Security.Cryptography;
using System.Text;
using MonaLisa.Engine.Storage;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Tests;

/// <summary>A checkpoint gives back what was put in; one that is torn, rotten or foreign is refused, and says why.</summary>
public sealed class CheckpointFileTests : IDisposable
{
    private static readonly PixelDataset Picture = TestPictures.Create(37, 29);

    private static readonly TrainingOptions Options = new()
    {
        Epochs = 3, BatchSize = 100, ThreadCount = 1, LearningRate = 1e-3, Optimizer = Optimizer.Nesterov, Momentum = 0.8,
        AverageDecay = 0.9, GradientClip = 1, TargetPsnr = 99, MaxTime = TimeSpan.FromHours(1), Loss = LossFunction.Huber, MeasureEachEpoch = true,
    };

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("run.checkpoint");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_tells_of_its_run()
    {
        PixelDataset picture = Picture.WithHoldOut(new HoldOut { Fraction = 0.1 });
        Mlp network = TestNetworks.Create(Activation.Tanh, [12, 7]);
        TrainingRun run = StoppedRuns.Stop(picture, network, Options, Path, calls: 15);
        TrainingCheckpoint checkpoint = TrainingCheckpoint.Load(Path);
        Assert.Equal(run.Options, checkpoint.Options);
        Assert.Equal(network.Design, checkpoint.Design);
        Assert.Equal(
            (Path, "sunset", run.Provider, 2, 15L),
            (checkpoint.Path, checkpoint.PictureName, checkpoint.Provider, checkpoint.Epoch, checkpoint.Steps));
        Assert.Equal(run.Elapsed, checkpoint.Elapsed);
        Assert.Equal(run.History.Take(1), checkpoint.History);
        Assert.NotNull(checkpoint.History[0].HeldOutPsnr);
        Assert.Contains("epoch 2", checkpoint.ToString());
    }

    [Fact]
    public void Every_shortened_file_is_refused()
    {
        byte[] whole = Whole();
        for (int length = 0; length < whole.Length; length += length < 32 || length > whole.Length - 40 ? 1 : 97)
            AssertRefused(whole[..length]);
        AssertRefused([.. whole, 0]);
    }

    [Fact]
    public void Every_flipped_bit_is_noticed()
    {
        byte[] whole = Whole();
        var random = new Random(1);
        for (int i = 0; i < 3000; i++)
        {
            byte[] file = [.. whole];
            int place = i < 1500 ? i : random.Next(file.Length);
            file[place] ^= (byte)(1 << random.Next(8));
            AssertRefused(file);
        }
        int weight = whole.Length - 1000;
        whole[weight] ^= 1;
        Assert.Equal(ModelFileProblem.ChecksumMismatch, AssertRefused(whole).Problem);
    }

    [Fact]
    public void Foreign_files_are_named()
    {
        Assert.Equal(ModelFileProblem.NotSafetensors, AssertRefused(Encoding.ASCII.GetBytes("Not a checkpoint at all")).Problem);
        Assert.Equal(ModelFileProblem.NotACheckpoint, AssertRefused(SampleNetworks.File(SampleNetworks.Small())).Problem);
        Assert.Equal(ModelFileProblem.NotFound, Assert.Throws<ModelFileException>(() => TrainingCheckpoint.Load(Path + "x")).Problem);
        Assert.Equal(ModelFileProblem.IsFolder, Assert.Throws<ModelFileException>(() => TrainingCheckpoint.Load(_folder.Path)).Problem);
        File.WriteAllBytes(Path, []);
        Assert.Equal(ModelFileProblem.Empty, Assert.Throws<ModelFileException>(() => TrainingCheckpoint.Load(Path)).Problem);
    }

    [Fact]
    public void A_checkpoint_is_no_model()
    {
        Whole();
        Assert.Equal(ModelFileProblem.NotAModel, Assert.Throws<ModelFileException>(() => ModelFile.Load(Path, cancellationToken: TestContext.Current.CancellationToken)).Problem);
    }

    [Fact]
    public void Another_version_is_named()
    {
        ModelFileException error = AssertRefused(Edited("\"monalisa.checkpoint.version\":\"1\"", "\"monalisa.checkpoint.version\":\"2\""));
        Assert.Equal(ModelFileProblem.UnknownVersion, error.Problem);
        Assert.Contains("'2'", error.Message);
    }

    [Theory]
    [InlineData("epoch\\\":2", "epoch\\\":0", ModelFileProblem.InvalidDescription)]
    [InlineData("epoch\\\":2", "epoch\\\":9", ModelFileProblem.InvalidDescription)]
    [InlineData("epoch\\\":2", "epoch\\\":1", ModelFileProblem.InvalidDescription)]
    [InlineData("batchSize\\\":100", "batchSize\\\":0", ModelFileProblem.InvalidDescription)]
    [InlineData("learningRate\\\":0.001", "learningRate\\\":-1", ModelFileProblem.InvalidDescription)]
    [InlineData("\\\"momentum\\\":0.8", "\\\"beta1\\\":0.8", ModelFileProblem.InvalidDescription)]
    [InlineData("\\\"Nesterov\\\"", "\\\"RMSProp\\\"", ModelFileProblem.InvalidDescription)]
    [InlineData("\\\"Uniform\\\"", "\\\"ErrorWeighted\\\"", ModelFileProblem.Truncated)]
    [InlineData("velocity.layers.0.weight", "velocity.layers.9.weight", ModelFileProblem.MissingTensor)]
    [InlineData("[12,2]", "[2,12]", ModelFileProblem.InvalidTensor)]
    [InlineData("scaleRateByFanIn\\\":false", "scaleRateByFanIn\\\":0", ModelFileProblem.InvalidDescription)]
    public void A_description_that_does_not_fit_is_refused(string old, string replacement, ModelFileProblem problem) =>
        Assert.Equal(problem, AssertRefused(Edited(old, replacement)).Problem);

    [Fact]
    public void Another_picture_is_refused()
    {
        Whole();
        byte[] samples = Picture.Samples8.ToArray();
        samples[1000] ^= 1;
        AssertOther(TestPictures.Create(29, 37), "29 x 37");
        AssertOther(new PixelDataset("retouched", 37, 29, samples), "other pixels");
        AssertOther(Picture.WithHoldOut(new HoldOut { Fraction = 0.1 }), "held out");
        // A name is no more than a name.
        ResumableTraining.Resume(
            new PixelDataset("renamed", 37, 29, Picture.Samples8.ToArray()), TrainingCheckpoint.Load(Path),
            cancellationToken: TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Options_that_the_steps_depend_on_may_not_be_others()
    {
        Whole();
        TrainingCheckpoint checkpoint = TrainingCheckpoint.Load(Path);
        TrainingOptions[] others =
        [
            Options with { BatchSize = 99 }, Options with { LearningRate = 2e-3 }, Options with { Momentum = null },
            Options with { Seed = 1 }, Options with { Schedule = LearningRateSchedule.Step }, Options with { WarmUp = 0.5 }, Options with { GradientClip = null },
            Options with { AverageDecay = 0.5 }, Options with { Loss = LossFunction.L1 }, Options with { HuberDelta = 0.5 },
            Options with { WeightDecay = 0.1 }, Options with { ScaleRateByFanIn = true }, Options with { Optimizer = Optimizer.Sgd },
        ];
        foreach (TrainingOptions other in others)
            Assert.Contains(Path, Assert.Throws<ArgumentException>(() => ResumableTraining.Resume(
                Picture, checkpoint, other, cancellationToken: TestContext.Current.CancellationToken)).Message);
    }

    private void AssertOther(PixelDataset picture, string difference)
    {
        var error = Assert.Throws<ModelFileException>(() => ResumableTraining.Resume(
            picture, TrainingCheckpoint.Load(Path), cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal((ModelFileProblem.OtherPicture, Path), (error.Problem, error.Path));
        Assert.Contains(difference, error.Message);
    }

    private byte[] Whole()
    {
        StoppedRuns.Stop(Picture, TestNetworks.Create(Activation.Tanh, [12, 7]), Options, Path, calls: 15);
        return File.ReadAllBytes(Path);
    }

    /// <summary>A checkpoint with other text in its header, and a checksum that fits.</summary>
    private byte[] Edited(string old, string replacement)
    {
        byte[] whole = Whole();
        int length = (int)BitConverter.ToUInt64(whole);
        string header = Encoding.UTF8.GetString(whole, 8, length);
        Assert.Contains(old, header);
        byte[] file = SafetensorsBytes.Compose(Encoding.UTF8.GetBytes(header.Replace(old, replacement)), whole[(8 + length)..]);
        SHA256.HashData(file.AsSpan(..^32)).CopyTo(file, file.Length - 32);
        return file;
    }

    private static RunState Read(byte[] file) =>
        CheckpointFile.Read(new MemoryStream(file), new ModelFaults("file", ModelFileKind.Checkpoint));

    private static ModelFileException AssertRefused(byte[] file) => Assert.Throws<ModelFileException>(() => Read(file));
}
