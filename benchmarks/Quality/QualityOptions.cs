using System.Globalization;
using MonaLisa.Engine;

namespace MonaLisa.Quality;

/// <summary>What the command line asks for.</summary>
internal sealed record QualityOptions
{
    public const string Usage = """
        dotnet run --project benchmarks/Quality -c Release -- <command> [pictures] [options]

          settings       named settings in a given time                     --filter <text> --preset-epochs <n>
          targets        training time against weights and PSNR             --filter <text> --weights <n>
          defaults       what each quality of the defaults reaches          --quality <q,q> --large --megapixels <n>
          defaults --sweep   one choice at a time changed                   --filter <text>
          held-out       pixels that were not shown, the papers' protocol   --steps <n> --batch <n> --each --filter <text>
          resample       a picture halved, learned and painted at twice     --quality <q,q>
          enlarging      pictures made smaller, and enlarged from their own neighbourhoods   --quality <q> --scale <n> --kernel <k> --jpeg <q> --filter <kernel>
          enlarging-start   what networks that enlarge pictures begin with  --steps <epochs> --filter <kernel>
          denoising      noise added to pictures, and removed               --quality <q> --noise <of 255> --told
          filling        gaps filled from their neighbourhoods              --quality <q> --filter <gap>
          restoring-start   what networks begin with that remove noise or fill gaps   --steps <epochs> --filter <Noise|Gaps|Lattices>
          grid-start        what networks with a grid begin with            --steps <rounds>
          large          memory and time by the picture's size              --quality <q> --megapixels <n,n>
          compression    compressed networks beside JPEG and WebP          --filter <text>
          latents        pictures of latents beside JPEG, WebP and AVIF     --quality <q,q> --bits <b,b>; --out: curves too
          latent-start   the numbers that networks with latents start with  --steps <rounds>
          gaps           a hidden block and a scratch, filled               --quality <q,q>

          --seconds <s,s>   training time in place of the command's own
          --seed <n>        seed of weights and shuffling
          --threads <n>     threads; one a core where not given
          --images <folder> where named pictures are; else MONALISA_IMAGES, else ../shared/images beside the repository
          --out <folder>    also writes what was painted, as PNG
        """;

    private QualityOptions(QualityCommand command) => Command = command;

    /// <summary>The experiment.</summary>
    public QualityCommand Command { get; }

    /// <summary>Files to work on; none for the experiment's own pictures.</summary>
    public List<string> Pictures { get; } = [];

    /// <summary>Training times in place of the experiment's own, or null.</summary>
    public double[]? Seconds { get; private set; }

    /// <summary>The first of <see cref="Seconds"/>, or null.</summary>
    public TimeSpan? Time => Seconds is [double first, ..] ? TimeSpan.FromSeconds(first) : null;

    public int Seed { get; private set; } = MlpDesign.DefaultSeed;

    public int? Threads { get; private set; }

    /// <summary>Threads that will work.</summary>
    public int ThreadCount => Threads ?? Environment.ProcessorCount;

    /// <summary>The folder of named pictures, or null.</summary>
    public string? Images { get; private set; }

    /// <summary>Where to write what was painted, or null.</summary>
    public string? Folder { get; private set; }

    /// <summary>Only what has this text in its name.</summary>
    public string Filter { get; private set; } = "";

    public int PresetEpochs { get; private set; } = 1;

    /// <summary>The most weights and biases, or null for the experiment's own.</summary>
    public long? Weights { get; private set; }

    /// <summary>Qualities of the defaults, or null for the experiment's own.</summary>
    public TrainingQuality[]? Qualities { get; private set; }

    /// <summary>Sizes of pictures in millions of pixels, or null for the experiment's own.</summary>
    public double[]? Megapixels { get; private set; }

    /// <summary>Bits a pixel, or null for the experiment's own.</summary>
    public double[]? Bits { get; private set; }

    public bool Large { get; private set; }

    public bool Sweep { get; private set; }

    public bool Each { get; private set; }

    /// <summary>Steps of a run that ends by them, or null for the experiment's own.</summary>
    public int? Steps { get; private set; }

    /// <summary>Pixels in a step, or null for the experiment's own.</summary>
    public int? Batch { get; private set; }

    /// <summary>How many times pictures are enlarged, or null for the experiment's own.</summary>
    public int? Scale { get; private set; }

    /// <summary>The quality of the JPEG that a picture went through before it is enlarged, or null for none.</summary>
    public int? Jpeg { get; private set; }

    /// <summary>The standard deviation of the noise that pictures get, of 255, or null for the experiment's own.</summary>
    public int? Noise { get; private set; }

    /// <summary>Whether the network is told how much noise there is.</summary>
    public bool Told { get; private set; }

    /// <summary>How the network is told that pictures were made smaller.</summary>
    public ShrinkKernel Kernel { get; private set; }

    /// <summary>Whether a name has the text of <see cref="Filter"/> in it.</summary>
    public bool Wants(string name) => name.Contains(Filter, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="ArgumentException">One is unknown, missing or has no proper value.</exception>
    public static QualityOptions Parse(string[] arguments)
    {
        var rest = new Queue<string>(arguments);
        if (!rest.TryDequeue(out string? command))
            throw new ArgumentException("No command was given.");
        var options = new QualityOptions(QualityCommand.Named(command));
        while (rest.TryDequeue(out string? argument))
            options.Apply(argument, () =>
                rest.TryDequeue(out string? value) ? value : throw new ArgumentException($"{argument} needs a value."));
        return options;
    }

    private void Apply(string argument, Func<string> value)
    {
        if (!argument.StartsWith("--", StringComparison.Ordinal))
        {
            Pictures.Add(argument);
            return;
        }
        if (!Command.Takes(argument))
            throw new ArgumentException($"{Command.Name} has no option {argument}.");
        switch (argument)
        {
            case "--seconds": Seconds = All<double>(argument, value()); break;
            case "--seed": Seed = One<int>(argument, value(), least: int.MinValue); break;
            case "--threads": Threads = One<int>(argument, value(), least: 1); break;
            case "--images": Images = value(); break;
            case "--out": Folder = value(); break;
            case "--filter": Filter = value(); break;
            case "--preset-epochs": PresetEpochs = One<int>(argument, value(), least: 1); break;
            case "--weights": Weights = One<long>(argument, value(), least: 1); break;
            case "--quality": Qualities = [.. value().Split(',').Select(QualityNamed)]; break;
            case "--scale": Scale = One<int>(argument, value(), least: 2); break;
            case "--jpeg": Jpeg = One<int>(argument, value(), least: 1); break;
            case "--noise": Noise = One<int>(argument, value(), least: 1); break;
            case "--told": Told = true; break;
            case "--kernel": Kernel = Enum.Parse<ShrinkKernel>(value(), ignoreCase: true); break;
            case "--megapixels": Megapixels = All<double>(argument, value()); break;
            case "--bits": Bits = All<double>(argument, value()); break;
            case "--large": Large = true; break;
            case "--sweep": Sweep = true; break;
            case "--each": Each = true; break;
            case "--steps": Steps = One<int>(argument, value(), least: 1); break;
            case "--batch": Batch = One<int>(argument, value(), least: 1); break;
            default: throw new ArgumentException($"There is no option {argument}.");
        }
    }

    private static TrainingQuality QualityNamed(string text) =>
        Enum.TryParse(text, ignoreCase: true, out TrainingQuality quality) && Enum.IsDefined(quality)
            ? quality : throw new ArgumentException($"--quality takes {string.Join(", ", Enum.GetNames<TrainingQuality>())}, not {text}.");

    private static T One<T>(string option, string text, T least) where T : struct, ISpanParsable<T>, IComparable<T> =>
        T.TryParse(text, CultureInfo.InvariantCulture, out T number) && number.CompareTo(least) >= 0
            ? number : throw new ArgumentException($"{option} takes a number of at least {least}, not {text}.");

    private static T[] All<T>(string option, string text) where T : struct, ISpanParsable<T>, IComparable<T> =>
        [.. text.Split(',').Select(part => T.TryParse(part, CultureInfo.InvariantCulture, out T number) && number.CompareTo(default) > 0
            ? number : throw new ArgumentException($"{option} takes numbers above 0, not {text}."))];
}
