using MonaLisa.Engine.Pictures;
using NetVips;

namespace MonaLisa.Engine.Tests;

/// <summary>Animations as another reader sees them.</summary>
public sealed class TrainingAnimationTests : IDisposable
{
    private static readonly AnimationOptions Options = new() { Width = 40, Height = 30 };

    private readonly TemporaryFolder _folder = new();

    public TrainingAnimationTests() => RecordedRun.Train(_folder.File("run"), SnapshotSchedule.EveryEpochs(1));

    private TrainingSnapshots Snapshots => TrainingSnapshots.Open(_folder.File("run"));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("animation.webp", 0, 12.0)]
    [InlineData("animation.gif", 3, 30.0)]
    public void It_has_the_frames_their_times_and_its_loops(string name, int loops, double tolerance)
    {
        var done = new List<int>();
        AnimationPlan plan = TrainingAnimation.Write(
            Snapshots, _folder.File(name), Options with { Loop = loops, Duration = TimeSpan.FromSeconds(2), Quality = 100 }, done.Add,
            TestContext.Current.CancellationToken);
        Assert.Equal(5, plan.Frames.Count);
        Assert.Equal([1, 2, 3, 4, 5], done);
        using Image animation = Read(name);
        Assert.Equal((40, 30, 5), (animation.Width, (int)animation.Get("page-height"), (int)animation.Get("n-pages")));
        Assert.Equal([400, 400, 400, 400, 400], (int[])animation.Get("delay"));
        Assert.Equal(loops, (int)animation.Get("loop"));
        for (int frame = 0; frame < 5; frame++)
            AssertPaints(Snapshots.Load(frame), animation, frame * 30, tolerance);
        Assert.Equal(["run", name], _folder.FileNames().OrderByDescending(file => file == "run"));
    }

    [Theory]
    [InlineData("animation.webp", 0.001, null, "its 5 frames take 01:23:20")]
    [InlineData("animation.gif", 0.0014, null, "GIF shows a frame for at most 00:10:55.3500000, and one would stay")]
    [InlineData("animation.gif", null, 3600, "Use a shorter -Duration or -Hold, a higher -FrameRate, or .webp.")]
    public void Times_that_a_format_cannot_state_are_refused_before_the_work(string name, double? rate, int? seconds, string expected)
    {
        AnimationOptions options = Options with
        {
            FrameRate = rate,
            Duration = seconds is int count ? TimeSpan.FromSeconds(count) : null,
        };
        var error = Assert.Throws<ArgumentException>(() => TrainingAnimation.Write(
            Snapshots, _folder.File(name), options, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains(expected, error.Message);
        Assert.Equal(["run"], _folder.FileNames());
    }

    [Fact]
    public void The_learned_picture_stands_beside_and_a_caption_below()
    {
        PixelDataset picture = RecordedRun.Picture;
        IReadOnlyList<string> files = TrainingAnimation.WriteFrames(
            Snapshots, _folder.File("frame-"), new AnimationOptions { Width = 20, Height = 15, Reference = picture, HasCaption = true },
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(1, 5).Select(number => _folder.File($"frame-000{number}.png")), files);
        using var frame = Image.NewFromFile(files[4]);
        Assert.Equal((42, 27, 3), (frame.Width, frame.Height, frame.Bands));
        byte[] pixels = frame.WriteToMemory<byte>();
        for (int y = 0; y < 15; y++)
            Assert.Equal(picture.Samples8.Slice(y * 60, 60).ToArray(), pixels[((y * 42 + 22) * 3)..((y * 42 + 42) * 3)]);
        AssertPaints(Snapshots.Load(4), frame, 0, 1);
        byte[] caption = pixels[(15 * 42 * 3)..];
        Assert.Contains(caption, sample => sample > 100);
        Assert.All(caption.Chunk(3), pixel => Assert.True(pixel[0] == pixel[1] && pixel[1] == pixel[2]));
    }

    [Fact]
    public void The_learned_picture_is_scaled_to_the_painting()
    {
        RowSource rows = PictureResampler.Resize(TestPictures.Create16(20, 15, 4), 10, 30);
        float[] colors = new float[10 * 4 * 2];
        rows(28, 2, colors);
        Assert.All(colors, color => Assert.InRange(color, -0.2f, 1.2f));
        float[] last = new float[20 * 4];
        TestPictures.Create16(20, 15, 4).CopyRows(14, 1, last);
        for (int channel = 0; channel < 4; channel++)
            Assert.Equal(last[9 * 4 + channel], colors[10 * 4 + 4 * 4 + channel], 0.08f);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(4, true)]
    public void Grey_and_transparent_pictures_have_animations(int channels, bool isTransparent)
    {
        PixelDataset picture = TestPictures.Create(20, 15, channels);
        Mlp network = TestNetworks.Create(Activation.Tanh, [8], outputs: channels);
        using (var recorder = new SnapshotRecorder(new SnapshotOptions { Path = _folder.File("other") }, picture))
            Trainer.Train(
                picture, network, RecordedRun.Options, watchers: [recorder], cancellationToken: TestContext.Current.CancellationToken);
        AnimationOptions options = Options with { HasCaption = true, Reference = picture };
        foreach (string name in (string[])["animation.webp", "animation.gif"])
        {
            TrainingAnimation.Write(TrainingSnapshots.Open(_folder.File("other")), _folder.File(name), options,
                cancellationToken: TestContext.Current.CancellationToken);
            using Image animation = Read(name);
            Assert.Equal(82, animation.Width);
            // Its reader gives every animation a fourth band.
            byte[] alpha = [.. animation.WriteToMemory<byte>().Where((_, i) => i % animation.Bands == 3)];
            Assert.Equal(isTransparent, alpha.Any(sample => sample < byte.MaxValue));
        }
    }

    [Fact]
    public void What_cannot_be_written_leaves_the_folder_as_it_was()
    {
        File.WriteAllText(_folder.File("old.webp"), "old");
        Assert.Equal(PictureProblem.FileExists, Problem("old.webp", Options));
        Assert.Equal(PictureProblem.UnsupportedFormat, Problem("animation.png", Options));
        Assert.Equal(PictureProblem.TooLarge, Problem("animation.webp", Options with { Width = 16_384, Height = 1 }));
        Assert.Equal(PictureProblem.TooLarge, Problem("animation.gif", Options with { Width = 65_536, Height = 1 }));
        Assert.Equal(PictureProblem.FolderMissing, Problem(Path.Combine("nowhere", "animation.webp"), Options));
        Assert.Equal(ModelFileProblem.OtherPicture, Assert.Throws<ModelFileException>(() => TrainingAnimation.Write(
            Snapshots, _folder.File("animation.webp"), Options with { Reference = TestPictures.Create(21, 15) },
            cancellationToken: TestContext.Current.CancellationToken)).Problem);
        using var cancelled = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => TrainingAnimation.Write(
            Snapshots, _folder.File("animation.webp"), Options, _ => cancelled.Cancel(), cancelled.Token));
        Assert.Equal(["old.webp", "run"], _folder.FileNames());
        Assert.Equal("old", File.ReadAllText(_folder.File("old.webp")));
    }

    [Fact]
    public void An_animation_of_too_many_rows_is_an_error_that_says_so()
    {
        string path = _folder.File("long");
        RecordedRun.Train(
            path, SnapshotSchedule.EveryEpochs(1), TestNetworks.Create(Activation.Tanh, [1]), RecordedRun.Options with { Epochs = 800 });
        var exception = Assert.Throws<PictureException>(() => TrainingAnimation.Write(
            TrainingSnapshots.Open(path), _folder.File("animation.webp"),
            new AnimationOptions { Width = 1, Height = 16_000, FrameRate = 50 }, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(PictureProblem.TooLarge, exception.Problem);
        Assert.Contains("801 frames", exception.Message);
    }

    private PictureProblem Problem(string name, AnimationOptions options) => Assert.Throws<PictureException>(() =>
        TrainingAnimation.Write(Snapshots, _folder.File(name), options, cancellationToken: TestContext.Current.CancellationToken)).Problem;

    private Image Read(string name)
    {
        PictureLibrary.EnsureReady();
        return Image.NewFromFile(_folder.File(name), kwargs: new VOption { { "n", -1 } });
    }

    /// <summary>Asserts that the mean error against what a network paints is at most some of 255 steps.</summary>
    private static void AssertPaints(Mlp network, Image animation, int firstRow, double tolerance)
    {
        int width = animation.Width >= 40 && animation.Width != 42 ? 40 : 20, height = width * 3 / 4;
        using var renderer = new ImageRenderer(network, threadCount: 1);
        float[] colors = new float[width * height * 3];
        renderer.Render(width, height, 0, height, colors, TestContext.Current.CancellationToken);
        byte[] pixels = animation.WriteToMemory<byte>();
        double error = 0;
        for (int i = 0; i < colors.Length; i++)
        {
            int x = i / 3 % width, y = i / 3 / width;
            byte sample = pixels[((firstRow + y) * animation.Width + x) * animation.Bands + i % 3];
            error += Math.Abs(Math.Clamp(colors[i], 0, 1) * 255 - sample);
        }
        Assert.InRange(error / colors.Length, 0, tolerance);
    }
}
