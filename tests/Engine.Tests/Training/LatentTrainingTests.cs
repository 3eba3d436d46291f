using System.Globalization;
using System.Text.RegularExpressions;
using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Storage;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Tests;

/// <summary>Networks with latents, trained against the bits that they take.</summary>
public class LatentTrainingTests
{
    private const int Width = 96, Height = 70;

    private static readonly TrainingOptions Short = new() { Epochs = 6, ThreadCount = 2 };

    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    [Fact]
    public void It_says_what_its_file_takes_and_what_it_paints()
    {
        PixelDataset picture = TestPictures.Create(Width, Height);
        TrainingRun run = Train(picture, Short);
        Assert.Equal((StopReason.Epoch, 6), (run.StopReason, run.Epochs));
        byte[] file = LatentFile.Compose(run.Network, run.Facts(), Stopping);
        Assert.Equal(8.0 * file.Length / picture.PixelCount, run.BitsPerPixel!.Value, 1e-9);
        Assert.InRange(run.BitsPerPixel.Value, 0.01, 3);
        ImageQuality painted = Measure(run.Network, picture);
        Assert.Equal((painted.Psnr, painted.Mae), (run.Psnr, run.Mae));
        Assert.InRange(run.Psnr, 30, 60);
        Assert.All(run.History, epoch => Assert.True(epoch.BitsPerPixel > 0 && double.IsFinite(epoch.Psnr) && epoch.Mae > 0));
    }

    [Fact]
    public void Its_options_have_no_numbers_of_another_training()
    {
        TrainingOptions options = Train(TestPictures.Create(Width, Height), Short).Options;
        Assert.Equal((6, 2, null, null), (options.Epochs, options.ThreadCount, options.LearningRate, options.Beta1));
        Assert.Equal((null, null, null), (options.Beta2, options.Epsilon, options.WeightDecay));
        Assert.Equal("a training of its own, seed 2012", options.ToString());
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_file()
    {
        PixelDataset picture = TestPictures.Create(Width, Height);
        byte[][] files = [.. new[] { 1, 2, 3 }.Select(threads => LatentFile.Compose(
            Train(picture, Short with { ThreadCount = threads, TargetBitsPerPixel = 0.5 }).Network, training: null, Stopping))];
        Assert.Equal(files[0], files[1]);
        Assert.Equal(files[0], files[2]);
    }

    [Theory, InlineData(400), InlineData(900)]
    public void A_size_is_not_exceeded(long bytes)
    {
        TrainingRun run = Train(Noisy(), Short with { Epochs = 16, TargetSize = bytes });
        long length = LatentFile.Compose(run.Network, run.Facts(), Stopping).Length;
        Assert.InRange(length, bytes * 0.9, bytes);
    }

    [Theory, InlineData(26), InlineData(31)]
    public void A_quality_is_reached_with_few_bytes_more(double psnr)
    {
        TrainingRun run = Train(Noisy(), Short with { Epochs = 16, TargetPsnr = psnr });
        Assert.InRange(Measure(run.Network, run.Dataset).Psnr, psnr, psnr + 0.25);
    }

    [Fact]
    public void White_that_is_painted_whiter_counts_as_reached()
    {
        const double Psnr = 34;
        TrainingRun run = Train(Face(), Short with { Epochs = 16, TargetPsnr = Psnr });
        Assert.InRange(Measure(run.Network, run.Dataset).Psnr, Psnr, Psnr + 0.25);
    }

    [Theory, InlineData(3), InlineData(10), InlineData(30), InlineData(100)]
    public void A_quality_is_reached_after_any_number_of_epochs(int epochs)
    {
        foreach (double psnr in new[] { 26.0, 30, 36, 44 })
        {
            TrainingRun run = Train(Face(), Short with { Epochs = epochs, TargetPsnr = psnr });
            Assert.InRange(Measure(run.Network, run.Dataset).Psnr, psnr, psnr + 0.3);
        }
    }

    [Fact]
    public void A_long_run_towards_a_target_does_not_break_down()
    {
        double BitsAfter(int epochs) => Train(Face(), Short with { Epochs = epochs, TargetPsnr = 34 }).BitsPerPixel!.Value;
        Assert.InRange(BitsAfter(1000), 0.1, 1.1 * BitsAfter(20));
    }

    [Fact]
    public void A_similarity_is_reached()
    {
        const double Ssim = 0.9;
        TrainingRun run = Train(Noisy(), Short with { Epochs = 16, TargetSsim = Ssim });
        Assert.InRange(Measure(run.Network, run.Dataset).Ssim, Ssim, Ssim + 0.02);
    }

    [Fact]
    public void More_bits_are_a_better_picture()
    {
        double[] psnr = [.. new[] { 0.3, 0.6, 1.2 }.Select(bits => Train(Noisy(), Short with { Epochs = 12, TargetBitsPerPixel = bits }).Psnr)];
        Assert.True(psnr[0] + 0.1 < psnr[1] && psnr[1] + 0.1 < psnr[2], string.Join(", ", psnr));
    }

    [Fact]
    public void A_target_out_of_reach_is_an_error_that_names_the_nearest()
    {
        var tooSmall = Assert.Throws<LatentTargetException>(() => Train(Noisy(), Short with { TargetSize = 20 }));
        Assert.Matches(@"^TargetSize 20 cannot be reached with 'noisy': the nearest is \d+ bytes, .* bits a pixel, with \d+\.\d\d dB\. Ask for more", tooSmall.Message);
        var tooGood = Assert.Throws<LatentTargetException>(() => Train(Noisy(), Short with { TargetPsnr = 120 }));
        Assert.Contains("TargetPsnr 120 cannot be reached", tooGood.Message);
        Assert.Contains("Ask for less", tooGood.Message);
    }

    [Fact]
    public void What_was_not_computed_meets_no_target()
    {
        bool IsMet(TrainingOptions options, double bytes, double psnr, double ssim) =>
            new LatentTarget(options, Width * Height).IsMet(new LatentResult(bytes, psnr, ssim));
        var quality = new TrainingOptions { TargetPsnr = 30 };
        Assert.True(IsMet(quality, 100, 30, double.NaN));
        Assert.False(IsMet(quality, 100, 29.9, double.NaN));
        Assert.False(IsMet(quality, 100, double.NaN, double.NaN));
        var size = new TrainingOptions { TargetSize = 100 };
        Assert.True(IsMet(size, 100, 20, double.NaN));
        Assert.False(IsMet(size, double.NaN, 20, double.NaN));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_run_whose_error_is_not_a_number_ends_and_says_what_to_try(bool ofEntropy)
    {
        PixelDataset picture = TestPictures.Create(Width, Height);
        Mlp network = Network(picture);
        (ofEntropy ? network.EncodingTensors[^1].Values : network.Layers[^1].Biases)[0] = float.NaN;
        var thrown = Assert.Throws<TrainingDivergedException>(() => Trainer.Train(picture, network, Short, cancellationToken: Stopping));
        Assert.Equal((1, double.NaN), (thrown.Step, thrown.MeanSquaredError));
        Assert.StartsWith("Training diverged at step 1: the mean squared error became NaN at a learning rate of 0.00", thrown.Message, StringComparison.Ordinal);
        Assert.EndsWith("Start from another network, or give another -Seed.", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_are_rounded_as_little_as_can_be_where_the_cost_is_not_a_number()
    {
        ThinNetwork network = LatentNetwork.CreateEntropy(ThinKernel.Of(InstructionSets.Best));
        float[] start = new float[network.Parameters.Length];
        network.Parameters[0] = 3.3f;
        var rounding = new LatentRounding(network, start);
        rounding.RoundBest(() => double.NaN);
        rounding.RoundAgain();
        Assert.Equal(MathF.Round(3.3f * LatentWeight.Unit) / LatentWeight.Unit, network.Parameters[0]);
    }

    [Fact]
    public void Bounds_of_latents_do_not_spoil_the_best_picture()
    {
        // White on black has the largest means: at the smallest step they would be beyond the bounds.
        const int Bright = 64, Side = 128;
        byte[] samples = [.. Enumerable.Range(0, 3 * Side * Side).Select(i => (byte)(i / 3 % Side < Bright ? 255 : i * 7 % 5))];
        var picture = new PixelDataset("stark", Side, Side, samples);
        var tooGood = Assert.Throws<LatentTargetException>(() => Train(picture, Short with { TargetPsnr = 120 }));
        Match nearest = Regex.Match(tooGood.Message, @"with (\d+\.\d\d) dB");
        Assert.InRange(double.Parse(nearest.Groups[1].Value, CultureInfo.InvariantCulture), 57, 120);
    }

    [Fact]
    public void Two_targets_are_refused()
    {
        var thrown = Assert.Throws<ArgumentException>(() => Train(Noisy(), Short with { TargetSize = 1000, TargetPsnr = 30 }));
        Assert.Equal("TargetPsnr 30 and TargetSize 1000 each decide how large the file is. Give one of them.", thrown.Message);
    }

    [Fact]
    public void Held_out_pixels_are_filled_and_measured()
    {
        PixelDataset picture = TestPictures.Create(Width, Height).WithHoldOut(new HoldOut { Fraction = 0.1 });
        TrainingRun run = Train(picture, Short);
        float[] painted = Paint(run.Network, Width, Height);
        IReadOnlyList<ImageQuality> measured = QualityMeter.Measure(picture, 3, RowSources.Of(painted, Width, 3), Stopping);
        Assert.Equal((measured[0].Psnr, measured[0].Mae, measured[1].Psnr, measured[1].Mae), (run.Psnr, run.Mae, run.HeldOutPsnr, run.HeldOutMae));
        Assert.InRange(run.Psnr, 30, 60);
        Assert.InRange(run.HeldOutPsnr!.Value, 22, 60);
    }

    [Fact]
    public void Hidden_pixels_take_no_bits_whatever_they_are()
    {
        PixelRole RoleOf(int x, int y) => (x - 30) * (x - 30) + (y - 35) * (y - 35) < 500 ? PixelRole.Training : PixelRole.Ignored;
        PixelDataset whole = Noisy(), hidden = whole.WithRoles(RoleOf);
        byte[] samples = whole.Samples8.ToArray();
        for (int i = 0; i < samples.Length; i++)
            if (RoleOf(i / 3 % Width, i / 3 / Width) == PixelRole.Ignored)
                samples[i] = (byte)(7 * i);
        PixelDataset other = new PixelDataset("noisy", Width, Height, samples).WithRoles(RoleOf);
        TrainingOptions options = Short with { Epochs = 12, TargetPsnr = 30 };

        byte[] file = LatentFile.Compose(Train(hidden, options).Network, training: null, Stopping);

        Assert.Equal(file, LatentFile.Compose(Train(other, options).Network, training: null, Stopping));
        int all = LatentFile.Compose(Train(whole, options).Network, training: null, Stopping).Length;
        Assert.InRange(file.Length, 1, 0.5 * all);
    }

    [Theory]
    [InlineData(1, 1, 3), InlineData(1, 13, 3), InlineData(2, 2, 3), InlineData(5, 3, 1), InlineData(33, 17, 4), InlineData(300, 2, 3)]
    public void Any_size_and_channels_are_learned(int width, int height, int channels)
    {
        foreach (PixelDataset picture in new[] { TestPictures.Create(width, height, channels), TestPictures.Create16(width, height, channels) })
        {
            TrainingRun run = Train(picture, Short with { Epochs = 2 });
            byte[] file = LatentFile.Compose(run.Network, run.Facts(), Stopping);
            Mlp loaded = LatentFile.Read(file, new ModelFaults("file"), cancellationToken: Stopping);
            Assert.Equal(Paint(run.Network, width, height), Paint(loaded, width, height));
            Assert.True(run.Psnr > 15, $"{run.Psnr} dB");
        }
    }

    /// <summary>The gradient of a tall picture is added up in parts of 16 rows, 16 or so of them at a time.</summary>
    [Theory, InlineData(272), InlineData(281), InlineData(288), InlineData(544), InlineData(560)]
    public void Rows_are_learned_alike_whatever_their_number(int height)
    {
        const int Wide = 256, Rows = 16, Row = 3 * Wide;
        var random = new Random(5);
        byte[] samples = [.. Enumerable.Range(0, height * Row).Select(i =>
            (byte)(128 + 60 * Math.Sin(i % Row / 3 * 0.2) * Math.Sin(i / Row * 0.2) + random.Next(-20, 21)))];
        var picture = new PixelDataset("noise", Wide, height, samples);
        float[] painted = Paint(Train(picture, Short with { TargetPsnr = 36 }).Network, Wide, height);
        double[] errors = [.. Enumerable.Range(0, height / Rows).Select(part => Enumerable.Range(part * Rows * Row, Rows * Row)
            .Average(i => Math.Pow(painted[i] - samples[i] / 255.0, 2)))];
        Assert.InRange(errors.Max(), 0, 1.3 * errors.Average());
    }

    [Theory, InlineData(0), InlineData(1), InlineData(2)]
    public void A_rounding_that_is_stopped_leaves_the_numbers_as_they_were(int tries)
    {
        ThinNetwork network = LatentNetwork.CreateEntropy(ThinKernel.Of(InstructionSets.Best));
        network.Parameters.AsSpan().Fill(3.3f);
        float[] before = (float[])network.Parameters.Clone();
        var rounding = new LatentRounding(network, new float[before.Length]);
        Assert.Throws<OperationCanceledException>(() => rounding.RoundBest(() => tries-- > 0 ? 100 * tries : throw new OperationCanceledException()));
        Assert.Equal(before, network.Parameters);
        rounding.RoundAgain();
        Assert.Equal(before, network.Parameters);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_search_that_is_stopped_goes_back_to_the_best_or_to_where_it_began(bool hasBest)
    {
        PixelDataset picture = TestPictures.Create(Width, Height);
        Mlp network = Network(picture);
        var encoding = (LatentEncoding)network.Design.Encoding;
        ThinKernel kernel = ThinKernel.Of(InstructionSets.Best);
        using var work = new LatentWork(1);
        var learner = new LatentLearner(
            picture, encoding, LatentEncoding.UsualStep, LatentColors.Of(picture), gaps: null, LatentNetwork.EntropyOf(network, kernel),
            LatentSynthesis.NetworkOf(network, kernel), (encoding.Start.Entropy.ToArray(), encoding.Start.Layers(network.Design)), pull: 80,
            LatentTraining.BitPrice, work, seed: 1);
        LatentChoice before = learner.CopyChoice(earlier: null);
        var settled = new LatentSettled(new LatentResult(900, 30, double.NaN), Mae: 0, HeldOut: null);
        int tries = 0;
        LatentResult Estimate() => ++tries switch
        {
            1 => new LatentResult(hasBest ? 900 : 60_000, 30, double.NaN),
            2 => new LatentResult(60_000, 30, double.NaN),
            _ => throw new OperationCanceledException(),
        };
        var fit = new LatentFit(
            learner, new LatentTarget(Short with { TargetSize = 1000 }, picture.PixelCount), keepsColors: false, Estimate, () => settled);
        Assert.Throws<OperationCanceledException>(() => fit.Run(Stopping));
        Assert.NotEqual(before.Step, learner.Step);
        Assert.Equal(hasBest ? settled : null, fit.GoBack());
        Assert.Equal(before.Step, learner.Step);
        Assert.Equal(before.Synthesis, learner.Synthesis.Parameters);
        Assert.Equal(before.Latents, learner.Planes.Latents);
    }

    [Fact]
    public async Task A_run_that_is_stopped_anywhere_has_the_step_of_its_last_figures()
    {
        using var stop = new CancellationTokenSource();
        using var second = new ManualResetEventSlim();
        var watcher = new StepWatcher();
        PixelDataset picture = Noisy();
        Task stopping = Task.Run(() =>
        {
            second.Wait(Stopping);
            stop.Cancel();
        }, Stopping);
        TrainingRun run = Trainer.Train(
            picture, Network(picture), Short with { Epochs = 100_000, TargetSize = 600 },
            epochDone: epoch =>
            {
                if (epoch.Epoch == 2)
                    second.Set();
            }, watchers: [watcher], cancellationToken: stop.Token);
        await stopping;
        Assert.Equal(StopReason.Canceled, run.StopReason);
        Assert.Equal(watcher.Steps[^2], LatentEncoding.StepOf(run.Network));
    }

    private sealed class StepWatcher : ITrainingWatcher
    {
        /// <summary>The steps of the networks at the beginning, after each epoch and at the end.</summary>
        public List<float> Steps { get; } = [];

        public bool IsDue(TrainingState state) => true;

        public void Look(Mlp network, TrainingState state) => Steps.Add(LatentEncoding.StepOf(network));
    }

    [Fact]
    public void A_stopped_run_has_what_was_learned()
    {
        using var stop = new CancellationTokenSource();
        PixelDataset picture = TestPictures.Create(Width, Height);
        TrainingRun run = Trainer.Train(
            picture, Network(picture), Short with { Epochs = 1000 }, epochDone: epoch =>
            {
                if (epoch.Epoch == 3)
                    stop.Cancel();
            }, cancellationToken: stop.Token);
        Assert.Equal((StopReason.Canceled, 3), (run.StopReason, run.Epochs));
        AssertAsItWas(run);
    }

    [Fact]
    public void A_run_that_is_stopped_before_its_first_epoch_has_a_network_and_no_figures()
    {
        PixelDataset picture = TestPictures.Create(Width, Height);
        TrainingRun run = Trainer.Train(picture, Network(picture), Short, cancellationToken: new CancellationToken(canceled: true));
        Assert.Equal((StopReason.Canceled, 0), (run.StopReason, run.Epochs));
        Assert.Equal((double.NaN, double.NaN, null), (run.Psnr, run.Mae, run.BitsPerPixel));
        Assert.Null(run.Network.Training!.Psnr);
        Assert.InRange(Measure(run.Network, picture).Psnr, 20, 60);
        Assert.NotEmpty(LatentFile.Compose(run.Network, run.Facts(), Stopping));
    }

    [Fact]
    public void A_run_that_is_stopped_while_it_meets_its_target_has_what_was_learned()
    {
        using var stop = new CancellationTokenSource();
        PixelDataset picture = Noisy();
        TrainingRun run = Trainer.Train(
            picture, Network(picture), Short with { Epochs = 16, TargetSize = 600 }, epochDone: epoch =>
            {
                // Not right after a change of the step: figures are of the latents that an epoch begins with.
                if (epoch.Epoch == 7)
                    stop.Cancel();
            }, cancellationToken: stop.Token);
        Assert.Equal((StopReason.Canceled, 7), (run.StopReason, run.Epochs));
        AssertAsItWas(run);
    }

    /// <summary>A stopped run has its last epoch's figures, and paints about so well.</summary>
    private static void AssertAsItWas(TrainingRun run)
    {
        EpochRecord last = run.History[^1];
        Assert.Equal((last.Psnr, last.Mae, last.BitsPerPixel), (run.Psnr, run.Mae, run.BitsPerPixel));
        Assert.Equal(last.Psnr, Measure(run.Network, run.Dataset).Psnr, 0.5);
        Assert.Equal(last.BitsPerPixel!.Value, 8.0 * LatentFile.Compose(run.Network, run.Facts(), Stopping).Length / run.Dataset.PixelCount, 0.1 * last.BitsPerPixel.Value);
    }

    [Fact]
    public void A_run_may_be_planned_for_as_long_as_can_be()
    {
        using var stop = new CancellationTokenSource();
        PixelDataset picture = TestPictures.Create(Width, Height);
        TrainingRun run = Trainer.Train(
            picture, Network(picture), Short with { Epochs = null, MaxTime = TimeSpan.MaxValue }, progress: progress =>
            {
                Assert.Null(progress.Remaining);
                stop.Cancel();
            }, cancellationToken: stop.Token);
        Assert.Equal((StopReason.Canceled, 1), (run.StopReason, run.Epochs));
    }

    [Fact]
    public void Watchers_see_it_after_every_epoch()
    {
        PixelDataset picture = TestPictures.Create(Width, Height);
        var watcher = new Watcher();
        TrainingRun run = Trainer.Train(picture, Network(picture), Short, watchers: [watcher], cancellationToken: Stopping);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 6], watcher.Epochs);
        Assert.Equal(Paint(run.Network, Width, Height), watcher.Last);
    }

    [Fact]
    public void Snapshots_paint_what_it_was_then_whatever_the_step()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("run.snapshots");
        PixelDataset picture = Noisy();
        TrainingRun run;
        using (var recorder = new SnapshotRecorder(new SnapshotOptions { Path = path, Schedule = SnapshotSchedule.EveryEpochs(1) }, picture))
            run = Trainer.Train(
                picture, Network(picture), Short with { Epochs = 10, TargetBitsPerPixel = 0.6 }, watchers: [recorder], cancellationToken: Stopping);

        TrainingSnapshots kept = TrainingSnapshots.Open(path);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10], kept.Snapshots.Select(snapshot => snapshot.Epoch));
        Mlp[] networks = [.. Enumerable.Range(0, kept.Snapshots.Count).Select(kept.Load)];
        Assert.True(networks.Select(LatentEncoding.StepOf).Distinct().Count() > 2);
        // Numbers of 16 bits change a picture a little.
        Assert.All(networks.Zip(kept.Snapshots).Skip(1), one => Assert.Equal(one.Second.Psnr!.Value, Measure(one.First, picture).Psnr, 1.5));
        Assert.Equal(run.Psnr, Measure(networks[^1], picture).Psnr, 0.02);
    }

    [Fact]
    public void A_network_of_another_picture_is_a_start()
    {
        PixelDataset other = TestPictures.Create(40, 40);
        Mlp first = Train(Noisy(), Short with { Epochs = 12 }).Network;
        TrainingRun run = Trainer.Train(other, first, Short with { Epochs = 1 }, cancellationToken: Stopping);
        Assert.Equal((40, 40), (((LatentEncoding)run.Network.Design.Encoding).Width, ((LatentEncoding)run.Network.Design.Encoding).Height));
    }

    private static Mlp Network(PixelDataset picture) => new(
        TrainingDefaults.LatentDesign(picture.Channels).With(TrainingDefaults.Encoding(EncodingKind.Latent, picture)));

    private static TrainingRun Train(PixelDataset picture, TrainingOptions options) =>
        Trainer.Train(picture, Network(picture), options, cancellationToken: Stopping);

    /// <summary>A picture with detail to spend bits on.</summary>
    private static PixelDataset Noisy()
    {
        var random = new Random(1);
        byte[] samples = [.. TestPictures.Create(Width, Height).Samples8.ToArray().Select(sample => (byte)Math.Clamp(sample + random.Next(-25, 26), 0, 255))];
        return new PixelDataset("noisy", Width, Height, samples);
    }

    /// <summary>A face on white, as icons are: large latents, and colours at the end of their range.</summary>
    private static PixelDataset Face()
    {
        const int Side = 64;
        const double Radius = 0.45, Iris = 0.06, EyeLeft = 0.36, EyeRight = 0.64, EyeHeight = 0.4;
        byte[] samples = new byte[3 * Side * Side];
        Array.Fill(samples, byte.MaxValue);
        for (int y = 0; y < Side; y++)
            for (int x = 0; x < Side; x++)
            {
                double across = (double)x / Side, down = (double)y / Side;
                bool IsEye(double at) => double.Hypot(across - at, 0.7 * (down - EyeHeight)) < Iris;
                byte[]? color = IsEye(EyeLeft) || IsEye(EyeRight) ? [70, 40, 10]
                    : double.Hypot(across - 0.5, down - 0.5) < Radius ? [(byte)(255 - 60 * down), (byte)(200 - 100 * down), (byte)(40 + 40 * across)] : null;
                color?.CopyTo(samples, 3 * (y * Side + x));
            }
        return new PixelDataset("face", Side, Side, samples);
    }

    private static ImageQuality Measure(Mlp network, PixelDataset picture)
    {
        float[] painted = Paint(network, picture.Width, picture.Height);
        return QualityMeter.Measure(picture, picture.Channels, RowSources.Of(painted, picture.Width, picture.Channels), Stopping)[0];
    }

    private static float[] Paint(Mlp network, int width, int height)
    {
        using var renderer = new ImageRenderer(network, threadCount: 1);
        var colors = new float[width * height * network.OutputCount];
        renderer.Render(width, height, 0, height, colors, Stopping);
        return colors;
    }

    private sealed class Watcher : ITrainingWatcher
    {
        public List<int> Epochs { get; } = [];

        public float[] Last { get; private set; } = [];

        public bool IsDue(TrainingState state) => true;

        public void Look(Mlp network, TrainingState state)
        {
            Epochs.Add(state.Epoch);
            Last = Paint(network, Width, Height);
        }
    }
}
