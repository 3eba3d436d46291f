using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Storage;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Tests;

/// <summary>A start that is learned from pictures of one kind.</summary>
public class StartTrainingTests
{
    private const double Psnr = 30;

    private static readonly TrainingOptions Options = new() { Epochs = 40, TargetPsnr = Psnr, ThreadCount = 2 };

    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    [Fact]
    public void A_picture_of_the_kind_that_had_no_part_in_it_takes_fewer_bytes()
    {
        Mlp start = Learn(Options);
        PixelDataset other = Page(seed: 100, side: 96);
        double without = Train(other, new Mlp(Design(other, start: null))).BitsPerPixel!.Value;
        TrainingRun with = Train(other, new Mlp(Design(other, LatentStart.Of(start, "pages.mlpz"), 32, 32)));
        Assert.InRange(with.BitsPerPixel!.Value, 0.1 * without, 0.9 * without);
        Assert.InRange(with.Psnr, Psnr, Psnr + 0.5);
        Assert.Equal("pages.mlpz", ((LatentEncoding)with.Network.Design.Encoding).StartName);
    }

    [Fact]
    public void Any_number_of_threads_learns_the_same()
    {
        byte[][] files = [.. new[] { 1, 2 }.Select(threads => LatentFile.Compose(Learn(Options with { Epochs = 3, ThreadCount = threads }), training: null, Stopping))];
        Assert.Equal(files[0], files[1]);
    }

    [Fact]
    public void It_is_one_pixel_and_says_what_it_learned()
    {
        Mlp start = Learn(Options with { Epochs = 3 });
        var encoding = (LatentEncoding)start.Design.Encoding;
        Assert.Equal((1, 1, 3), (encoding.Width, encoding.Height, encoding.Channels));
        Assert.Equal(("4 pictures", 3), (start.Training!.PictureName, start.Training.Epochs));
        Assert.Equal([32, 32], start.HiddenLayers);
        Assert.True(LatentBitstream.IsExact(start));
    }

    [Fact]
    public void Other_hidden_layers_are_those_of_the_networks_that_start_with_it()
    {
        Mlp start = StartTraining.Learn(Sheet(), [24, 12], Options with { Epochs = 3 }, cancellationToken: Stopping);
        Assert.Equal([24, 12], start.HiddenLayers);
        var numbers = LatentStart.Of(start, "pages.mlpz");
        Assert.Equal(3, numbers.ChannelsFor([24, 12]));
        Assert.Null(numbers.ChannelsFor([16, 16]));
        PixelDataset picture = TestPictures.Create(20, 20);
        MlpDesign usual = Design(picture, numbers);
        Assert.Contains("'pages.mlpz' has other hidden layers than 16-16", Assert.Throws<ArgumentException>(usual.Validate).Message);
        (usual with { HiddenLayers = [24, 12] }).Validate();
    }

    [Fact]
    public void A_canceled_training_gives_nothing()
    {
        using var canceled = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => StartTraining.Learn(
            Sheet(), hiddenLayers: null, Options, _ => canceled.Cancel(), canceled.Token));
    }

    private static Mlp Learn(TrainingOptions options) => StartTraining.Learn(Sheet(), hiddenLayers: null, options, cancellationToken: Stopping);

    private static TrainingRun Train(PixelDataset picture, Mlp network) =>
        Trainer.Train(picture, network, Options, cancellationToken: Stopping);

    private static MlpDesign Design(PixelDataset picture, LatentStart? start, params int[] hiddenLayers) =>
        (TrainingDefaults.LatentDesign(picture.Channels) with { HiddenLayers = hiddenLayers.Length > 0 ? hiddenLayers : [16, 16] })
        .With(LatentEncoding.For(picture.Width, picture.Height, picture.Channels) with { OwnStart = start });

    private static PixelDataset Sheet()
    {
        var sheet = new PictureSheet(seed: 1);
        for (int page = 0; page < 4; page++)
            sheet.Add(Page(page, side: 128));
        return sheet.Compose();
    }

    /// <summary>Black strokes on white, which come again and again: a kind of writing.</summary>
    private static PixelDataset Page(int seed, int side)
    {
        var random = new Random(seed);
        byte[] samples = new byte[side * side * 3];
        Array.Fill(samples, byte.MaxValue);
        for (int line = 4; line + 8 < side; line += 12)
            for (int letter = 4; letter + 6 < side; letter += 8)
            {
                int strokes = random.Next(1, 16);
                for (int y = 0; y < 8; y++)
                    for (int x = 0; x < 6; x++)
                        if (((strokes & 1) != 0 && x == 0) || ((strokes & 2) != 0 && y == 0) || ((strokes & 4) != 0 && x == 5) || ((strokes & 8) != 0 && y == 7))
                            samples.AsSpan(((line + y) * side + letter + x) * 3, 3).Fill(20);
            }
        return new PixelDataset($"page {seed}", side, side, samples);
    }
}
