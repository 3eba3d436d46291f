using System.Diagnostics;

namespace MonaLisa.Engine.Tests;

/// <summary>
/// A headless Chromium with WebGL 2 on the processor, started when it is first asked for and shared by the tests of a collection, which
/// run one by one. Where there is none the tests skip; <c>MONALISA_CHROMIUM</c> names one that is not found by itself.
/// </summary>
public sealed class Chromium : IAsyncDisposable
{
    private const string Variable = "MONALISA_CHROMIUM";

    private const string Announcement = "DevTools listening on ";

    // Safety nets for a browser that hangs; nothing is measured against them.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30), LeavePatience = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo _profile = Directory.CreateTempSubdirectory("monalisa-browser-");
    private Process? _process;
    private DevTools? _tools;
    private BrowserPage? _shared;

    /// <summary>An empty page that stays open; it is for scripts that leave nothing behind.</summary>
    internal async Task<BrowserPage> SharedPage() => _shared ??= await OpenPage();

    /// <summary>A new, empty page; the test is skipped where there is no browser.</summary>
    internal async Task<BrowserPage> OpenPage()
    {
        string? program = Find();
        Assert.SkipWhen(program is null,
            $"There is no Chromium or Chrome here to check pages and shaders with; install one, or name its program in {Variable}.");
        _tools ??= await DevTools.Connect(await Start(program));
        return await BrowserPage.Open(_tools);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_tools is not null)
            await _tools.DisposeAsync();
        if (_process is not null)
        {
            if (!_process.WaitForExit(LeavePatience))
                _process.Kill(entireProcessTree: true);
            _process.Dispose();
        }
        try
        {
            _profile.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A last process of the browser's may still be writing; the folder lies among the temporary ones.
        }
    }

    private async Task<Uri> Start(string program)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true };
        // Everything it opens was written by these tests; as root, and in most containers, it has no sandbox.
        foreach (string argument in (string[])
            [
                "--headless=new", "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-gpu-watchdog",
                "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--remote-debugging-port=0", $"--user-data-dir={_profile.FullName}", "about:blank",
            ])
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        var address = new TaskCompletionSource<Uri>();
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data?.StartsWith(Announcement, StringComparison.Ordinal) == true)
                address.TrySetResult(new Uri(line.Data[Announcement.Length..]));
            else if (line.Data is null)
                address.TrySetException(new InvalidOperationException($"'{program}' ended without a word of where it listens."));
        };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        return await address.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return named;
        IEnumerable<string> folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Append("/Applications/Google Chrome.app/Contents/MacOS")
            .Append(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "Google", "Chrome", "Application"));
        string[] names = OperatingSystem.IsWindows() ? ["chrome.exe", "msedge.exe"]
            : ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "Google Chrome"];
        return folders.Where(folder => folder.Length > 0).SelectMany(folder => names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
    }
}
