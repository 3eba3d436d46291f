using System.Text.Json;
using System.Text.Json.Serialization;

namespace MonaLisa.Benchmarks;

/// <summary>Collects tables, and the rounds behind them; says on the standard error stream how far it has come.</summary>
internal sealed class Report
{
    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private readonly List<Table> _tables = [];
    private readonly List<Measurement> _measurements = [];

    private sealed record Measurement(
        string Section, string Case, string Contestant, double WorkPerPixel, IReadOnlyList<double> PixelsPerSecond, IReadOnlyList<double> Peak,
        IReadOnlyList<double> CoreDistance);

    public Table AddTable(string title, params string[] columns)
    {
        var table = new Table(title, columns);
        _tables.Add(table);
        return table;
    }

    /// <summary>Announces what is measured next.</summary>
    public static void Announce(string what) => Console.Error.WriteLine(what);

    /// <summary>Keeps the rounds of a contest.</summary>
    public void Keep(string section, string what, IEnumerable<Series> contest) =>
        _measurements.AddRange(contest.Select(series =>
            new Measurement(section, what, series.Name, series.WorkPerPixel, series.PixelsPerSecond, series.Peak, series.CoreDistance)));

    public void Write(TextWriter writer, bool markdown)
    {
        writer.WriteLine($"Measured {Machine.Describe()}.");
        writer.WriteLine("Figures are medians of the rounds, \"best\" is the best round; shares are of the FMA peak measured between the rounds.");
        if (PeakMeter.Best.Count > 0)
            writer.WriteLine($"Highest FMA peak of the run: {string.Join(", ", PeakMeter.Best.OrderBy(peak => peak.Key).Select(
                peak => $"{Format.Gigaflops(peak.Value)} GFLOP/s with {Format.Threads(peak.Key)}"))}.");
        writer.WriteLine();
        foreach (Table table in _tables)
            table.Write(writer, markdown);
    }

    public void WriteJson(string path) => File.WriteAllText(
        path,
        JsonSerializer.Serialize(new { machine = Machine.Describe(), measurements = _measurements }, JsonOptions));
}
