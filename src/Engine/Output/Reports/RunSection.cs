using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Output;

/// <summary>A run's part of a report.</summary>
/// <param name="run">The run.</param>
/// <param name="label">What it is called.</param>
/// <param name="id">A name that no other section of the page has.</param>
/// <param name="qualities">How well it paints: one record, or one for the training pixels and one for those held out.</param>
/// <param name="legend">The address of the error map's legend.</param>
internal sealed class RunSection(TrainingRun run, string label, string id, IReadOnlyList<ImageQuality> qualities, string legend)
{
    private static readonly HtmlTemplate Template = new("ReportRun");

    // Smaller pictures are shown with visible pixels, larger ones smooth.
    private const int SmallSide = 200;

    /// <summary>Paints, animates and writes the section.</summary>
    public void Write(Action<string> write, CancellationToken cancellationToken)
    {
        RunPictures pictures;
        using (var painting = new RunPainting(run, cancellationToken))
            pictures = RunPictures.Of(run, painting, cancellationToken);
        RunAnimation animation = RunAnimation.Of(run, cancellationToken);
        bool isShrunk = pictures.Target.Width < run.Dataset.Width || pictures.Target.Height < run.Dataset.Height;
        Template.Write(write, name => name switch
        {
            "id" => id,
            "label" => HtmlText.Encode(label),
            "picture" => HtmlText.Encode(run.Dataset.Name),
            "about" => HtmlText.Encode(RunFacts.Picture(run.Dataset) +
                (run.Network.Design.Enlarges ? "; the network enlarges it, and paints it as it is at this size: PSNR and MAE are those of smaller copies of it" : "") +
                (isShrunk ? $"; shown at {pictures.Target.Width} × {pictures.Target.Height}, measured in full" : "")),
            "psnr" => HtmlText.Decibels(qualities[0].Psnr),
            "ssim" => HtmlText.Number(qualities[0].Ssim, "F3"),
            "parameters" => HtmlText.Number(run.Network.ParameterCount),
            "time" => HtmlText.Time(run.Elapsed),
            "target" => pictures.Target.Address,
            "painting" => pictures.Painting.Address,
            "errors" => pictures.Errors.Address,
            "width" => HtmlText.Number(pictures.Target.Width, "G"),
            "height" => HtmlText.Number(pictures.Target.Height, "G"),
            "size" => Math.Max(run.Dataset.Width, run.Dataset.Height) <= SmallSide ? "small" : "large",
            "legend" => legend,
            "largestError" => HtmlText.Number(pictures.LargestError, "G3"),
            "animation" => AnimationOf(animation),
            "metrics" => Metrics(),
            "plots" => PlotsOf(),
            "network" => HtmlText.List(RunFacts.Network(run)),
            "settings" => HtmlText.List(RunFacts.Settings(run)),
            "course" => HtmlText.List(RunFacts.Course(run)),
            _ => null,
        });
    }

    /// <summary>A plot in a frame that scrolls where it is wider than the page; nothing where there is no plot.</summary>
    public static string Figure(string? plot) =>
        plot is null ? "" : $"<div class=\"plot scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Plot\">{plot}</div>";

    private string AnimationOf(RunAnimation animation)
    {
        if (animation.Problem is string problem)
            return $"<p class=\"note\">{HtmlText.Encode(problem)}</p>";
        return animation.Picture is not EmbeddedPicture picture ? "" :
            "<details class=\"animation\" open=\"open\"><summary>Animation of the training</summary>" +
            $"<img src=\"{picture.Address}\" width=\"{HtmlText.Number(picture.Width, "G")}\" " +
            $"height=\"{HtmlText.Number(picture.Height, "G")}\" " +
            $"alt=\"Animation: what the network paints of {HtmlText.Encode(run.Dataset.Name)}, " +
            "from its first step to its last\"/></details>";
    }

    private string Metrics() => HtmlText.Table(
        run.Network.Design.Enlarges ? "How near paintings are to smaller copies of the target" : "How near the painting is to the target",
        ["Pixels", "Number", "PSNR (dB)", "SSIM", "MS-SSIM", "MAE"],
        qualities.Select(quality => (string[])
        [
            quality.Pixels switch { PixelSet.Training => "Learned", PixelSet.HeldOut => "Held out", _ => "All" },
            HtmlText.Number(quality.PixelCount > 0 ? quality.PixelCount : null), HtmlText.Number(quality.Psnr, "F2"), HtmlText.Number(quality.Ssim, "F4"),
            HtmlText.Number(quality.MsSsim, "F4"), HtmlText.Number(quality.Mae, "F5"),
        ]));

    private string PlotsOf()
    {
        PlotMetric[] psnrs = run.History.Any(epoch => epoch.HeldOutPsnr is not null)
            ? [PlotMetric.Psnr, PlotMetric.HeldOutPsnr] : [PlotMetric.Psnr];
        string?[] plots =
        [
            Plot(new TrainingPlotOptions { Metrics = psnrs, Against = PlotAbscissa.Seconds, Title = "PSNR against training time" }, "psnr"),
            Plot(new TrainingPlotOptions { Metrics = [PlotMetric.Loss], YScale = AxisScale.Logarithmic, Title = "Loss against epochs" },
                "loss"),
        ];
        return plots.All(plot => plot is null)
            ? "<p class=\"note\">There are no curves: the run ended before its first epoch, or it has no error left to plot.</p>"
            : string.Concat(plots.Select(Figure));
    }

    private string? Plot(TrainingPlotOptions options, string name) =>
        ReportPlot.Of([run], [options.Metrics.Count == 1 ? label : "PSNR"], options, $"{id}-{name}");
}
