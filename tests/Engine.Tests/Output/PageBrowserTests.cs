using System.Runtime.InteropServices;
using MonaLisa.Engine.Output;

namespace MonaLisa.Engine.Tests;

/// <summary>Pages, opened from their files by a real browser, show the engine's pixels at every zoom, and ask for nothing.</summary>
[Collection(BrowserCollection.Name)]
public class PageBrowserTests(Chromium browser)
{
    private const double MostDifference = 2, LeastContrast = 10;

    [Theory, MemberData(nameof(ExportCases.Names), MemberType = typeof(ExportCases))]
    public async Task The_canvas_agrees_with_the_engine(string name)
    {
        Mlp network = ExportCases.Get(name);
        await using PageView view = await PageView.OpenSmall(browser, network, 80, 62);
        await AssertAgrees(view, network);
    }

    [Fact]
    public async Task The_default_network_of_a_real_picture_agrees_whole_and_zoomed()
    {
        TrainingRun run = ExportTraining.Train(design: null, seconds: 1);
        Mlp network = run.Network.WithTraining(run.Facts());
        await using PageView view = await PageView.Open(browser, network);
        await AssertAgrees(view, network);

        await view.Browser.Press("+");
        await view.Browser.Press("+");
        await view.Browser.Press("+");
        await view.Browser.Press("ArrowUp");
        await view.Painted();

        await AssertAgrees(view, network);
    }

    [Fact]
    public async Task Six_layers_of_three_hundred_agree()
    {
        Mlp network = ExportCases.Told(TestNetworks.Create(Activation.LeakyReLU, [300, 300, 300, 300, 300, 300]));
        await using PageView view = await PageView.OpenSmall(browser, network, 64, 52);
        await AssertAgrees(view, network);
    }

    [Theory, InlineData(61, 45, 3), InlineData(56, 40, 1), InlineData(48, 36, 4), InlineData(400, 300, 3)]
    public async Task A_picture_of_latents_is_decoded_whole_and_zoomed(int width, int height, int channels)
    {
        Mlp network = LatentSamples.Network(width, height, channels)
            .WithTraining(ExportCases.Facts() with { PictureWidth = width, PictureHeight = height });
        await using PageView view = await PageView.Open(browser, network, 200, 260);
        await AssertAgrees(view, network);
        await view.Browser.Press("+");
        await view.Browser.Press("+");
        await view.Browser.Press("ArrowLeft");
        await view.Painted();
        await AssertAgrees(view, network);
        Assert.Empty(view.Browser.Problems);
    }

    [Theory]
    [InlineData(61, 45, 3), InlineData(97, 130, 3), InlineData(40, 56, 1), InlineData(33, 32, 4), InlineData(1, 1, 3), InlineData(7, 1, 3), InlineData(2, 19, 1)]
    [InlineData(30, 22, 3, true), InlineData(21, 17, 1, true)]
    public async Task The_page_decodes_latents_to_the_same_bits(int width, int height, int channels, bool hasStart = false)
    {
        Mlp network = LatentSamples.Network(width, height, channels, start: hasStart ? LatentSamples.Start : null);
        using var values = new MemoryStream();
        new LatentContent(network).WriteValues(values, TestContext.Current.CancellationToken);
        await using PageView view = await PageView.Open(browser, network, 200, 260);

        float[] decoded = await Decoded(view, values.ToArray(), width * height, channels);
        var painted = new float[width * height * channels];
        using var renderer = new ImageRenderer(network, threadCount: 1);
        renderer.Render(width, height, 0, height, painted, TestContext.Current.CancellationToken);
        Assert.Equal(painted, decoded);
    }

    [Theory]
    [InlineData(NeighborhoodTask.Enlarge, 31, 23, 3, ShrinkKernel.Auto), InlineData(NeighborhoodTask.Enlarge, 30, 22, 3, ShrinkKernel.Bicubic)]
    [InlineData(NeighborhoodTask.Enlarge, 21, 34, 1, ShrinkKernel.Lanczos), InlineData(NeighborhoodTask.Enlarge, 25, 20, 4, ShrinkKernel.Area)]
    [InlineData(NeighborhoodTask.Enlarge, 1, 1, 3, ShrinkKernel.Gaussian), InlineData(NeighborhoodTask.Enlarge, 2, 9, 3, ShrinkKernel.Jpeg)]
    [InlineData(NeighborhoodTask.Denoise, 31, 23, 3, ShrinkKernel.Auto), InlineData(NeighborhoodTask.Denoise, 20, 37, 1, ShrinkKernel.Auto)]
    [InlineData(NeighborhoodTask.Denoise, 25, 20, 4, ShrinkKernel.Auto), InlineData(NeighborhoodTask.Fill, 31, 23, 3, ShrinkKernel.Auto)]
    [InlineData(NeighborhoodTask.Fill, 20, 37, 1, ShrinkKernel.Auto), InlineData(NeighborhoodTask.Fill, 25, 20, 4, ShrinkKernel.Auto)]
    [InlineData(NeighborhoodTask.Enlarge, 31, 23, 3, ShrinkKernel.Area, 3, true), InlineData(NeighborhoodTask.Denoise, 31, 23, 3, ShrinkKernel.Auto, 1, true)]
    [InlineData(NeighborhoodTask.Fill, 31, 23, 3, ShrinkKernel.Auto, 1, true)]
    public async Task The_page_paints_with_a_network_that_sees_neighbourhoods(
        NeighborhoodTask task, int width, int height, int channels, ShrinkKernel kernel, int backProjections = 1, bool isSingleView = false)
    {
        Mlp network = NeighborhoodSamples.Network(task, width, height, channels, kernel, backProjections: backProjections, isSingleView: isSingleView)
            .WithTraining(ExportCases.Facts() with { PictureWidth = width, PictureHeight = height });
        int scale = task == NeighborhoodTask.Enlarge ? 2 : 1;
        using var values = new MemoryStream();
        new NeighborhoodContent(network).WriteValues(values, TestContext.Current.CancellationToken);
        await using PageView view = await PageView.Open(browser, network, 200, 260);

        float[] outputs = await Decoded(view, values.ToArray(), scale * scale * width * height, channels);

        ColorTransform colors = ColorTransform.Of(network.Design.Colors);
        float[] painted = Enlarged.Paint(network, scale * width, scale * height);
        for (int at = 0; at < painted.Length; at++)
            Assert.Equal(painted[at], outputs[at] * colors.Scale + colors.Offset, 2e-5);
        Assert.Empty(view.Browser.Problems);
    }

    [Theory, InlineData(NeighborhoodTask.Enlarge), InlineData(NeighborhoodTask.Denoise), InlineData(NeighborhoodTask.Fill)]
    public async Task What_sees_neighbourhoods_is_shown_whole_and_zoomed(NeighborhoodTask task)
    {
        Mlp network = NeighborhoodSamples.Network(task, 150, 110, channels: 3).WithTraining(ExportCases.Facts() with { PictureWidth = 150, PictureHeight = 110 });
        await using PageView view = await PageView.Open(browser, network, 200, 260);
        await AssertAgrees(view, network);
        await view.Browser.Press("+");
        await view.Browser.Press("ArrowLeft");
        await view.Painted();
        await AssertAgrees(view, network);
    }

    /// <summary>The numbers that an open page makes of others, <c>[pixels, channels]</c>.</summary>
    private static async Task<float[]> Decoded(PageView view, byte[] values, int pixels, int channels)
    {
        string texels = (string)(await view.Browser.Evaluate($$"""
            (async () => {
                const bytes = Uint8Array.from(atob("{{Convert.ToBase64String(values)}}"), letter => letter.charCodeAt(0));
                const gl = document.createElement("canvas").getContext("webgl2");
                const texels = new Uint8Array((await decodePicture(bytes, {{pixels}}, () => {}, gl)).buffer);
                return btoa(Array.from(texels, byte => String.fromCharCode(byte)).join(""));
            })()
            """))!;
        return [.. MemoryMarshal.Cast<byte, float>(Convert.FromBase64String(texels)).ToArray().Chunk(4).SelectMany(texel => texel.Take(channels))];
    }

    [Fact]
    public async Task The_whole_picture_lies_in_the_middle_in_its_own_proportion()
    {
        await using PageView view = await PageView.Open(browser, ExportCases.Get("Sine"), 300, 500);

        (int width, int height, _) = await view.Canvas();
        double[] frame = await view.Frame();

        Assert.Equal(300, width);
        Assert.Equal((double)ExportCases.PictureWidth / ExportCases.PictureHeight, frame[2] / frame[3], 9);
        Assert.Equal(width / 2.0, frame[0] + frame[2] / 2, 9);
        Assert.Equal(height / 2.0, frame[1] + frame[3] / 2, 9);
        Assert.InRange(frame[2], 0.8 * width, width);
    }

    [Fact]
    public async Task It_is_zoomed_and_moved_by_keys_wheel_mouse_and_buttons()
    {
        Mlp network = ExportCases.Get("SteepSine");
        await using PageView view = await PageView.Open(browser, network);
        double whole = (await view.Frame())[2];

        await AssertZoom(2, () => Twice(() => view.Browser.Press("+")));
        await AssertZoom(1, () => view.Browser.Press("0"));
        await AssertZoom(Math.Sqrt(2), () => view.Browser.Evaluate("document.getElementById('in').click()"));
        await AssertZoom(1, () => view.Browser.Press("-"));
        await AssertZoom(Math.Pow(1.0015, 600), () => view.Browser.Mouse("mouseWheel", 120, 100, wheel: -600));
        await AssertAgrees(view, network);
        await AssertZoom(1, () => view.Browser.Evaluate("document.getElementById('fit').click()"));
        await AssertZoom(2, async () =>
        {
            foreach (int click in (int[])[1, 2])
            {
                await view.Browser.Mouse("mousePressed", 200, 100, click);
                await view.Browser.Mouse("mouseReleased", 200, 100, click);
            }
        });

        double[] before = await view.Frame();
        await view.Browser.Mouse("mousePressed", 200, 100);
        await view.Browser.Mouse("mouseMoved", 170, 112);
        await view.Browser.Mouse("mouseReleased", 170, 112);
        await view.Painted();
        double[] after = await view.Frame();
        Assert.Equal(before[0] - 30, after[0], 6);
        Assert.Equal(before[1] + 12, after[1], 6);
        await AssertAgrees(view, network);

        async Task AssertZoom(double zoom, Func<Task> act)
        {
            await act();
            await view.Painted();
            Assert.Equal(zoom, (await view.Frame())[2] / whole, 6);
            Assert.Equal($"{Math.Round(100 * zoom)}%", (string?)await view.Browser.Evaluate("document.getElementById('zoom').textContent"));
        }

        static async Task Twice(Func<Task> act)
        {
            await act();
            await act();
        }
    }

    [Fact]
    public async Task It_asks_for_nothing_but_itself_and_a_hostile_name_stays_a_name()
    {
        const string Name = "</title></script><script>hacked = 1</script><img src=x onerror='hacked = 1'>\"' & {{script}} \u202e</h1>";
        Mlp network = ExportCases.Get("Sine").WithTraining(ExportCases.Facts(name: Name));
        await using PageView view = await PageView.Open(browser, network);

        Assert.Equal("undefined", (string?)await view.Browser.Evaluate("typeof hacked"));
        Assert.Equal(Name.Replace('\u202e', '_'), (string?)await view.Browser.Evaluate("document.querySelector('h1').textContent"));
        Assert.StartsWith(Name.Replace('\u202e', '_'), (string?)await view.Browser.Evaluate("picture.getAttribute('aria-label')"));
        Assert.Equal(0, (int)(await view.Browser.Evaluate("document.images.length"))!);
        Assert.All(view.Browser.Requests, address => Assert.EndsWith("/page%20&%20picture.html", address));
        Assert.Single(view.Browser.Requests);
        Assert.Empty(view.Browser.Problems);
    }

    [Fact]
    public async Task Where_WebGL_2_is_missing_the_page_says_so()
    {
        await using BrowserPage page = await browser.OpenPage();
        using var folder = new TemporaryFolder();
        new HtmlFile().Save(ExportCases.Get("Sine"), folder.File("page.html"), cancellationToken: TestContext.Current.CancellationToken);
        await page.BeforeScripts("HTMLCanvasElement.prototype.getContext = (get => function (kind, ...more) { " +
            "return kind === 'webgl2' ? null : get.call(this, kind, ...more); })(HTMLCanvasElement.prototype.getContext)");
        await page.Open(folder.File("page.html"));

        Assert.Contains("needs WebGL 2", (string?)await page.Evaluate("document.querySelector('[role=alert]:not([hidden])').innerText"));
        Assert.Empty(page.Problems);
    }

    /// <summary>Every canvas pixel that lies wholly in the picture has the colour that the engine paints there.</summary>
    private static async Task AssertAgrees(PageView view, Mlp network)
    {
        (int canvasWidth, int canvasHeight, byte[] pixels) = await view.Canvas();
        double[] frame = await view.Frame();
        TrainingFacts facts = network.Training!;
        int left = Math.Max(0, (int)Math.Ceiling(frame[0])), right = Math.Min(canvasWidth, (int)Math.Floor(frame[0] + frame[2]));
        int top = Math.Max(0, (int)Math.Ceiling(frame[1])), bottom = Math.Min(canvasHeight, (int)Math.Floor(frame[1] + frame[3]));
        double across = facts.PictureWidth / frame[2], down = facts.PictureHeight / frame[3];
        var region = new PictureRegion((left - frame[0]) * across, (top - frame[1]) * down, (right - left) * across, (bottom - top) * down,
            facts.PictureWidth, facts.PictureHeight);

        byte[] expected = ExpectedPixels.Of(network, region, right - left, bottom - top, left, top);

        Assert.InRange((right - left) * (bottom - top), canvasWidth * canvasHeight / 4, int.MaxValue);
        Assert.InRange(ExpectedPixels.Contrast(expected), LeastContrast, 255);
        byte[] painted = [.. from y in Enumerable.Range(top, bottom - top) from x in Enumerable.Range(left, right - left)
            from channel in Enumerable.Range(0, 3) select pixels[(y * canvasWidth + x) * 4 + channel]];
        double difference = ExpectedPixels.MeanDifference(painted, expected);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{network.Shape} {network.Activation}, {region}: mean difference {difference:F3} / 255");
        Assert.InRange(difference, 0, MostDifference);
        AssertOutsideIsClear();

        void AssertOutsideIsClear()
        {
            if (frame[0] >= 1 && frame[1] >= 1)
                Assert.Equal([0, 0, 0, 0], pixels[..4]);
        }
    }
}
