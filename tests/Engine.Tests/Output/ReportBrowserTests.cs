using System.Text.Json.Nodes;

namespace MonaLisa.Engine.Tests;

/// <summary>A report, opened from its file by a real browser.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ReportBrowserTests(Chromium browser) : IDisposable
{
    private const string Stage = "document.querySelector('.stage')", Slider = "document.querySelector('.split input')";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_slider_shares_the_stage_by_its_value_and_the_mouse_and_nothing_is_asked_for()
    {
        await using BrowserPage page = await Report();
        Assert.Equal("50%", await Share(page));
        await page.Evaluate($"(input => {{ input.value = 80; input.dispatchEvent(new Event('input')); }})({Slider})");
        Assert.Equal("80%", await Share(page));

        (double x, double y) = await At(page, 0.25, 0.5);
        await page.Mouse("mousePressed", x, y, 1);
        await page.Mouse("mouseReleased", x, y, 1);
        Assert.Equal("25%", await Share(page));

        await page.Evaluate("document.querySelector('.in').click()");
        Assert.Equal("141%", await Zoom(page));
        Assert.Equal(true, (bool?)await page.Evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 0)"));
        Assert.All(page.Requests, address => Assert.Matches("^data:|/report\\.html$", address));
        Assert.Empty(page.Problems);
    }

    [Fact]
    public async Task Keys_do_what_the_mouse_does()
    {
        await using BrowserPage page = await Report();
        await page.Evaluate($"{Slider}.focus()");
        await page.Press("ArrowRight");
        await page.Press("ArrowRight");
        Assert.Equal("52%", await Share(page));
        await page.Press("Home");
        Assert.Equal("0%", await Share(page));

        await page.Evaluate($"{Stage}.focus()");
        Assert.Equal("translate(0%, 0%) scale(1)", await Transform(page));
        foreach (string key in (string[])["+", "+", "ArrowRight"])
            await page.Press(key);
        Assert.Equal("translate(-60%, -50%) scale(2)", await Transform(page));
        await page.Press("0");
        Assert.Equal("100%", await Zoom(page));
        Assert.Empty(page.Problems);
    }

    [Fact]
    public async Task Two_fingers_zoom_and_one_moves_the_line()
    {
        await using BrowserPage page = await Report();
        await page.Touch("touchStart", [await At(page, 0.5, 0.5)]);
        await page.Touch("touchMove", [await At(page, 0.7, 0.5)]);
        await page.Touch("touchEnd", []);
        Assert.Equal("70%", await Share(page));

        await page.Touch("touchStart", [await At(page, 0.4, 0.5), await At(page, 0.6, 0.5)]);
        await page.Touch("touchMove", [await At(page, 0.3, 0.5), await At(page, 0.7, 0.5)]);
        await page.Touch("touchEnd", []);
        Assert.Equal("200%", await Zoom(page));
        Assert.Equal("70%", await Share(page));
        Assert.Empty(page.Problems);
    }

    [Theory, InlineData("light"), InlineData("dark")]
    public async Task Text_can_be_read_by_day_and_by_night(string scheme)
    {
        await using BrowserPage page = await Report();
        await page.Emulate("screen", ("prefers-color-scheme", scheme));
        // Relative luminance and contrast ratio of WCAG 2.2.
        JsonArray contrasts = (JsonArray)(await page.Evaluate("""
            (() => {
                const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
                const luminance = name => {
                    canvas.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(name);
                    canvas.fillRect(0, 0, 1, 1);
                    const [red, green, blue] = [...canvas.getImageData(0, 0, 1, 1).data].map(
                        sample => sample / 255 <= .04045 ? sample / 255 / 12.92 : ((sample / 255 + .055) / 1.055) ** 2.4);
                    return .2126 * red + .7152 * green + .0722 * blue;
                };
                const contrast = (ink, paper) =>
                    (Math.max(luminance(ink), luminance(paper)) + .05) / (Math.min(luminance(ink), luminance(paper)) + .05);
                return ["--ink", "--quiet", "--accent"].flatMap(ink => ["--wall", "--card"].map(paper => contrast(ink, paper)));
            })()
            """))!;
        Assert.All(contrasts, contrast => Assert.InRange((double)contrast!, 4.5, 21));
        string background = (string)(await page.Evaluate("getComputedStyle(document.body).backgroundColor"))!;
        Assert.Equal(scheme == "dark" ? "rgb(19, 18, 16)" : "rgb(237, 234, 228)", background);
        Assert.Equal(background, (string?)await page.Evaluate(
            "(probe => { probe.style.color = 'var(--wall)'; document.body.append(probe); return getComputedStyle(probe).color; })" +
            "(document.createElement('i'))"));
    }

    [Fact]
    public async Task On_paper_the_pictures_lie_side_by_side_and_nothing_waits_for_a_click()
    {
        await using BrowserPage page = await Report();
        await page.Press("+");
        await page.Emulate("print");
        JsonArray boxes = (JsonArray)(await page.Evaluate("""
            [...document.querySelectorAll(".stage img")].map(image => image.getBoundingClientRect())
                .flatMap(box => [box.left, box.right, box.top, box.width])
            """))!;
        double[] box = [.. boxes.Select(value => (double)value!)];
        Assert.True(box[1] <= box[4], $"The target ends at {box[1]}, the painting begins at {box[4]}.");
        Assert.Equal(box[2], box[6]);
        Assert.Equal(box[3], box[7], 0.5);
        Assert.Equal(0, (int)(await page.Evaluate(
            "[...document.querySelectorAll('button, input, summary')].filter(control => control.checkVisibility()).length"))!);
    }

    [Fact]
    public async Task Everything_that_is_seen_or_used_has_a_name()
    {
        await using BrowserPage page = await Report();
        string[] named = ["button", "slider", "image", "table", "region", "group"];
        (string Role, string Name)[] nodes = [.. await page.AccessibleNodes()];
        foreach (string role in (string[])["button", "slider", "image", "heading", "table"])
            Assert.Contains(nodes, node => node.Role == role);
        Assert.All(nodes.Where(node => named.Contains(node.Role)), node => Assert.NotEqual("", node.Name));
    }

    private async Task<BrowserPage> Report()
    {
        string file = _folder.File("report.html");
        TrainingReport.Save([PlotRuns.Of(PlotRuns.Epoch(1, 20), PlotRuns.Epoch(2, 24))], file,
            cancellationToken: TestContext.Current.CancellationToken);
        BrowserPage page = await browser.OpenPage();
        await page.Resize(1000, 900);
        await page.Open(file);
        await page.Evaluate($"{Stage}.scrollIntoView({{ block: 'center' }})");
        return page;
    }

    private static async Task<(double X, double Y)> At(BrowserPage page, double across, double down)
    {
        JsonArray point = (JsonArray)(await page.Evaluate(FormattableString.Invariant(
            $"(box => [box.left + box.width * {across}, box.top + box.height * {down}])({Stage}.getBoundingClientRect())")))!;
        return ((double)point[0]!, (double)point[1]!);
    }

    // The painting shows from here on.
    private static async Task<string> Share(BrowserPage page)
    {
        string clip = (string)(await page.Evaluate("getComputedStyle(document.querySelector('.painting')).clipPath"))!;
        Assert.Matches(@"^inset\(0px 0px 0px [0-9]+%\)$", clip);
        return clip["inset(0px 0px 0px ".Length..^1];
    }

    private static async Task<string?> Zoom(BrowserPage page) => (string?)await page.Evaluate("document.querySelector('output').textContent");

    private static async Task<string?> Transform(BrowserPage page) =>
        (string?)await page.Evaluate("document.querySelector('.painting img').style.transform.replace(/\\.[0-9]+%/g, '%').replace(/\\([0-9.]+\\)$/, n => '(' + Math.round(n.slice(1, -1)) + ')')");
}
