using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MonaLisa.Cmdlets.Tests.Repository;

/// <summary>An audit source for NuGet on the loopback interface. What it answers can change at any time, as advisories do.</summary>
internal sealed class AdvisorySource : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Dictionary<string, string> _answers = [];

    public AdvisorySource()
    {
        _listener.Start();
        _ = AnswerAll();
    }

    public Uri Index => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/index.json");

    /// <summary>Answers every question as a source does that is out of order.</summary>
    public void Break() => Answer([]);

    /// <summary>Answers as a source that knows of no vulnerability resource.</summary>
    public void KnowNothing() => Answer(("/index.json", """{"version":"3.0.0","resources":[]}"""));

    /// <summary>Publishes advisories for a package: one of each severity, from 0 (low) to 3 (critical), or none.</summary>
    public void Publish(string package, params int[] severities)
    {
        string advisories = string.Join(',', severities.Select(
            severity => $$"""{"url":"https://example.com/advisory-{{severity}}","severity":{{severity}},"versions":"(, 99.0.0)"}"""));
        Answer(
            ("/index.json", $$"""{"version":"3.0.0","resources":[{"@id":"{{new Uri(Index, "list.json")}}","@type":"VulnerabilityInfo/6.7.0"}]}"""),
            ("/list.json", $$"""[{"@name":"base","@id":"{{new Uri(Index, "base.json")}}","@updated":"2026-01-01T00:00:00Z"}]"""),
            ("/base.json", severities.Length == 0 ? "{}" : $$"""{"{{package.ToLowerInvariant()}}":[{{advisories}}]}"""));
    }

    public void Dispose() => _listener.Dispose();

    private void Answer(params (string Path, string Json)[] answers)
    {
        lock (_answers)
        {
            _answers.Clear();
            foreach ((string path, string json) in answers)
                _answers[path] = json;
        }
    }

    private async Task AnswerAll()
    {
        try
        {
            while (true)
                _ = Answer(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // The listener was disposed of.
        }
    }

    private async Task Answer(TcpClient client)
    {
        using (client)
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
            string? request = await reader.ReadLineAsync();
            while (!string.IsNullOrEmpty(await reader.ReadLineAsync()))
            {
            }
            bool known;
            string? json;
            lock (_answers)
                known = _answers.TryGetValue(request?.Split(' ') is [_, string path, ..] ? path : "", out json);
            string answer = $"HTTP/1.1 {(known ? "200 OK" : "404 Not Found")}\r\nContent-Type: application/json\r\n" +
                $"Content-Length: {json?.Length ?? 0}\r\nConnection: close\r\n\r\n{json}";
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer));
        }
    }
}
