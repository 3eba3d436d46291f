using System.Globalization;

namespace MonaLisa.Benchmarks;

/// <summary>What the command line asks for.</summary>
internal sealed record BenchmarkOptions
{
    public const string Usage = """
        dotnet run --project benchmarks/Throughput -c Release -- [options]
          --filter <network>   only networks whose name contains this, such as "3 x 256" or "grid"
          --batch <n,n>        batch sizes; 512,4096,16384 where not given
          --threads <n,n>      numbers of threads; 1,2 where not given
          --seconds <s>        seconds of each measurement, in seven turns; 2 where not given
          --quick              batch 4096 and half a second only
          --busy               instead: two threads beside a process that keeps one core busy
          --allocations        instead: bytes allocated a step, and memory over 10,000 steps
          --snapshots          instead: how much a snapshot every epoch slows a run
          --peak               instead: the processor's peak alone
          --markdown           tables as Markdown
          --json <file>        also writes every round of every measurement
        """;

    public string Filter { get; private set; } = "";

    public int[] Batches { get; private set; } = [512, 4096, 16384];

    public int[] Threads { get; private set; } = Environment.ProcessorCount < 2 ? [1] : [1, 2];

    public double Seconds { get; private set; } = 2;

    public bool Markdown { get; private set; }

    public string? JsonPath { get; private set; }

    public bool Busy { get; private set; }

    public bool Allocations { get; private set; }

    public bool Snapshots { get; private set; }

    public bool Peak { get; private set; }

    /// <summary>How contestants are measured.</summary>
    public Contest Contest
    {
        get
        {
            const int Rounds = 7;
            return new Contest(Rounds, Seconds / Rounds);
        }
    }

    /// <summary>The networks asked for.</summary>
    public IEnumerable<NetworkCase> Networks => NetworkCase.All.Where(network => network.Matches(Filter));

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="ArgumentException">One is unknown or has no proper value.</exception>
    public static BenchmarkOptions Parse(string[] arguments)
    {
        var options = new BenchmarkOptions();
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out string? option))
            options.Apply(option, () => rest.TryDequeue(out string? value) ? value : throw new ArgumentException($"{option} needs a value."));
        return options;
    }

    private void Apply(string option, Func<string> value)
    {
        switch (option)
        {
            case "--filter": Filter = value(); break;
            case "--batch": Batches = Numbers(option, value()); break;
            case "--threads": Threads = Numbers(option, value()); break;
            case "--seconds": Seconds = Number(option, value()); break;
            case "--quick": (Batches, Seconds) = ([4096], 0.5); break;
            case "--busy": Busy = true; break;
            case "--allocations": Allocations = true; break;
            case "--snapshots": Snapshots = true; break;
            case "--peak": Peak = true; break;
            case "--markdown": Markdown = true; break;
            case "--json": JsonPath = value(); break;
            default: throw new ArgumentException($"There is no option {option}.");
        }
    }

    private static int[] Numbers(string option, string text) =>
        [.. text.Split(',').Select(part => int.TryParse(part, CultureInfo.InvariantCulture, out int number) && number > 0
            ? number : throw new ArgumentException($"{option} takes whole numbers above 0, not {text}."))];

    private static double Number(string option, string text) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out double number) && number > 0
            ? number : throw new ArgumentException($"{option} takes a number above 0, not {text}.");
}
