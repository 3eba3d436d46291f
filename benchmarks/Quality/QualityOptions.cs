using System.Globalization;
using MonaLisa.Engine;

namespace MonaLisa.Quality;

/// <summary>What the command line asks for.</summary>
internal sealed record QualityOptions
{
    public const string Usage = """
        dotnet run --project benchmarks/Quality -c Release -- <picture> [...] [options]
          --seconds <s>        training time of each setting; 30 where not given
          --filter <text>      only settings whose name contains this
          --seed <n>           seed of weights and shuffling
          --threads <n>        threads; one a core where not given
          --preset-epochs <n>  epochs of the 2012 preset; 1 where not given
          --out <folder>       also writes what each network painted, as PNG
        """;

    public List<string> Pictures { get; } = [];

    public TimeSpan Time { get; private set; } = TimeSpan.FromSeconds(30);

    public string Filter { get; private set; } = "";

    public int Seed { get; private set; } = MlpDesign.DefaultSeed;

    public int? Threads { get; private set; }

    public int PresetEpochs { get; private set; } = 1;

    public string? Folder { get; private set; }

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="ArgumentException">One is unknown, missing or has no proper value.</exception>
    public static QualityOptions Parse(string[] arguments)
    {
        var options = new QualityOptions();
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out string? argument))
            options.Apply(argument, () => rest.TryDequeue(out string? value) ? value : throw new ArgumentException($"{argument} needs a value."));
        return options.Pictures.Count > 0 ? options : throw new ArgumentException("No picture was given.");
    }

    private void Apply(string argument, Func<string> value)
    {
        switch (argument)
        {
            case "--seconds": Time = TimeSpan.FromSeconds(Number<double>(argument, value())); break;
            case "--filter": Filter = value(); break;
            case "--seed": Seed = Number<int>(argument, value()); break;
            case "--threads": Threads = Number<int>(argument, value()); break;
            case "--preset-epochs": PresetEpochs = Number<int>(argument, value()); break;
            case "--out": Folder = value(); break;
            default:
                if (argument.StartsWith("--", StringComparison.Ordinal))
                    throw new ArgumentException($"There is no option {argument}.");
                Pictures.Add(argument);
                break;
        }
    }

    private static T Number<T>(string argument, string text) where T : struct, ISpanParsable<T> =>
        T.TryParse(text, CultureInfo.InvariantCulture, out T number) ? number : throw new ArgumentException($"{argument} takes a number, not {text}.");
}
