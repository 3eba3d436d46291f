using System.Diagnostics;

namespace MonaLisa.Engine.Tests;

/// <summary>Tries damaged inputs on a reader and collects what must not happen.</summary>
internal sealed class FuzzRun(FuzzTarget target, FuzzSettings settings)
{
    private const long SpareBytes = 64 << 20;
    private const int MostOffenders = 20;
    private static readonly TimeSpan LongestTime = TimeSpan.FromSeconds(1);

    private readonly List<string> _offenders = [];
    private long _refused, _read;
    private TimeSpan _slowest;
    private long _largest;

    /// <summary>Runs, and fails with a list of the offending inputs' numbers where there are any.</summary>
    /// <returns>A line of figures.</returns>
    public string Run()
    {
        ReadWholeSamples();
        long count = settings.Count ?? target.UsualCount;
        using FuzzJournal? journal = settings.IsLong ? new FuzzJournal(target.Name, settings.Folder) : null;
        var clock = Stopwatch.StartNew();
        for (long number = settings.First; number < settings.First + count && _offenders.Count < MostOffenders; number++)
            Try(number, journal);
        string figures = FormattableString.Invariant(
            $"{target.Name}: {_refused + _read} inputs from {settings.First}, {_refused} refused, {_read} read, ") +
            FormattableString.Invariant($"{_offenders.Count} offended, slowest {_slowest.TotalMilliseconds:F1} ms, ") +
            FormattableString.Invariant($"most memory {_largest >> 10} KiB, {clock.Elapsed.TotalSeconds:F1} s");
        journal?.Report(figures);
        Assert.True(_offenders.Count == 0, figures + "\n" + string.Join('\n', _offenders));
        if (count >= 100)
        {
            Assert.True(_refused >= count * target.LeastShares.Refused, $"Few were refused. {figures}");
            Assert.True(_read >= count * target.LeastShares.Read, $"Few were read. {figures}");
        }
        return figures;
    }

    // One that is refused when it is whole would make all the rest pass.
    private void ReadWholeSamples()
    {
        foreach (byte[] whole in target.Samples)
            target.Read(whole);
    }

    private void Try(long number, FuzzJournal? journal)
    {
        byte[] input = target.Input(number);
        journal?.Begin(number, input);
        long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        // The processor's time, for a busy machine may let the process wait; one that waits for ever is the journal's to find.
        TimeSpan start = Environment.CpuUsage.TotalTime;
        NativeMemory? native = journal is null ? null : NativeMemory.Start();
        long size = 0;
        string? offence = null;
        try
        {
            size = target.Read(input);
            _read++;
        }
        catch (Exception exception) when (target.IsRefusal(exception))
        {
            _refused++;
            if (exception.Message.Any(char.IsControl))
                offence = $"a message with control characters: {exception.Message}";
        }
        catch (Exception exception)
        {
            offence = exception.ToString();
        }
        TimeSpan time = Environment.CpuUsage.TotalTime - start;
        long memory = Math.Max(GC.GetAllocatedBytesForCurrentThread() - allocatedBefore, native?.Growth() ?? 0);
        journal?.End();
        _slowest = time > _slowest ? time : _slowest;
        _largest = Math.Max(memory, _largest);
        if (memory > 4 * Math.Max(input.Length, size) + SpareBytes)
            offence ??= $"{memory} bytes of memory for {input.Length} bytes of input and {size} read";
        // The ordinary run must not depend on a clock.
        if (settings.IsLong && time > LongestTime)
            offence ??= $"{time.TotalSeconds:F2} s of processor time";
        if (offence is null)
            return;
        _offenders.Add($"Input {number} of {target.Name}: {offence}");
        journal?.Keep(number, input, offence);
    }
}
