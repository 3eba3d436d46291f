using System.Text;
using System.Text.Json;

namespace MonaLisa.Engine.Storage;

/// <summary>
/// What a model file says of its network besides the weights: two texts among the safetensors metadata, or a part of a compressed file.
/// </summary>
/// <param name="Writer">The program that wrote the file.</param>
/// <param name="Network">The network's design.</param>
/// <param name="Training">The training behind it, or null.</param>
internal sealed record ModelDescription(string Writer, NetworkDescription Network, TrainingFacts? Training)
{
    /// <summary>The version of the model file that is written and read here.</summary>
    public const string Version = "1";

    /// <summary>The metadata text that is the version.</summary>
    public const string VersionName = "monalisa.version";

    /// <summary>The metadata text that is the description, in JSON.</summary>
    public const string ModelName = "monalisa.model";

    /// <summary>The name of this program.</summary>
    public const string ProgramName = "MonaLisa.PS";

    /// <summary>The version of this program.</summary>
    public static string ProgramVersion { get; } = typeof(ModelDescription).Assembly.GetName().Version?.ToString(3) ?? "";

    /// <summary>This program with its version.</summary>
    public static string ThisWriter { get; } = $"{ProgramName} {ProgramVersion}";

    /// <summary>The network's design.</summary>
    internal MlpDesign Design { get; } = Network.ToDesign();

    /// <summary>The description of a network.</summary>
    public static ModelDescription Of(MlpDesign design, TrainingFacts? training) => new(
        ThisWriter, NetworkDescription.Of(design), training is null ? null : training with
        {
            // JSON has no infinity, which a flawless picture has.
            Psnr = Finite(training.Psnr),
            PsnrLost = Finite(training.PsnrLost),
            HeldOutPsnr = Finite(training.HeldOutPsnr),
        });

    /// <summary>The description as safetensors metadata.</summary>
    public Dictionary<string, string> ToMetadata() => new() { [VersionName] = Version, [ModelName] = Encoding.UTF8.GetString(ToJson()) };

    /// <summary>The description in JSON, UTF-8.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, StrictJson.Description);

    /// <summary>Reads the description out of safetensors metadata; texts of other programs are left alone.</summary>
    /// <exception cref="ModelFileException">There is no description, or it is wrong.</exception>
    public static ModelDescription Parse(IReadOnlyDictionary<string, string> metadata, ModelFaults faults)
    {
        if (!metadata.TryGetValue(VersionName, out string? version))
            throw faults.Of(ModelFileProblem.NotAModel, $"it is a safetensors file without '{VersionName}' in its metadata");
        if (version != Version)
            throw faults.Of(ModelFileProblem.UnknownVersion,
                $"it is a model file of version {ModelFaults.Quoted(version)}, and only version {Version} is known");
        if (!metadata.TryGetValue(ModelName, out string? json))
            throw faults.Of(ModelFileProblem.InvalidDescription, $"it is a model file without '{ModelName}' in its metadata");
        return Parse(Encoding.UTF8.GetBytes(json), faults);
    }

    /// <summary>Reads the description.</summary>
    /// <param name="json">The JSON in UTF-8.</param>
    /// <param name="faults">Makes the errors.</param>
    /// <exception cref="ModelFileException">It is wrong.</exception>
    public static ModelDescription Parse(ReadOnlySpan<byte> json, ModelFaults faults)
    {
        var reader = new StrictJson(faults);
        ModelDescription description = reader.Read<ModelDescription>(json);
        reader.Require("network", description.Design.Validate);
        if (description.Training is TrainingFacts training)
        {
            reader.RequirePixels(training.PictureWidth, training.PictureHeight);
            reader.RequireRange(training.Epochs, least: 0);
        }
        return description;
    }

    private static double? Finite(double? value) => value is double number && double.IsFinite(number) ? number : null;
}
