namespace MonaLisa.Engine.Output;

/// <summary>A report: heading, the table and the curves of all runs where there are several, and a section a run.</summary>
internal sealed class ReportPage
{
    private static readonly HtmlTemplate Template = new("Report");

    private readonly IReadOnlyList<TrainingRun> _runs;
    private readonly IReadOnlyList<string> _labels;
    private readonly string _title;

    /// <summary>The report of some runs.</summary>
    public ReportPage(IReadOnlyList<TrainingRun> runs, TrainingReportOptions options)
    {
        _runs = runs;
        _labels = options.Labels ?? RunLabels.Of(runs);
        _title = options.Title ?? TitleOf(runs);
    }

    /// <summary>Writes the page.</summary>
    public void Write(Action<string> write, Action<int>? stepDone, CancellationToken cancellationToken)
    {
        var qualities = new IReadOnlyList<ImageQuality>[_runs.Count];
        for (int i = 0; i < qualities.Length; i++)
        {
            qualities[i] = Measure(_runs[i], cancellationToken);
            stepDone?.Invoke(i + 1);
        }
        Template.Write(write, name => name switch
        {
            "title" => HtmlText.Encode(_title),
            "lead" => HtmlText.Encode(LeadOf(_runs)),
            "overview" => _runs.Count > 1 ? Overview(qualities) : "",
            "runs" => WriteRuns(write, qualities, stepDone, cancellationToken),
            "machine" => HtmlText.List(MachineFacts.All),
            _ => null,
        });
    }

    private string WriteRuns(
        Action<string> write, IReadOnlyList<ImageQuality>[] qualities, Action<int>? stepDone, CancellationToken cancellationToken)
    {
        string legend = RunPictures.Legend(cancellationToken).Address;
        for (int i = 0; i < _runs.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            new RunSection(_runs[i], _labels[i], IdOf(i), qualities[i], legend).Write(write, cancellationToken);
            stepDone?.Invoke(_runs.Count + i + 1);
        }
        return "";
    }

    private static IReadOnlyList<ImageQuality> Measure(TrainingRun run, CancellationToken cancellationToken)
    {
        if (run.Network.Design.Enlarges)
            return OfCopies(run);
        using var painting = new RunPainting(run, cancellationToken);
        return QualityMeter.Measure(run.Dataset, painting.Channels, painting.CopyRows, cancellationToken);
    }

    /// <summary>The figures of a network that enlarges: at the size of its picture it gives the picture back, so they are those of the copies that it learned.</summary>
    private static IReadOnlyList<ImageQuality> OfCopies(TrainingRun run)
    {
        ImageQuality learned = Of(run.Psnr, run.Mae, PixelSet.Training);
        return run is { HeldOutPsnr: double psnr, HeldOutMae: double mae } ? [learned, Of(psnr, mae, PixelSet.HeldOut)] : [learned];

        ImageQuality Of(double psnr, double mae, PixelSet set) =>
            new(run.Dataset.Width, run.Dataset.Height, psnr, mae, double.NaN, double.NaN, null) { Pixels = set, PixelCount = 0 };
    }

    private string Overview(IReadOnlyList<ImageQuality>[] qualities)
    {
        bool hasHeldOut = qualities.Any(sets => sets.Count > 1);
        string[] columns =
        [
            "Run", "PSNR (dB)", .. hasHeldOut ? ["Held-out PSNR (dB)"] : Array.Empty<string>(), "SSIM", "MAE", "Parameters", "Time",
            "Epochs", "Pixels a second",
        ];
        // Figures of copies are no figures of the picture.
        IReadOnlyList<ImageQuality>[] compared = [.. qualities.Where((_, run) => !_runs[run].Network.Design.Enlarges)];
        double? best = compared.Max(sets => (double?)sets[0].Psnr), bestHeldOut = compared.Max(HeldOut);
        string caption = "All runs; the best PSNR is bold" +
            (compared.Length < qualities.Length ? ". Of a network that enlarges, PSNR and MAE are those of smaller copies of its picture" : "");
        string table = HtmlText.Table(caption, columns, _runs.Select((run, i) =>
        {
            ImageQuality quality = qualities[i][0];
            (double? Psnr, double? HeldOut) bold = run.Network.Design.Enlarges ? (null, null) : (best, bestHeldOut);
            string[] heldOut = hasHeldOut ? [Psnr(HeldOut(qualities[i]), bold.HeldOut)] : [];
            return (string[])
            [
                $"<a href=\"#{IdOf(i)}\">{HtmlText.Encode(_labels[i])}</a>", Psnr(quality.Psnr, bold.Psnr), .. heldOut,
                HtmlText.Number(quality.Ssim, "F4"), HtmlText.Number(quality.Mae, "F5"), HtmlText.Number(run.Network.ParameterCount),
                HtmlText.Time(run.Elapsed), HtmlText.Number(run.Epochs), HtmlText.Number(run.PixelsPerSecond),
            ];
        }));
        string seconds = Plot("PSNR against training time", PlotAbscissa.Seconds, "all-seconds");
        string epochs = Plot("PSNR against epochs", PlotAbscissa.Epoch, "all-epochs");
        return $"<section aria-labelledby=\"overview\"><h2 id=\"overview\">All runs</h2>{table}" +
            $"<div class=\"plots\">{seconds}{epochs}</div></section>";

        static double? HeldOut(IReadOnlyList<ImageQuality> sets) => sets.Count > 1 ? sets[1].Psnr : null;
        static string Psnr(double? psnr, double? best) =>
            psnr is not null && psnr == best ? $"<strong>{HtmlText.Number(psnr, "F2")}</strong>" : HtmlText.Number(psnr, "F2");
    }

    private string Plot(string title, PlotAbscissa against, string id) =>
        RunSection.Figure(ReportPlot.Of(_runs, _labels, new TrainingPlotOptions { Against = against, Title = title }, id));

    private static string IdOf(int run) => FormattableString.Invariant($"run-{run + 1}");

    private static string TitleOf(IReadOnlyList<TrainingRun> runs)
    {
        bool isOnePicture = runs.Select(run => run.Dataset.Name).Distinct().Count() == 1;
        return runs.Count == 1 ? $"{runs[0].Dataset.Name}, learned by a neural network"
            : isOnePicture ? $"{runs[0].Dataset.Name}: {runs.Count} training runs" : $"{runs.Count} training runs";
    }

    private static string LeadOf(IReadOnlyList<TrainingRun> runs)
    {
        PixelDataset first = runs[0].Dataset;
        int pictures = runs.Select(run => (run.Dataset.Name, run.Dataset.Width, run.Dataset.Height)).Distinct().Count();
        string time = HtmlText.Time(TimeSpan.FromSeconds(runs.Sum(run => run.Elapsed.TotalSeconds)));
        return pictures == 1
            ? $"{RunFacts.Picture(first)}. Trained for {time}{(runs.Count > 1 ? " altogether" : "")}."
            : $"{pictures} pictures. Trained for {time} altogether.";
    }
}
