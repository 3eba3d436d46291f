using MonaLisa.Engine.Tests.Exports;
using MonaLisa.Engine.Tests.Plots;

namespace MonaLisa.Engine.Tests.Reports;

/// <summary>A report, opened from its file by a real browser.</summary>
[Collection(BrowserCollection.Name)]
public class ReportBrowserTests(Chromium browser)
{
    [Fact]
    public async Task The_slider_shares_the_stage_by_its_value_and_the_mouse_and_nothing_is_asked_for()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("report.html");
        TrainingReport.Save([PlotRuns.Of(PlotRuns.Epoch(1, 20), PlotRuns.Epoch(2, 24))], file,
            cancellationToken: TestContext.Current.CancellationToken);
        await using BrowserPage page = await browser.OpenPage();
        await page.Resize(1000, 900);
        await page.Open(file);

        Assert.Equal("inset(0px 0px 0px 50%)", await Share());
        await page.Evaluate(
            "(input => { input.value = 80; input.dispatchEvent(new Event('input')); })(document.querySelector('.split input'))");
        Assert.Equal("inset(0px 0px 0px 80%)", await Share());

        await page.Evaluate("document.querySelector('.stage').scrollIntoView({ block: 'center' })");
        double x = (double)(await page.Evaluate(
            "(box => box.left + box.width / 4)(document.querySelector('.stage').getBoundingClientRect())"))!;
        double y = (double)(await page.Evaluate(
            "(box => box.top + box.height / 2)(document.querySelector('.stage').getBoundingClientRect())"))!;
        await page.Mouse("mousePressed", x, y, 1);
        await page.Mouse("mouseReleased", x, y, 1);
        Assert.Equal("inset(0px 0px 0px 25%)", await Share());

        await page.Evaluate("document.querySelector('.in').click()");
        Assert.Equal("141%", (string?)await page.Evaluate("document.querySelector('output').textContent"));
        Assert.Equal(true, (bool?)await page.Evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 0)"));
        Assert.All(page.Requests, address => Assert.Matches("^data:|/report\\.html$", address));
        Assert.Empty(page.Problems);

        async Task<string?> Share() => (string?)await page.Evaluate("getComputedStyle(document.querySelector('.painting')).clipPath");
    }
}
