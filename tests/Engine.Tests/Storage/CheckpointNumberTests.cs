using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using MonaLisa.Engine.Storage;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Tests;

/// <summary>
/// Whatever a checkpoint with a correct checksum says of its run: it is refused when it is loaded, or the run goes on and can be kept again.
/// </summary>
public sealed class CheckpointNumberTests : IDisposable
{
    private const int MoreCalls = 2;

    private static readonly string[] Edges =
    [
        "-1", "0", "1", "1000", "2147483647", "2147483648", "9007199254740992", "9223372036854775807", "9223372036854775808", "1e-320", "0.5",
        "1e308", "-1e308",
    ];

    private static readonly TrainingOptions Batches = new()
    {
        Epochs = 3, BatchSize = 40, ThreadCount = 1, LearningRate = 1e-3, Optimizer = Optimizer.Nesterov, Momentum = 0.8, AverageDecay = 0.9,
        GradientClip = 1, TargetPsnr = 99, MaxTime = TimeSpan.FromHours(1), Loss = LossFunction.Huber, MeasureEachEpoch = true, WarmUp = 0.1,
    };

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("run.checkpoint");

    public void Dispose() => _folder.Dispose();

    [Theory, InlineData(false), InlineData(true)]
    public void Every_number_at_its_edges_is_refused_or_goes_on(bool pixelByPixel)
    {
        PixelDataset picture = TestPictures.Create(13, 11);
        TrainingOptions options = pixelByPixel ? TrainingOptions.MonaLisa2012 with { Epochs = 3, ThreadCount = 1 } : Batches;
        StoppedRuns.Stop(picture, TestNetworks.Create(Activation.Tanh, [5]), options, Path, calls: pixelByPixel ? 4 : 6);
        byte[] whole = File.ReadAllBytes(Path);
        // Unchanged, it goes on.
        Assert.Null(Refusal(picture, whole));
        string header = Header(whole);
        int refused = 0, tried = 0;
        foreach (string name in Regex.Matches(header, """\\"(\w+)\\":-?\d""").Select(match => match.Groups[1].Value).Distinct())
            foreach (string edge in Edges)
            {
                tried++;
                string changed = Regex.Replace(header, $$"""(\\"{{name}}\\":)-?\d[^,}]*""", "${1}" + edge);
                if (Refusal(picture, Compose(changed, whole)) is string)
                    refused++;
            }
        Assert.InRange(refused, tried / 3, tried - 1);
    }

    [Theory]
    [InlineData("call", "1000", "an epoch has 4 calls, and 1000 are done")]
    [InlineData("elapsedTicks", "9223372036854775807", "a whole number from 0 to 9007199254740991")]
    [InlineData("epochElapsedTicks", "9007199254740991", "a whole number from 0 to")]
    [InlineData("steps", "7", "7 steps are done, and 2 calls of epoch 2 make 6")]
    [InlineData("squared", "1e308", "the errors of 213 samples add up to 1E+308")]
    public void The_error_says_what_cannot_be(string name, string value, string expected)
    {
        StoppedRuns.Stop(TestPictures.Create(13, 11), TestNetworks.Create(Activation.Tanh, [5]), Batches, Path, calls: 6);
        byte[] whole = File.ReadAllBytes(Path);
        string changed = Regex.Replace(Header(whole), $$"""(\\"{{name}}\\":)-?\d[^,}]*""", "${1}" + value);
        File.WriteAllBytes(Path, Compose(changed, whole));
        var error = Assert.Throws<ModelFileException>(() => TrainingCheckpoint.Load(Path));
        Assert.Equal(ModelFileProblem.InvalidDescription, error.Problem);
        Assert.Contains(expected, error.Message);
    }

    [Theory, InlineData(EncodingKind.Neighborhood), InlineData(EncodingKind.Latent)]
    public void What_no_run_has_whose_network_holds_its_picture_is_refused(EncodingKind kind)
    {
        PixelDataset picture = TestPictures.Create(40, 24);
        var options = new TrainingOptions { Epochs = 3, BatchSize = 256, ThreadCount = 1 };
        if (kind == EncodingKind.Latent)
            ResumableTraining.Train(
                picture, new Mlp(TrainingDefaults.LatentDesign(3)), options, new CheckpointOptions { Path = Path },
                cancellationToken: TestContext.Current.CancellationToken);
        else
            StoppedRuns.Stop(
                picture, new Mlp(new MlpDesign { HiddenLayers = [4], Activation = Activation.ReLU }.With(TrainingDefaults.Encoding(kind, picture))),
                options, Path, calls: 3);
        RunState state = TrainingCheckpoint.Load(Path).State;
        RunPosition position = state.Position;
        (RunState State, string Error)[] changed =
        [
            (state with { Position = position with { LearningRate = -1 } }, "the learning rate is -1"),
            (state with { Position = position with { LearningRate = 1e308 } }, "the learning rate is 1E+308"),
            (state with { Position = position with { Sums = position.Sums with { Squared = 1e308 } } }, "samples add up to 1E+308"),
            (state with { Position = position with { Sums = position.Sums with { Absolute = -1 } } }, "samples add up to -1"),
            (state with { Position = position with { Sums = position.Sums with { Samples = 7 } } }, "pixels and 7 samples are learned"),
            (state with { Position = position with { Sums = position.Sums with { Pixels = 3_000_000, Samples = 9_000_000 } } }, "3000000 pixels"),
            (state with { Position = position with { Steps = position.Steps + 1, Call = int.MaxValue } }, "2147483647 calls"),
            (state with { Picture = state.Picture with { Width = 24, Height = 40 } }, "is of a picture of 24 x 40 pixels of 3 channels"),
        ];
        foreach ((RunState each, string error) in changed)
        {
            Write(each);
            var thrown = Assert.Throws<ModelFileException>(() => TrainingCheckpoint.Load(Path));
            Assert.Equal(ModelFileProblem.InvalidDescription, thrown.Problem);
            Assert.Contains(error, thrown.Message);
        }
        Write(state);
        Assert.Equal(position, TrainingCheckpoint.Load(Path).State.Position);
        if (kind != EncodingKind.Latent)
            return;
        string levels = Header(File.ReadAllBytes(Path)).Replace("""levels\":3""", """levels\":2""", StringComparison.Ordinal);
        File.WriteAllBytes(Path, Compose(levels, File.ReadAllBytes(Path)));
        Assert.Contains("another picture in it", Assert.Throws<ModelFileException>(() => TrainingCheckpoint.Load(Path)).Message);
    }

    private void Write(RunState state)
    {
        using FileStream stream = File.Create(Path);
        CheckpointFile.Write(stream, state);
    }

    /// <summary>Why a checkpoint is not loaded; null where its run goes on for some calls, and is kept again as a checkpoint that can be loaded.</summary>
    private string? Refusal(PixelDataset picture, byte[] file)
    {
        File.WriteAllBytes(Path, file);
        TrainingCheckpoint checkpoint;
        try
        {
            checkpoint = TrainingCheckpoint.Load(Path);
        }
        catch (ModelFileException exception)
        {
            return exception.Message;
        }
        RunState state = checkpoint.State;
        TrainingOptions options = state.Options with { ThreadCount = 1 };
        try
        {
            using var source = new CancellationTokenSource();
            using var learner = new StoppingLearner(
                PixelLearner.Create(picture, state.Learner.Network.Clone(), options), MoreCalls, midway: false, source);
            using var writer = new CheckpointWriter(new CheckpointOptions { Path = Path, Every = TimeSpan.MaxValue }, checkpoint);
            new TrainingLoop(picture, state.Learner.Network.Clone(), options, learner, _ => { }, null, writer, state).Run(source.Token);
        }
        catch (TrainingDivergedException)
        {
            // A learning rate may be too high.
            return null;
        }
        Assert.True(TrainingCheckpoint.Load(Path).Steps >= checkpoint.Steps);
        return null;
    }

    private static string Header(byte[] file) => Encoding.UTF8.GetString(file, 8, (int)BitConverter.ToUInt64(file));

    private static byte[] Compose(string header, byte[] whole)
    {
        byte[] file = SafetensorsBytes.Compose(Encoding.UTF8.GetBytes(header), whole[(8 + (int)BitConverter.ToUInt64(whole))..]);
        SHA256.HashData(file.AsSpan(..^32)).CopyTo(file, file.Length - 32);
        return file;
    }
}
