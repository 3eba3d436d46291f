using System.Text.Json.Serialization;

namespace MonaLisa.Engine.Storage;

/// <summary>A network's design as files describe it, in the order of the files; docs/model-format.md has the meaning of each.</summary>
internal sealed record NetworkDescription(
    IReadOnlyList<int> HiddenLayers, int Outputs, Activation Activation, float Omega, float Sigma, WeightInitialization Initialization,
    CoordinateConvention Coordinates, EncodingDescription Encoding, ColorRange Colors, int Seed)
{
    /// <summary>The description of a design.</summary>
    public static NetworkDescription Of(MlpDesign design) => new(
        design.HiddenLayers, design.OutputCount, design.Activation, design.Omega, design.Sigma, design.Initialization,
        design.Coordinates, EncodingDescription.Of(design.Encoding), design.Colors, design.Seed);

    /// <summary>The design that is described; it is not validated.</summary>
    public MlpDesign ToDesign() => new()
    {
        HiddenLayers = HiddenLayers,
        OutputCount = Outputs,
        Activation = Activation,
        Omega = Omega,
        Sigma = Sigma,
        Initialization = Initialization,
        Coordinates = Coordinates,
        Encoding = Encoding.ToEncoding(),
        Colors = Colors,
        Seed = Seed,
    };
}

/// <summary>An encoding as files describe it: its kind first, then what the kind has.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(NoEncoding), nameof(EncodingKind.None))]
[JsonDerivedType(typeof(Frequencies), nameof(EncodingKind.Frequency))]
[JsonDerivedType(typeof(FourierFeatures), nameof(EncodingKind.Fourier))]
[JsonDerivedType(typeof(Grid), nameof(EncodingKind.Grid))]
[JsonDerivedType(typeof(Neighborhood), nameof(EncodingKind.Neighborhood))]
[JsonDerivedType(typeof(Latents), nameof(EncodingKind.Latent))]
internal abstract record EncodingDescription
{
    /// <summary>The description of an encoding.</summary>
    public static EncodingDescription Of(InputEncoding encoding) => encoding switch
    {
        FrequencyEncoding frequency => new Frequencies(frequency.Octaves),
        FourierEncoding fourier => new FourierFeatures(fourier.Count, fourier.Sigma),
        GridEncoding grid => new Grid(
            [.. grid.Levels.Select(level => level.Columns)], [.. grid.Levels.Select(level => level.Rows)],
            [.. grid.Levels.Select(level => level.EntryCount)], grid.FeaturesPerLevel),
        NeighborhoodEncoding picture => new Neighborhood(
            picture.Width, picture.Height, picture.Channels, picture.Task, picture.Kernel, picture.BackProjections, picture.IsSingleView, picture.Noise,
            picture.IsLattice, picture.Blend),
        LatentEncoding latents => new Latents(
            latents.Width, latents.Height, latents.Channels, latents.Levels, latents.StartName, latents.OwnStart?.WholeNumbers),
        _ => new NoEncoding(),
    };

    /// <summary>The encoding that is described; it is not validated.</summary>
    public abstract InputEncoding ToEncoding();

    internal sealed record NoEncoding : EncodingDescription
    {
        public override InputEncoding ToEncoding() => InputEncoding.None;
    }

    internal sealed record Frequencies(int Octaves) : EncodingDescription
    {
        public override InputEncoding ToEncoding() => new FrequencyEncoding { Octaves = Octaves };
    }

    internal sealed record FourierFeatures(int Count, float Sigma) : EncodingDescription
    {
        public override InputEncoding ToEncoding() => new FourierEncoding { Count = Count, Sigma = Sigma };
    }

    internal sealed record Grid(int[] Columns, int[] Rows, int[] Entries, int FeaturesPerLevel) : EncodingDescription
    {
        public override InputEncoding ToEncoding()
        {
            if (Columns.Length != Rows.Length || Columns.Length != Entries.Length)
                throw new UnexpectedValueException(
                    $"tells of {Columns.Length} columns, {Rows.Length} rows and {Entries.Length} entries of its grid's levels");
            return new GridEncoding
            {
                Levels = [.. Columns.Select((columns, i) => new GridLevel(columns, Rows[i], Entries[i]))],
                FeaturesPerLevel = FeaturesPerLevel,
            };
        }
    }

    internal sealed record Neighborhood(
        int Width, int Height, int Channels, NeighborhoodTask Task, ShrinkKernel Kernel, int BackProjections, bool SingleView, float Noise, bool Lattice,
        float Blend)
        : EncodingDescription
    {
        public override InputEncoding ToEncoding() => new NeighborhoodEncoding
        {
            Width = Width, Height = Height, Channels = Channels, Task = Task, Kernel = Kernel, BackProjections = BackProjections,
            IsSingleView = SingleView, Noise = Noise, IsLattice = Lattice, Blend = Blend,
        };
    }

    internal sealed record Latents(int Width, int Height, int Channels, int Levels, string? Start, int[]? StartNumbers)
        : EncodingDescription
    {
        public override InputEncoding ToEncoding() => new LatentEncoding
        {
            Width = Width, Height = Height, Channels = Channels, Levels = Levels,
            OwnStart = (Start, StartNumbers) switch
            {
                (null, null) => null,
                (string name, int[] numbers) when numbers.All(number => Math.Abs((long)number) <= LatentWeight.Largest) =>
                    LatentStart.Of(name, numbers),
                _ => throw new UnexpectedValueException("tells of a start without its name or its numbers, or with numbers out of their range"),
            },
        };
    }
}
