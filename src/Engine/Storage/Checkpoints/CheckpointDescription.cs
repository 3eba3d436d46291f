using System.Text;
using System.Text.Json;
using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Storage;

/// <summary>What a checkpoint says of its run besides the tensors: two texts among the safetensors metadata.</summary>
/// <param name="Writer">The program that wrote the file.</param>
/// <param name="Provider">Who computed.</param>
/// <param name="Network">The network's design.</param>
/// <param name="Options">The run's options, every default filled in.</param>
/// <param name="Picture">The run's picture.</param>
/// <param name="Position">Where the run stands.</param>
internal sealed record CheckpointDescription(
    string Writer, string Provider, NetworkDescription Network, TrainingOptions Options, PictureIdentity Picture, StoredPosition Position)
{
    private const string Version = "1", VersionName = "monalisa.checkpoint.version", RunName = "monalisa.checkpoint";

    /// <summary>The network's design.</summary>
    internal MlpDesign Design { get; } = Network.ToDesign();

    /// <summary>The description of a run.</summary>
    public static CheckpointDescription Of(RunState state) => new(
        ModelDescription.ThisWriter, state.Provider, NetworkDescription.Of(state.Learner.Network.Design), state.Options, state.Picture,
        StoredPosition.Of(state.Position));

    /// <summary>The description as safetensors metadata.</summary>
    public Dictionary<string, string> ToMetadata() => new()
    {
        [VersionName] = Version,
        [RunName] = JsonSerializer.Serialize(this, StrictJson.Description),
    };

    /// <summary>Throws unless safetensors metadata are those of a checkpoint of this version.</summary>
    public static void RequireVersion(IReadOnlyDictionary<string, string> metadata, ModelFaults faults)
    {
        if (!metadata.TryGetValue(VersionName, out string? version))
            throw faults.Of(ModelFileProblem.NotACheckpoint, metadata.ContainsKey(ModelDescription.VersionName)
                ? "it is a model file, which keeps the network but not the state of its training"
                : "it is a safetensors file of another kind");
        if (version != Version)
            throw faults.Of(ModelFileProblem.UnknownVersion,
                $"it is a checkpoint of version {ModelFaults.Quoted(version)}, and only version {Version} is known");
    }

    /// <summary>Reads the description out of safetensors metadata.</summary>
    /// <exception cref="ModelFileException">There is no description, or it is wrong.</exception>
    public static CheckpointDescription Parse(IReadOnlyDictionary<string, string> metadata, ModelFaults faults)
    {
        if (!metadata.TryGetValue(RunName, out string? json))
            throw faults.Of(ModelFileProblem.InvalidDescription, $"it is a checkpoint without '{RunName}' in its metadata");
        var reader = new StrictJson(faults);
        CheckpointDescription description = reader.Read<CheckpointDescription>(Encoding.UTF8.GetBytes(json));
        reader.Require("run", () =>
        {
            description.Design.Validate();
            description.Options.Validate();
            if (description.Options.WithDefaults(description.Design) != description.Options)
                throw new ArgumentException("an option of it has no value");
        });
        reader.RequirePicture(description.Picture);
        if (!IsFor(description.Design.Encoding, description.Picture))
            throw reader.Invalid(FormattableString.Invariant(
                $"is of a picture of {description.Picture.Width} x {description.Picture.Height} pixels of {description.Picture.Channels} channels, ") +
                "and of a network that has another picture in it");
        description.Position.Validate(reader);
        reader.Require("position", () => description.Position.RequireReachable(description));
        return description;
    }

    /// <summary>Whether an encoding that has a picture in it may have this one.</summary>
    private static bool IsFor(InputEncoding encoding, PictureIdentity picture) => encoding switch
    {
        LatentEncoding latents => latents == latents.At(picture.Width, picture.Height, picture.Channels),
        NeighborhoodEncoding neighborhoods => (neighborhoods.Width, neighborhoods.Height, neighborhoods.Channels) == (picture.Width, picture.Height, picture.Channels),
        _ => true,
    };
}

/// <summary>Where a run stands, as checkpoints describe it; see <see cref="RunPosition"/> and <see cref="ErrorSums"/>.</summary>
internal sealed record StoredPosition(
    int Epoch, int Call, long Steps, long ElapsedTicks, long EpochElapsedTicks, double LearningRate, double? MeasuredPsnr,
    double Squared, double ClampedSquared, double Absolute, double Loss, long Pixels, long Samples)
{
    /// <summary>The description of a position.</summary>
    public static StoredPosition Of(RunPosition position) => new(
        position.Epoch, position.Call, position.Steps, position.Elapsed.Ticks, position.EpochElapsed.Ticks, position.LearningRate,
        // JSON has no infinity, which a flawless picture has; any target is below this too.
        position.MeasuredPsnr is double psnr ? Math.Min(psnr, double.MaxValue) : null,
        position.Sums.Squared, position.Sums.ClampedSquared, position.Sums.Absolute, position.Sums.Loss, position.Sums.Pixels,
        position.Sums.Samples);

    /// <summary>The position that is described.</summary>
    public RunPosition ToPosition() => new(
        Epoch, Call, Steps, TimeSpan.FromTicks(ElapsedTicks), TimeSpan.FromTicks(EpochElapsedTicks), LearningRate, MeasuredPsnr,
        new ErrorSums
        {
            Squared = Squared, ClampedSquared = ClampedSquared, Absolute = Absolute, Loss = Loss, Pixels = Pixels, Samples = Samples,
        });

    /// <summary>Throws unless every number is in its range.</summary>
    public void Validate(StrictJson reader)
    {
        reader.RequireRange(Epoch, least: 1);
        foreach (long number in (long[])[Call, Steps, Pixels, Samples])
            reader.RequireRange(number, least: 0, most: long.MaxValue);
        reader.RequireRange(ElapsedTicks, least: 0, TrainingOptions.LongestElapsed.Ticks);
        reader.RequireRange(EpochElapsedTicks, least: 0, ElapsedTicks);
    }

    /// <summary>Throws unless a run comes to this position: what the rest is computed from must fit together.</summary>
    /// <exception cref="ArgumentException">No run does.</exception>
    public void RequireReachable(CheckpointDescription run)
    {
        (MlpDesign design, TrainingOptions options) = (run.Design, run.Options);
        RequireFigures(run.Picture.Channels);
        if (design.Encoding.Kind == EncodingKind.Latent)
        {
            Require(Call == 0 && Steps == Epoch - 1, $"{Steps} epochs and {Call} calls are done, and it is epoch {Epoch}");
            Require(Pixels == 0, $"{Pixels} pixels of an epoch are learned, and 0 calls are done");
            return;
        }
        // What such a run learns are copies of the picture, of which the file does not say how many pixels they have.
        if (design.Encoding.Kind == EncodingKind.Neighborhood)
        {
            Require(Steps >= Epoch - 1L + Call, $"{Steps} steps are done, and {Call} calls of epoch {Epoch}");
            Require(Pixels >= Call && Pixels <= (long)Call * options.BatchSize, $"{Pixels} pixels are learned, in {Call} calls of at most {options.BatchSize}");
            return;
        }
        var calls = EpochCalls.Of(run.Picture.TrainingPixels, design, options);
        Require(Call <= calls.Count, $"an epoch has {calls.Count} calls, and {Call} are done");
        long steps = PixelLearner.IsPixelByPixel(design, options) ? calls.PixelsBefore(Epoch, Call) : calls.CallsBefore(Epoch, Call);
        Require(Steps == steps, $"{Steps} steps are done, and {Call} calls of epoch {Epoch} make {steps}");
        long pixels = calls.FirstPlaceOf(Call);
        Require(Pixels == pixels, $"{Pixels} pixels are learned, and {Call} calls make {pixels}");
    }

    /// <summary>Throws unless the learning rate and the errors can be, whatever is learned.</summary>
    private void RequireFigures(int channels)
    {
        Require(LearningRate is >= 0 and <= TrainingOptions.MaxLearningRate, $"the learning rate is {LearningRate}");
        Require(Samples == (Int128)Pixels * channels, $"{Pixels} pixels and {Samples} samples are learned, and a pixel has {channels}");
        // A run ends before its errors are larger.
        double most = TrainingLoop.ExplodedLoss * Samples;
        foreach (double sum in (double[])[Squared, ClampedSquared, Absolute])
            Require(sum >= 0 && sum <= most, $"the errors of {Samples} samples add up to {sum}");
        Require(Loss >= 0 && Loss <= TrainingOptions.MaxHuberDelta * most, $"the losses of {Samples} samples add up to {Loss}");
    }

    private static void Require(bool holds, FormattableString what)
    {
        if (!holds)
            throw new ArgumentException(FormattableString.Invariant(what));
    }
}
