using System.Globalization;
using MonaLisa.Engine.Output;

namespace MonaLisa.Engine.Tests;

/// <summary>An exported page, opened in the browser.</summary>
internal sealed class PageView : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    private PageView(BrowserPage browser) => Browser = browser;

    public BrowserPage Browser { get; }

    /// <summary>Saves a network as a page, opens it by its file name, and waits for the picture.</summary>
    public static async Task<PageView> Open(Chromium browser, Mlp network, int width = 400, int height = 360, bool waits = true)
    {
        var view = new PageView(await browser.OpenPage());
        await view.Browser.Resize(width, height);
        string file = view._folder.File("page & picture.html");
        new HtmlFile().Save(network, file, cancellationToken: TestContext.Current.CancellationToken);
        await view.Browser.Open(file);
        if (waits)
            await view.Painted();
        return view;
    }

    /// <summary>Opens a network's page and gives it a canvas of so many pixels, without a caption: few pixels are painted soon.</summary>
    public static async Task<PageView> OpenSmall(Chromium browser, Mlp network, int width, int height)
    {
        // So small a window has no room for a canvas beside the caption.
        PageView view = await Open(browser, network, width, height, waits: false);
        await view.Browser.Evaluate("document.querySelector('footer').style.display = 'none'");
        await view.Painted();
        return view;
    }

    /// <summary>Waits until the picture is painted; throws what the page says where it cannot be.</summary>
    public async Task Painted()
    {
        string problem = (string)(await Browser.Evaluate("""
            new Promise(done => {
                const canvas = document.getElementById("picture"), problem = document.getElementById("problem");
                // Two frames: a change of the window's size is seen in the first.
                const look = () => !problem.hidden ? done(problem.textContent)
                    : canvas.getAttribute("aria-busy") === "false" ? done("") : requestAnimationFrame(look);
                requestAnimationFrame(() => requestAnimationFrame(look));
            })
            """))!;
        Assert.Equal("", problem);
    }

    /// <summary>The canvas: its size and its pixels from top to bottom, <c>[height, width, 4]</c>.</summary>
    public async Task<(int Width, int Height, byte[] Pixels)> Canvas()
    {
        string[] parts = ((string)(await Browser.Evaluate("""
            (() => {
                const { width, height } = picture, pixels = picture.getContext("2d").getImageData(0, 0, width, height).data;
                let text = "";
                for (let i = 0; i < pixels.length; i += 4096)
                    text += String.fromCharCode(...pixels.subarray(i, i + 4096));
                return width + " " + height + " " + btoa(text);
            })()
            """))!).Split(' ');
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture),
            Convert.FromBase64String(parts[2]));
    }

    /// <summary>Where the page says that the picture lies in the canvas: left, top, width and height, in its pixels.</summary>
    public async Task<double[]> Frame()
    {
        string[] parts = ((string)(await Browser.Evaluate("picture.dataset.frame"))!).Split(' ');
        return [.. parts.Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _folder.Dispose();
    }
}
