using System.Globalization;
using System.Text;

namespace MonaLisa.Engine.Tests;

/// <summary>
/// Keeps on disk which input is being read, so that one that brings the whole process down, or never comes back, is found; and the
/// inputs that offended otherwise.
/// </summary>
internal sealed class FuzzJournal : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private readonly string _name, _folder;
    private readonly FileStream _current;
    private readonly Timer _watch;
    private byte[] _input = [];
    private long _number, _ticks;

    /// <summary>Begins the journal of a reader.</summary>
    public FuzzJournal(string name, string folder)
    {
        (_name, _folder) = (name, folder);
        Directory.CreateDirectory(folder);
        // Unbuffered: what is written outlives the process, though not the machine.
        _current = new FileStream(Path.Combine(folder, $"{name}.trying"), FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        _watch = new Timer(_ => Watch(), null, LongestWait, LongestWait / 4);
    }

    /// <summary>Notes that an input is being read.</summary>
    public void Begin(long number, byte[] input)
    {
        _current.Position = 0;
        _current.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{number,20} {input.Length,10}\n")));
        Volatile.Write(ref _input, input);
        Volatile.Write(ref _number, number);
        Volatile.Write(ref _ticks, Environment.TickCount64);
    }

    /// <summary>Notes that it is done.</summary>
    public void End() => Volatile.Write(ref _ticks, 0);

    /// <summary>Keeps an offending input.</summary>
    public void Keep(long number, byte[] input, string offence)
    {
        string file = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{_name}-{number}"));
        File.WriteAllBytes(file, input);
        File.WriteAllText(file + ".txt", offence);
    }

    /// <summary>Writes a line of figures.</summary>
    public void Report(string figures) => File.AppendAllText(Path.Combine(_folder, "figures.txt"), figures + "\n");

    /// <inheritdoc/>
    public void Dispose()
    {
        _watch.Dispose();
        _current.Dispose();
    }

    private void Watch()
    {
        long begun = Volatile.Read(ref _ticks);
        if (begun == 0 || Environment.TickCount64 - begun <= LongestWait.TotalMilliseconds)
            return;
        _watch.Change(Timeout.Infinite, Timeout.Infinite);
        long number = Volatile.Read(ref _number);
        Keep(number, Volatile.Read(ref _input), "It does not come back.");
        Environment.FailFast($"Input {number} of {_name} does not come back.");
    }
}
