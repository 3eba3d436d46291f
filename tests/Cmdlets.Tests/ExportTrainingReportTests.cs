using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MonaLisa.Engine;

namespace MonaLisa.Cmdlets.Tests;

public sealed class ExportTrainingReportTests : Workspace
{
    private const string Runs = "$runs = 8, 16 | ForEach-Object { New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer $_ -Epoch 3 }\n";

    public ExportTrainingReportTests() => Picture("a.png");

    [Fact]
    public void All_runs_of_a_pipeline_go_into_one_page_with_texts_for_every_picture()
    {
        FileInfo file = Run(
            Runs + "$runs | Export-TrainingReport r.html -PassThru -Label narrow, wide -Title 'Two widths'").Single<FileInfo>();
        XElement page = Page(file.Name);
        Assert.Equal("Two widths", page.Descendants("h1").Single().Value);
        Assert.Equal(["narrow", "wide"], Sections(page).Select(section => section.Element("h2")!.Value));
        Assert.All(Sections(page), section =>
        {
            Assert.Equal(4, section.Descendants("img").Count());
            Assert.Single(section.Descendants("input"));
        });
        Assert.All(page.Descendants("img"), image =>
        {
            Assert.StartsWith("data:image/", image.Attribute("src")!.Value);
            Assert.NotEmpty(image.Attribute("alt")!.Value);
        });
        string[] identifiers = [.. page.Descendants().Attributes("id").Select(id => id.Value)];
        Assert.Equal(identifiers.Length, identifiers.Distinct().Count());
    }

    [Fact]
    public void Settings_that_latents_do_not_have_are_not_shown()
    {
        SessionResult result = Run("""
            $run = New-PixelDataset a.png | Invoke-MlpTraining -Encoding Latent -Epoch 2 -TargetBitsPerPixel 60
            $run | Export-TrainingReport r.html
            """);
        result.AssertNoErrors();
        string[] names = [.. Page("r.html").Descendants("dt").Select(name => name.Value)];
        Assert.Superset((HashSet<string>)["Epochs, at most", "Compressed file, at most", "Seed", "Initialisation"], names.ToHashSet());
        Assert.Empty(names.Intersect(["Optimizer", "Learning rate", "Schedule", "Batch", "Sampling", "Loss"]));
    }

    [Fact]
    public void A_network_that_enlarges_has_the_figures_of_smaller_copies_and_no_best_one()
    {
        Picture("b.png", 96, 80);
        TrainingRun[] runs = [.. Run("'Neighborhood', 'None' | ForEach-Object { New-PixelDataset b.png | Invoke-MlpTraining -Encoding $_ -Epoch 2 }").All<TrainingRun>()];
        Run("$runs | Export-TrainingReport r.html", ("runs", runs)).AssertNoErrors();
        XElement page = Page("r.html");
        string[] enlarging = [.. Cells(0)], other = [.. Cells(1)];
        Assert.Equal([Text(runs[0].Psnr), Text(runs[0].HeldOutPsnr), "–"], enlarging[..3]);
        Assert.Equal(Text(runs[1].Psnr), other[0]);
        Assert.Equal([other[0]], page.Descendants("td").Descendants("strong").Select(cell => cell.Value));
        Assert.DoesNotContain("∞", page.Value);

        IEnumerable<string> Cells(int row) => page.Descendants("tbody").First().Elements("tr").ElementAt(row).Elements("td").Select(cell => cell.Value);
        static string Text(double? figure) => figure!.Value.ToString("F2", CultureInfo.InvariantCulture);
    }

    [Fact]
    public void A_provider_that_is_missing_is_the_error_s_target()
    {
        Assert.SkipWhen(ComputeProviders.Describe().Single(info => info.Provider == ComputeProvider.Mkl).IsAvailable, "MKL is installed here.");
        IReadOnlyList<TrainingRun> runs = Run(Runs + "$runs").All<TrainingRun>();
        TrainingRun other = runs[1] with { Options = runs[1].Options with { Provider = ComputeProvider.Mkl } };
        ErrorRecord error = Run("$run, $other | Export-TrainingReport r.html", ("run", runs[0]), ("other", other))
            .Error("ProviderUnavailable", ErrorCategory.ResourceUnavailable);
        Assert.Equal(ComputeProvider.Mkl, error.TargetObject);
    }

    [Fact]
    public void Each_run_is_told_when_it_is_measured_and_when_it_has_its_section()
    {
        TrainingRun[] runs = [.. Run(Runs + "$runs").All<TrainingRun>()];
        var steps = new List<int>();
        TrainingReport.Save(runs, PathOf("r.html"), stepDone: steps.Add, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([1, 2, 3, 4], steps);
    }

    [Fact]
    public void Names_are_text_and_nothing_else()
    {
        const string Name = "<script>alert(1)</script>\" & {{runs}}";
        Run($"{Runs}$runs | Export-TrainingReport r.html -Title $name -Label $name, b", ("name", Name)).AssertNoErrors();
        XElement page = Page("r.html");
        Assert.Equal(Name, page.Descendants("h1").Single().Value);
        Assert.Equal(Name, Sections(page)[0].Element("h2")!.Value);
        Assert.Single(page.Descendants("script"));
    }

    [Fact]
    public void Snapshots_become_an_animation_and_held_out_pixels_have_their_own_figures()
    {
        Run("""
            New-PixelDataset a.png -HoldOut 0.2 | Invoke-MlpTraining -HiddenLayer 8 -Epoch 3 -SnapshotEvery 1 | Export-TrainingReport r.html
            """).AssertNoErrors();
        XElement page = Page("r.html");
        Assert.Single(page.Descendants("details"));
        string[] rows = [.. page.Descendants("tbody").Single().Elements("tr").Select(row => row.Element("th")!.Value)];
        Assert.Equal(["Learned", "Held out"], rows);
    }

    [Theory]
    [InlineData("$null = [IO.File]::Delete($run.SnapshotPath)")]
    [InlineData("[IO.File]::WriteAllText($run.SnapshotPath, 'something else')")]
    public void Snapshots_that_are_gone_are_named_without_their_folder(string change)
    {
        Run($"""
            $run = New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8 -Epoch 1 -SnapshotPath a.snapshots
            {change}
            $run | Export-TrainingReport r.html
            """).AssertNoErrors();
        string page = File.ReadAllText(PathOf("r.html"));
        Assert.Contains("There is no animation: &#39;a.snapshots&#39;", page);
        Assert.DoesNotContain(Path.GetFileName(Folder), page);
    }

    [Fact]
    public void What_is_no_run_is_an_error_and_the_others_are_reported_on()
    {
        SessionResult result = Run(Runs + "$runs[0], 'text' | Export-TrainingReport r.html");
        Assert.StartsWith("UnsupportedInput", Assert.Single(result.Errors).FullyQualifiedErrorId);
        Assert.Single(Sections(Page("r.html")));
    }

    [Fact]
    public void A_row_without_its_run_and_a_run_whose_weights_are_lost_are_errors_and_the_others_are_reported_on()
    {
        const string Experiment = "New-PixelDataset a.png | Invoke-MlpExperiment @{ HiddenLayer = 4; Epoch = 2 }";
        Run($"{Runs}$row = {Experiment}\n$kept = {Experiment} -PassThru").AssertNoErrors();
        TrainingRun run = Run("$runs[0]").Single<TrainingRun>();
        TrainingRun lost = run with { Network = run.Network.Clone() };
        lost.Network.Layers[0].Weights[0] = float.NaN;
        SessionResult result = Run("$row, $lost, $kept, $runs[1] | Export-TrainingReport r.html", ("lost", lost));
        Assert.Equal(["RunMissing", "NotFinite"], result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Equal(2, Sections(Page("r.html")).Length);
    }

    [Theory]
    [InlineData("r.txt", "UnsupportedFormat", ErrorCategory.InvalidArgument)]
    [InlineData("nowhere/r.html", "FolderMissing", ErrorCategory.ObjectNotFound)]
    [InlineData("old.html", "FileExists", ErrorCategory.ResourceExists)]
    [InlineData("r.html -Label one", "InvalidOption", ErrorCategory.InvalidArgument)]
    public void What_cannot_be_done_is_said(string arguments, string errorId, ErrorCategory category)
    {
        File.WriteAllText(PathOf("old.html"), "old");
        Run(Runs + $"$runs | Export-TrainingReport {arguments}").Error(errorId, category);
        Assert.Equal(["a.png", "old.html"], Files());
        Assert.Equal("old", File.ReadAllText(PathOf("old.html")));
    }

    [Fact]
    public void WhatIf_writes_nothing_and_Force_replaces()
    {
        File.WriteAllText(PathOf("r.html"), "old");
        Run(Runs + "$runs | Export-TrainingReport r.html -Force -WhatIf").AssertNoErrors();
        Assert.Equal("old", File.ReadAllText(PathOf("r.html")));
        Run("$runs | Export-TrainingReport r.html -Force").AssertNoErrors();
        Assert.Equal(2, Sections(Page("r.html")).Length);
    }

    // Style and script are no XML.
    private XElement Page(string name)
    {
        string text = Regex.Replace(File.ReadAllText(PathOf(name)), "<(style|script)>.*?</\\1>", "<$1/>", RegexOptions.Singleline);
        XElement page = XElement.Parse(text[text.IndexOf("<html", StringComparison.Ordinal)..]);
        Assert.DoesNotContain(
            page.Descendants().Attributes(), attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        return page;
    }

    private static XElement[] Sections(XElement page) =>
        [.. page.Descendants("section").Where(section => (string?)section.Attribute("class") == "run")];
}
