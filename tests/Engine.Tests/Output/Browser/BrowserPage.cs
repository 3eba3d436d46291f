using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace MonaLisa.Engine.Tests;

/// <summary>A page in the browser.</summary>
internal sealed class BrowserPage : IAsyncDisposable
{
    private readonly DevTools _tools;
    private readonly string _target, _session;
    private readonly ConcurrentQueue<string> _requests = new(), _problems = new();
    private TaskCompletionSource _loaded = new();

    private BrowserPage(DevTools tools, string target, string session)
    {
        (_tools, _target, _session) = (tools, target, session);
        tools.Happened += Take;
    }

    /// <summary>The addresses of everything that the page asked for, itself first.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>Exceptions nobody caught, and errors in the console, such as what the page's policy stopped.</summary>
    public IReadOnlyCollection<string> Problems => _problems;

    public static async Task<BrowserPage> Open(DevTools tools)
    {
        string target = (string)(await tools.Send("Target.createTarget", new() { ["url"] = "about:blank" }))["targetId"]!;
        JsonNode attached = await tools.Send("Target.attachToTarget", new() { ["targetId"] = target, ["flatten"] = true });
        var page = new BrowserPage(tools, target, (string)attached["sessionId"]!);
        foreach (string domain in (string[])["Page", "Runtime", "Log", "Network"])
            await page.Send($"{domain}.enable");
        return page;
    }

    /// <summary>Opens a file as a double click would, and waits until it is loaded.</summary>
    public async Task Open(string file)
    {
        _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await Send("Page.navigate", new() { ["url"] = new Uri(file).AbsoluteUri });
        await _loaded.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Runs a script in every document that is opened, before its own.</summary>
    public Task BeforeScripts(string script) => Send("Page.addScriptToEvaluateOnNewDocument", new() { ["source"] = script });

    /// <summary>What an expression is, or what its promise becomes.</summary>
    public async Task<JsonNode?> Evaluate(string expression)
    {
        JsonNode answer = await Send(
            "Runtime.evaluate", new() { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true });
        if (answer["exceptionDetails"] is JsonNode exception)
            throw new InvalidOperationException(
                (string?)exception["exception"]?["description"] ?? (string?)exception["exception"]?["value"] ?? exception.ToJsonString());
        return answer["result"]!["value"];
    }

    /// <summary>Gives the page a window of so many CSS pixels.</summary>
    public Task Resize(int width, int height) => Send("Emulation.setDeviceMetricsOverride",
        new() { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = false });

    /// <summary>Presses a key.</summary>
    public async Task Press(string key)
    {
        await Send("Input.dispatchKeyEvent", new() { ["type"] = "keyDown", ["key"] = key });
        await Send("Input.dispatchKeyEvent", new() { ["type"] = "keyUp", ["key"] = key });
    }

    /// <summary>Something that the mouse does.</summary>
    public Task Mouse(string type, double x, double y, int clicks = 0, double wheel = 0) => Send("Input.dispatchMouseEvent", new()
    {
        ["type"] = type, ["x"] = x, ["y"] = y, ["deltaX"] = 0, ["deltaY"] = wheel, ["clickCount"] = clicks,
        ["button"] = type == "mouseWheel" ? "none" : "left", ["buttons"] = type is "mouseReleased" or "mouseWheel" ? 0 : 1,
    });

    /// <summary>Something that fingers do: where each of them is, none when they are lifted.</summary>
    public Task Touch(string type, params (double X, double Y)[] fingers) => Send("Input.dispatchTouchEvent", new()
    {
        ["type"] = type,
        ["touchPoints"] = new JsonArray([.. fingers.Select((at, id) => new JsonObject { ["x"] = at.X, ["y"] = at.Y, ["id"] = id })]),
    });

    /// <summary>Shows the page on another medium and to a user with other wishes.</summary>
    public Task Emulate(string media, params (string Name, string Value)[] features) => Send("Emulation.setEmulatedMedia", new()
    {
        ["media"] = media,
        ["features"] = new JsonArray([.. features.Select(feature => new JsonObject { ["name"] = feature.Name, ["value"] = feature.Value })]),
    });

    /// <summary>What a screen reader is told of: the role and the name of each thing.</summary>
    public async Task<IEnumerable<(string Role, string Name)>> AccessibleNodes()
    {
        JsonNode tree = await Send("Accessibility.getFullAXTree");
        return tree["nodes"]!.AsArray().Where(node => (bool?)node!["ignored"] != true)
            .Select(node => ((string?)node!["role"]?["value"] ?? "", (string?)node["name"]?["value"] ?? ""));
    }

    public async ValueTask DisposeAsync()
    {
        _tools.Happened -= Take;
        await _tools.Send("Target.closeTarget", new() { ["targetId"] = _target });
    }

    private Task<JsonNode> Send(string method, JsonObject? parameters = null) => _tools.Send(method, parameters, _session);

    private void Take(string session, string name, JsonNode parameters)
    {
        if (session != _session)
            return;
        switch (name)
        {
            case "Page.loadEventFired":
                _loaded.TrySetResult();
                break;
            case "Network.requestWillBeSent":
                _requests.Enqueue((string)parameters["request"]!["url"]!);
                break;
            case "Runtime.exceptionThrown":
                _problems.Enqueue(parameters.ToJsonString());
                break;
            case "Log.entryAdded" when (string?)parameters["entry"]!["level"] == "error":
                _problems.Enqueue((string)parameters["entry"]!["text"]!);
                break;
        }
    }
}
