using System.Diagnostics;
using System.Text.Json;
using MonaLisa.Engine;

namespace MonaLisa.Benchmarks;

/// <summary>Another framework in a process of its own, which answers requests line by line; see benchmarks/README.md.</summary>
internal sealed class Peer : IDisposable
{
    private readonly Process _process;

    private Peer(Process process) => _process = process;

    /// <summary>Starts a peer; null where there is none, and why on the standard error stream.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="variable">The environment variable that holds the command that starts it.</param>
    /// <param name="fallback">The command where the variable is not set, or null.</param>
    public static Peer? Start(string name, string variable, string? fallback = null)
    {
        string? command = Environment.GetEnvironmentVariable(variable) ?? fallback;
        if (string.IsNullOrWhiteSpace(command))
        {
            Console.Error.WriteLine($"{name} is not measured: {variable} is not set to the command that starts it (benchmarks/README.md).");
            return null;
        }
        string[] words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        try
        {
            return new Peer(Process.Start(new ProcessStartInfo(words[0], words[1..])
            {
                RedirectStandardInput = true, RedirectStandardOutput = true,
            })!);
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            Console.Error.WriteLine($"{name} is not measured: '{command}' did not start: {exception.Message}");
            return null;
        }
    }

    /// <summary>Makes the peer ready for a step; null where it cannot do that one, and why on the standard error stream.</summary>
    public IContestant? Prepare(string name, NetworkCase network, int batch, int threads)
    {
        try
        {
            string description = Ask(new
            {
                command = "prepare", hidden = network.Hidden, batch, threads,
                activation = network.Activation == Activation.Sine ? "sine" : "relu",
            }).GetProperty("name").GetString()!;
            Console.Error.WriteLine($"  {description}");
            return new Step(this, name, 6.0 * network.WeightCount);
        }
        catch (IOException exception)
        {
            Console.Error.WriteLine($"  {name} is left out: {exception.Message}");
            return null;
        }
    }

    public void Dispose()
    {
        // The end of its input ends the peer.
        _process.StandardInput.Dispose();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private JsonElement Ask(object request)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(request));
        _process.StandardInput.Flush();
        string line = _process.StandardOutput.ReadLine() ?? throw new IOException("the peer's process has ended.");
        return JsonDocument.Parse(line).RootElement;
    }

    private sealed class Step(Peer peer, string name, double workPerPixel) : IContestant
    {
        public string Name => name;

        public double WorkPerPixel => workPerPixel;

        public double Measure(double seconds)
        {
            JsonElement answer = peer.Ask(new { command = "measure", seconds });
            return answer.GetProperty("pixels").GetInt64() / answer.GetProperty("seconds").GetDouble();
        }

        public void Dispose()
        {
        }
    }
}
