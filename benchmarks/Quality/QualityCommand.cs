namespace MonaLisa.Quality;

/// <summary>One of the program's experiments.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Options">The options that it takes beside <see cref="CommonOptions"/>.</param>
/// <param name="Run">Prints its tables on the standard output.</param>
internal sealed record QualityCommand(string Name, IReadOnlyList<string> Options, Action<QualityOptions> Run)
{
    /// <summary>The options that every experiment takes.</summary>
    public static IReadOnlyList<string> CommonOptions { get; } = ["--seconds", "--seed", "--threads", "--images", "--out"];

    /// <summary>Every experiment.</summary>
    public static IReadOnlyList<QualityCommand> All { get; } =
    [
        new("settings", ["--filter", "--preset-epochs"], SettingsSection.Run),
        new("targets", ["--filter", "--weights"], TargetSection.Run),
        new("defaults", ["--quality", "--large", "--megapixels", "--sweep", "--filter"], DefaultsSection.Run),
        new("held-out", ["--filter", "--steps", "--batch", "--each"], HeldOutSection.Run),
        new("resample", ["--quality"], ResampleSection.Run),
        new("enlarging", ["--quality", "--scale", "--kernel", "--jpeg", "--filter"], EnlargingSection.Run),
        new("denoising", ["--quality", "--noise", "--told"], DenoisingSection.Run),
        new("filling", ["--quality", "--filter"], FillingSection.Run),
        new("restoring-start", ["--steps", "--filter"], RestoringStartSection.Run),
        new("enlarging-start", ["--steps", "--filter"], EnlargingStartSection.Run),
        new("grid-start", ["--steps"], GridStartSection.Run),
        new("large", ["--quality", "--megapixels"], LargeSection.Run),
        new("compression", ["--filter"], CompressionSection.Run),
        new("latents", ["--quality", "--bits"], LatentSection.Run),
        new("latent-start", ["--steps"], LatentStartSection.Run),
        new("gaps", ["--quality"], GapSection.Run),
    ];

    /// <summary>Whether an option is one of this experiment's.</summary>
    public bool Takes(string option) => CommonOptions.Contains(option) || Options.Contains(option);

    /// <summary>The experiment of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static QualityCommand Named(string name) => All.FirstOrDefault(command => command.Name == name) ??
        throw new ArgumentException($"There is no command '{name}'; there are {string.Join(", ", All.Select(command => command.Name))}.");
}
