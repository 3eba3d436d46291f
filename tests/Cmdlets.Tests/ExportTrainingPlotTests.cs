using System.Management.Automation;
using System.Xml.Linq;
using MonaLisa.Engine;

namespace MonaLisa.Cmdlets.Tests;

public sealed class ExportTrainingPlotTests : Workspace
{
    private const string Runs = "$runs = 8, 16 | ForEach-Object { New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer $_ -Epoch 3 }\n";

    public ExportTrainingPlotTests() => Picture("a.png");

    [Fact]
    public void All_runs_of_a_pipeline_go_into_one_file()
    {
        FileInfo file = Run(Runs + "$runs | Export-TrainingPlot plot.svg -PassThru -Against Seconds -XScale Log").Single<FileInfo>();
        Assert.Equal("plot.svg", file.Name);
        string[] texts = Texts("plot.svg");
        foreach (string expected in (string[])["PSNR: a", "PSNR (dB)", "training time (s)", "2-8-3", "2-16-3"])
            Assert.Contains(expected, texts);
    }

    [Fact]
    public void A_plot_can_be_a_picture()
    {
        Run(Runs + "$runs | Export-TrainingPlot plot.png -Metric Loss -YScale Logarithmic -Width 500 -Height 400").AssertNoErrors();
        PixelDataset picture = Run("New-PixelDataset plot.png").Single<PixelDataset>();
        Assert.Equal((500, 400), (picture.Width, picture.Height));
    }

    [Fact]
    public void Labels_and_heading_are_as_given()
    {
        Run(Runs + "$runs | Export-TrainingPlot plot.svg -Label narrow, wide -Title 'Two widths'").AssertNoErrors();
        foreach (string expected in (string[])["narrow", "wide", "Two widths"])
            Assert.Contains(expected, Texts("plot.svg"));
        ErrorRecord error = Run("$runs | Export-TrainingPlot other.svg -Label narrow").Error("InvalidOption", ErrorCategory.InvalidArgument);
        Assert.Contains("The number of labels is 1, and that of runs 2.", error.Exception.Message);
        Assert.Equal(["a.png", "plot.svg"], Files());
    }

    [Fact]
    public void A_run_without_the_figure_is_an_error_and_the_others_are_plotted()
    {
        SessionResult result = Run(Runs + """
            $heldOut = New-PixelDataset a.png -HoldOut 0.2 | Invoke-MlpTraining -HiddenLayer 8 -Epoch 2 -MeasureEachEpoch
            $runs[0], $heldOut, 'text' | Export-TrainingPlot plot.svg -Metric Psnr, HeldOutPsnr -Label none, held, text
            """);
        Assert.Equal(["NothingToPlot", "UnsupportedInput"], result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Same(Run("$runs[0]").Output[0], result.Errors[0].TargetObject);
        foreach (string expected in (string[])["held: PSNR", "held: PSNR of held-out pixels"])
            Assert.Contains(expected, Texts("plot.svg"));
    }

    [Theory]
    [InlineData("plot.txt", "UnsupportedFormat", ErrorCategory.InvalidArgument)]
    [InlineData("plot.svg -Metric Psnr, Loss", "InvalidOption", ErrorCategory.InvalidArgument)]
    [InlineData("nowhere/plot.svg", "FolderMissing", ErrorCategory.ObjectNotFound)]
    [InlineData("old.svg", "FileExists", ErrorCategory.ResourceExists)]
    [InlineData("plot.svg -Width 10", "ParameterArgumentValidationError", ErrorCategory.InvalidData)]
    public void What_cannot_be_done_is_said(string arguments, string errorId, ErrorCategory category)
    {
        File.WriteAllText(PathOf("old.svg"), "old");
        Run(Runs + $"$runs | Export-TrainingPlot {arguments}").Error(errorId, category);
        Assert.Equal(["a.png", "old.svg"], Files());
        Assert.Equal("old", File.ReadAllText(PathOf("old.svg")));
    }

    [Fact]
    public void WhatIf_writes_nothing_and_Force_replaces()
    {
        File.WriteAllText(PathOf("plot.svg"), "old");
        Run(Runs + "$runs | Export-TrainingPlot plot.svg -Force -WhatIf").AssertNoErrors();
        Assert.Equal("old", File.ReadAllText(PathOf("plot.svg")));
        Run("$runs | Export-TrainingPlot plot.svg -Force").AssertNoErrors();
        Assert.NotEmpty(Texts("plot.svg"));
    }

    [Fact]
    public void Nothing_down_the_pipeline_writes_nothing()
    {
        Run("@() | Export-TrainingPlot plot.svg").AssertNoErrors();
        Assert.Equal(["a.png"], Files());
    }

    private string[] Texts(string name) => [.. XDocument.Load(PathOf(name)).Descendants()
        .Where(element => element.Name.LocalName == "text").Select(element => element.Value)];
}
