using System.Diagnostics;
using System.Text.Json;
using MonaLisa.Engine;

namespace MonaLisa.Benchmarks;

/// <summary>Another framework in a process of its own, which answers requests line by line; see benchmarks/README.md.</summary>
internal sealed class Peer : IDisposable
{
    private readonly Process _process;
    private readonly string _name;
    private bool _isGone;

    private Peer(string name, Process process) => (_name, _process) = (name, process);

    /// <summary>Starts a peer; null where there is none, and why on the standard error stream.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="variable">The environment variable that holds the command that starts it.</param>
    /// <param name="settings">Environment variables for it, where they have no value yet.</param>
    public static Peer? Start(string name, string variable, params (string Name, string Value)[] settings)
    {
        string? command = Environment.GetEnvironmentVariable(variable);
        if (string.IsNullOrWhiteSpace(command))
        {
            Console.Error.WriteLine($"{name} is not measured: {variable} is not set to the command that starts it (benchmarks/README.md).");
            return null;
        }
        string[] words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach ((string setting, string value) in settings)
            start.Environment.TryAdd(setting, value);
        try
        {
            return new Peer(name, Process.Start(start)!);
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            Console.Error.WriteLine($"{name} is not measured: '{command}' did not start: {exception.Message}");
            return null;
        }
    }

    /// <summary>Makes the peer ready for a step; null where its process has ended.</summary>
    public IContestant? Prepare(NetworkCase network, int batch, int threads)
    {
        if (Ask(new
        {
            command = "prepare", hidden = network.Hidden, batch, threads,
            activation = network.Activation == Activation.Sine ? "sine" : "relu",
            grid = network.Grid is null ? null : new
            {
                levels = network.Grid.Levels.Select(level => new { level.Columns, level.Rows, entries = level.EntryCount }),
                features = network.Grid.FeaturesPerLevel,
            },
        }) is not { } answer)
            return null;
        Console.Error.WriteLine($"  {answer.GetProperty("name").GetString()}");
        return new Step(this, 6.0 * network.WeightCount);
    }

    public void Dispose()
    {
        // The end of its input ends the peer.
        if (!_isGone)
            _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    /// <summary>The answer; null where the process has ended, which is said once.</summary>
    private JsonElement? Ask(object request)
    {
        if (_isGone)
            return null;
        try
        {
            _process.StandardInput.WriteLine(JsonSerializer.Serialize(request, JsonSerializerOptions.Web));
            _process.StandardInput.Flush();
            // What a library prints of its own accord is no answer.
            while (_process.StandardOutput.ReadLine() is { } line)
                if (line.StartsWith('{'))
                    return JsonDocument.Parse(line).RootElement;
        }
        catch (IOException)
        {
            // It ended before it read the request.
        }
        _isGone = true;
        Console.Error.WriteLine($"{_name} is left out from here on: its process has ended (benchmarks/README.md).");
        return null;
    }

    private sealed class Step(Peer peer, double workPerPixel) : IContestant
    {
        public string Name => peer._name;

        public double WorkPerPixel => workPerPixel;

        /// <summary>Pixels per second; not a number where the process has ended, so that the others' figures are not lost.</summary>
        public double Measure(double seconds) => peer.Ask(new { command = "measure", seconds }) is { } answer
            ? answer.GetProperty("pixels").GetInt64() / answer.GetProperty("seconds").GetDouble() : double.NaN;

        public void Dispose()
        {
        }
    }
}
