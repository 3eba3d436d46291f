using System.Text;

namespace MonaLisa.Engine.Storage;

/// <summary>
/// What a model file tells of its network besides the weights: two texts among the safetensors metadata, or a part of a compressed file.
/// </summary>
/// <param name="Writer">The program that wrote the file.</param>
/// <param name="Design">The network's design.</param>
/// <param name="Training">The training behind it, or null.</param>
internal sealed record ModelDescription(string Writer, MlpDesign Design, TrainingFacts? Training)
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

    /// <summary>The description as safetensors metadata.</summary>
    public Dictionary<string, string> ToMetadata() => new()
    {
        [VersionName] = Version,
        [ModelName] = ToJson(),
    };

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
        var reader = new JsonText(json, faults, ModelFileProblem.InvalidDescription, "its description");
        ModelDescription description = ReadModel(ref reader);
        reader.End();
        reader.Require("network", description.Design.Validate);
        if (description.Training is TrainingFacts training)
            reader.RequirePixels(training.PictureWidth, training.PictureHeight);
        return description;
    }

    /// <summary>The description in JSON.</summary>
    public string ToJson() => ComposedJson.Text(json =>
    {
        json.WriteString("writer", Writer);
        DesignJson.Write(json, Design);
        if (Training is not null)
            TrainingJson.Write(json, Training);
    });

    private static ModelDescription ReadModel(ref JsonText reader)
    {
        string? writer = null;
        MlpDesign? design = null;
        TrainingFacts? training = null;
        reader.StartObject();
        while (reader.NextProperty() is string property)
            switch (property)
            {
                case "writer" when writer is null:
                    writer = reader.PlainName();
                    break;
                case "network" when design is null:
                    design = DesignJson.Read(ref reader);
                    break;
                case "training" when training is null:
                    training = TrainingJson.Read(ref reader);
                    break;
                default:
                    throw reader.Unexpected(property);
            }
        return new ModelDescription(reader.Needed(writer, "writer"), reader.Needed(design, "network"), training);
    }
}
