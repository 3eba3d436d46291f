using System.Globalization;
using System.Xml.Linq;
using MonaLisa.Engine.Output;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;
using static MonaLisa.Engine.Tests.PlotRuns;

namespace MonaLisa.Engine.Tests;

public sealed class TrainingPlotTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(PlotAbscissa.Epoch, 1, 2, "epoch")]
    [InlineData(PlotAbscissa.Seconds, 1, 2, "training time (s)")]
    [InlineData(PlotAbscissa.Pixels, 2, 4, "pixels learned from (millions)")]
    public void Points_lie_where_the_axes_say(PlotAbscissa against, double first, double second, string title)
    {
        PlotModel model = PlotModels.Of([Of(Epoch(1, 10), Epoch(2, 15))], new TrainingPlotOptions { Against = against });
        LineSeries curve = Assert.IsType<LineSeries>(Assert.Single(model.Series));
        Assert.Equal([new DataPoint(first, 10), new DataPoint(second, 15)], curve.Points);
        Assert.Equal([title, "PSNR (dB)"], model.Axes.Select(axis => axis.Title));
    }

    [Fact]
    public void A_last_epoch_that_was_cut_short_counts_for_the_pixels_it_had()
    {
        EpochRecord cut = Epoch(2, 15) with { Elapsed = TimeSpan.FromSeconds(1.25) };
        PlotModel model = PlotModels.Of([Of(Epoch(1, 10), cut)], new TrainingPlotOptions { Against = PlotAbscissa.Pixels });
        Assert.Equal(2.5, ((LineSeries)model.Series[0]).Points[1].X, 9);
    }

    [Theory]
    [InlineData(PlotMetric.Psnr, 11)]
    [InlineData(PlotMetric.HeldOutPsnr, 12)]
    [InlineData(PlotMetric.Loss, 0.25)]
    [InlineData(PlotMetric.Mae, 0.1)]
    [InlineData(PlotMetric.HeldOutMae, 0.2)]
    [InlineData(PlotMetric.LearningRate, 0.001)]
    [InlineData(PlotMetric.PixelsPerSecond, 2)]
    public void Every_figure_can_be_plotted(PlotMetric metric, double expected)
    {
        EpochRecord epoch = Epoch(1, 11, 0.25) with { HeldOutPsnr = 12, HeldOutMae = 0.2 };
        PlotModel model = PlotModels.Of([Of(epoch)], new TrainingPlotOptions { Metrics = [metric] });
        Assert.Equal(expected, Assert.Single(((LineSeries)model.Series[0]).Points).Y, 9);
    }

    [Fact]
    public void What_has_no_place_on_the_axes_is_left_out()
    {
        TrainingRun run = Of(Epoch(1, 10, 0), Epoch(2, double.PositiveInfinity, 0.5));
        Assert.Equal([new DataPoint(1, 10)], Points(new TrainingPlotOptions()));
        Assert.Equal(
            [new DataPoint(2, 0.5)], Points(new TrainingPlotOptions { Metrics = [PlotMetric.Loss], YScale = AxisScale.Logarithmic }));
        Assert.IsType<LogarithmicAxis>(PlotModels.Of([run], new TrainingPlotOptions { XScale = AxisScale.Logarithmic }).Axes[0]);

        List<DataPoint> Points(TrainingPlotOptions options) => ((LineSeries)PlotModels.Of([run], options).Series[0]).Points;
    }

    [Fact]
    public void A_run_with_nothing_to_plot_is_named_with_the_remedy()
    {
        TrainingRun run = Of(Epoch(1, 10));
        var heldOut = new TrainingPlotOptions { Metrics = [PlotMetric.HeldOutPsnr] };
        string none = Assert.Throws<ArgumentException>(() => TrainingPlot.Require(run, heldOut)).Message;
        Assert.Contains("sunset", none);
        Assert.Contains("-HoldOut", none);
        string unmeasured = Assert.Throws<ArgumentException>(() => TrainingPlot.Require(run with { HeldOutPsnr = 9 }, heldOut)).Message;
        Assert.EndsWith("Train it with -MeasureEachEpoch.", unmeasured);
        TrainingPlot.Require(run, new TrainingPlotOptions());
    }

    [Fact]
    public void Runs_are_called_after_what_they_differ_in()
    {
        EpochRecord epoch = Epoch(1, 10);
        Assert.Equal(["seed 1", "seed 2"], RunLabels.Of([Of("a", 1, epoch), Of("a", 2, epoch)]));
        Assert.Equal(["a, seed 1", "b, seed 2"], RunLabels.Of([Of("a", 1, epoch), Of("b", 2, epoch)]));
        Assert.Equal(["a", "a (2)"], RunLabels.Of([Of("a", 1, epoch), Of("a", 1, epoch)]));
    }

    [Fact]
    public void A_learning_rate_names_a_run_only_where_one_was_chosen()
    {
        TrainingRun narrow = SampleNetworks.Train(width: 8, epochs: 1), wide = SampleNetworks.Train(width: 16, epochs: 1);
        Assert.NotEqual(narrow.Options.LearningRate, wide.Options.LearningRate);
        Assert.Equal(["2-8-8-8-3", "2-16-16-16-3"], RunLabels.Of([narrow, wide]));
        TrainingRun fast = wide with { Options = wide.Options with { LearningRate = 0.25 } };
        Assert.Equal(["usual rate", "rate 0.25"], RunLabels.Of([wide, fast]));
    }

    [Fact]
    public void A_run_with_latents_is_not_called_after_what_its_training_does_not_have()
    {
        TrainingRun dense = Of("a", 1, Epoch(1, 10));
        TrainingRun latents = dense with
        {
            Network = new Mlp(TrainingDefaults.LatentDesign(channels: 3)),
            Options = dense.Options with { BatchSize = 7, Optimizer = Optimizer.Sgd, Sampling = PixelSampling.ErrorWeighted },
        };
        string[] labels = [.. RunLabels.Of([dense, latents])];
        Assert.Contains("batches of 1024", labels[0]);
        Assert.StartsWith(latents.Network.Design.Encoding.ToString(), labels[1]);
        Assert.All((string[])["batches", "Sgd", "ErrorWeighted"], text => Assert.DoesNotContain(text, labels[1]));
    }

    [Fact]
    public void Curves_differ_without_their_colours()
    {
        (string Dashes, MarkerType Marker)[] styles = [.. Enumerable.Range(0, 40).Select(CurveStyle.Of)
            .Select(style => (string.Join(' ', style.Dashes ?? []), style.Marker))];
        Assert.Equal(styles.Length, styles.Distinct().Count());
        for (int i = 1; i < styles.Length; i++)
        {
            Assert.NotEqual(styles[i - 1].Dashes, styles[i].Dashes);
            Assert.NotEqual(styles[i - 1].Marker, styles[i].Marker);
        }
    }

    [Fact]
    public void Vector_plots_are_whole_documents_whatever_the_picture_is_called()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = comma;
        string file = _folder.File("plot.svg");
        Save([Of("<a> & \"b\"\u0001\ufffe", 1, Epoch(1, 10.5), Epoch(2, 12))], file, new TrainingPlotOptions { Width = 500 });
        Assert.Same(comma, CultureInfo.CurrentCulture);
        CultureInfo.CurrentCulture = before;
        XElement root = XDocument.Load(file).Root!;
        Assert.Equal("500", root.Attribute("width")!.Value);
        string[] texts = [.. root.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];
        Assert.Contains("PSNR: <a> & \"b\"__", texts);
        Assert.Contains("PSNR (dB)", texts);
        Assert.Contains("epoch", texts);
        Assert.Contains(texts, text => text.StartsWith("10.", StringComparison.Ordinal));
        Assert.DoesNotContain(texts, text => char.IsAsciiDigit(text[0]) && text.Contains(',', StringComparison.Ordinal));
        Assert.Contains(root.Descendants(), element => element.Name.LocalName == "polyline");
    }

    [Fact]
    public void A_plot_for_a_page_is_an_element_without_a_prologue() =>
        Assert.StartsWith("<svg", TrainingPlot.Svg([Of(Epoch(1, 10))]).TrimStart('\ufeff'));

    [Fact]
    public void Pictures_show_curves_letters_and_white_paper()
    {
        string file = _folder.File("plot.png");
        TrainingRun[] runs = [Of("a", 1, Epoch(1, 10), Epoch(2, 20)), Of("b", 2, Epoch(1, 20), Epoch(2, 10))];
        Save(runs, file, new TrainingPlotOptions { Width = 640, Height = 400 });
        PixelDataset picture = PictureReader.Read(file);
        Assert.Equal((640, 400), (picture.Width, picture.Height));
        (byte, byte, byte)[] colors = [.. Enumerable.Range(0, 640 * 400).Select(Color)];
        Assert.Equal((255, 255, 255), colors[0]);
        // Each curve in its colour, of which a line of 250 pixels and its legend have a good many.
        Assert.InRange(colors.Count(color => color == (0, 0, 0)), 500, 20_000);
        Assert.InRange(colors.Count(color => color == (213, 94, 0)), 200, 5_000);
        // The heading's letters, above the axes.
        Assert.Contains(colors.Take(640 * 30), color => color == (0, 0, 0));

        (byte, byte, byte) Color(int pixel) => (picture.Samples8[pixel * 3], picture.Samples8[pixel * 3 + 1], picture.Samples8[pixel * 3 + 2]);
    }

    [Theory]
    [InlineData(300, 300)]
    [InlineData(4000, 300)]
    public void The_smallest_plots_still_have_room_for_long_names(int width, int height)
    {
        string name = new('w', 200);
        Save(
            [Of(name, 1, Epoch(1, 10)), Of(name, 2, Epoch(1, 12))], _folder.File("plot.png"),
            new TrainingPlotOptions { Width = width, Height = height, Labels = [name, name + "2"] });
        Assert.Equal(width, PictureReader.Read(_folder.File("plot.png")).Width);
    }

    [Fact]
    public void A_file_that_is_there_stays_as_it_was()
    {
        foreach (string name in (string[])["plot.svg", "plot.png"])
        {
            File.WriteAllText(_folder.File(name), "old");
            PictureException error = Assert.Throws<PictureException>(() => Save([Of(Epoch(1, 10))], _folder.File(name)));
            Assert.Equal(PictureProblem.FileExists, error.Problem);
            Assert.Equal("old", File.ReadAllText(_folder.File(name)));
            Save([Of(Epoch(1, 10))], _folder.File(name), overwrite: true);
            Assert.NotEqual("old", File.ReadAllText(_folder.File(name)));
        }
        Assert.Equal(["plot.png", "plot.svg"], _folder.FileNames());
        Assert.Equal(PictureProblem.UnsupportedFormat,
            Assert.Throws<PictureException>(() => Save([Of(Epoch(1, 10))], _folder.File("plot.txt"))).Problem);
    }

    private static void Save(TrainingRun[] runs, string file, TrainingPlotOptions? options = null, bool overwrite = false) =>
        TrainingPlot.Save(runs, file, options, overwrite, cancellationToken: TestContext.Current.CancellationToken);

    [Fact]
    public void Options_out_of_their_ranges_are_named()
    {
        AssertNamed("Width", () => new TrainingPlotOptions { Width = 299 });
        AssertNamed("Height", () => new TrainingPlotOptions { Height = 4001 });
        AssertNamed("AxisScale", () => new TrainingPlotOptions { XScale = (AxisScale)9 });
        AssertNamed("PlotMetric", () => new TrainingPlotOptions { Metrics = [(PlotMetric)99] });
        AssertNamed("at least one", () => new TrainingPlotOptions { Metrics = [] });
        AssertNamed("twice", () => new TrainingPlotOptions { Metrics = [PlotMetric.Psnr, PlotMetric.Psnr] });
        AssertNamed("Psnr and Loss", () => new TrainingPlotOptions { Metrics = [PlotMetric.Psnr, PlotMetric.Loss] });
        AssertNamed("The number of labels is 1, and that of runs 2.", () => PlotModels.Of([Of(Epoch(1, 1)), Of(Epoch(1, 1))], new TrainingPlotOptions { Labels = ["a"] }));
        AssertNamed("no run", () => PlotModels.Of([], new TrainingPlotOptions()));

        static void AssertNamed(string part, Func<object> make) => Assert.Contains(part, Assert.Throws<ArgumentException>(make).Message);
    }
}
