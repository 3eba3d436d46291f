using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MonaLisa.Engine.Tests;

/// <summary>A connection to a browser by the Chrome DevTools Protocol: commands with answers, and events.</summary>
internal sealed class DevTools : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _waiting = new();
    private readonly SemaphoreSlim _sending = new(1);
    private Task _reading = Task.CompletedTask;
    private int _lastId;

    private DevTools() => _socket.Options.Proxy = null;

    /// <summary>Tells of an event: the session it comes from, its name and its parameters. Called on the reading thread.</summary>
    public event Action<string, string, JsonNode>? Happened;

    public static async Task<DevTools> Connect(Uri address)
    {
        var tools = new DevTools();
        await tools._socket.ConnectAsync(address, TestContext.Current.CancellationToken);
        tools._reading = tools.Read();
        return tools;
    }

    /// <summary>Sends a command and waits for its answer.</summary>
    public async Task<JsonNode> Send(string method, JsonObject? parameters = null, string? session = null)
    {
        int id = Interlocked.Increment(ref _lastId);
        var answer = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = answer;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (session is not null)
            message["sessionId"] = session;
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(
                JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }
        return await answer.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Send("Browser.close");
            await _reading;
        }
        catch (Exception exception)
            when (exception is WebSocketException or InvalidOperationException or TimeoutException or OperationCanceledException)
        {
            // It is gone already, or is ended as a process next.
        }
        _socket.Dispose();
        _sending.Dispose();
    }

    private async Task Read()
    {
        var buffer = new byte[1 << 16];
        using var message = new MemoryStream();
        Exception end = new InvalidOperationException("The browser closed the connection.");
        try
        {
            while (await _socket.ReceiveAsync(buffer, CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } part)
            {
                message.Write(buffer, 0, part.Count);
                if (!part.EndOfMessage)
                    continue;
                Take(JsonNode.Parse(message.ToArray())!);
                message.SetLength(0);
            }
        }
        catch (WebSocketException exception)
        {
            end = exception;
        }
        foreach (TaskCompletionSource<JsonNode> answer in _waiting.Values)
            answer.TrySetException(end);
    }

    private void Take(JsonNode message)
    {
        if (message["id"]?.GetValue<int>() is not int id)
            Happened?.Invoke((string?)message["sessionId"] ?? "", (string)message["method"]!, message["params"]!);
        else if (_waiting.TryRemove(id, out TaskCompletionSource<JsonNode>? answer))
        {
            if (message["error"] is JsonNode error)
                answer.TrySetException(new InvalidOperationException($"The browser refused: {error.ToJsonString()}"));
            else
                answer.TrySetResult(message["result"]!);
        }
    }
}
