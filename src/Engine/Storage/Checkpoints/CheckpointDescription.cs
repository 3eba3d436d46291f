using System.Text;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Storage;

/// <summary>What a checkpoint tells of its run besides the tensors: two texts among the safetensors metadata.</summary>
/// <param name="Writer">The program that wrote the file.</param>
/// <param name="Provider">Who computed.</param>
/// <param name="Design">The network's design.</param>
/// <param name="Options">The run's options, every default filled in.</param>
/// <param name="Picture">The run's picture.</param>
/// <param name="Position">Where the run stands.</param>
internal sealed record CheckpointDescription(
    string Writer, string Provider, MlpDesign Design, TrainingOptions Options, PictureIdentity Picture, RunPosition Position)
{
    /// <summary>The version of the checkpoint that is written and read here.</summary>
    public const string Version = "1";

    /// <summary>The metadata text that is the version.</summary>
    public const string VersionName = "monalisa.checkpoint.version";

    /// <summary>The metadata text that is the description, in JSON.</summary>
    public const string RunName = "monalisa.checkpoint";

    /// <summary>The description of a run.</summary>
    public static CheckpointDescription Of(RunState state) => new(
        ModelDescription.ThisWriter, state.Provider, state.Learner.Network.Design, state.Options, state.Picture, state.Position);

    /// <summary>The description as safetensors metadata.</summary>
    public Dictionary<string, string> ToMetadata() => new()
    {
        [VersionName] = Version,
        [RunName] = ToJson(),
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
        var reader = new JsonText(Encoding.UTF8.GetBytes(json), faults, ModelFileProblem.InvalidDescription, "its description");
        CheckpointDescription description = ReadRun(ref reader);
        reader.End();
        reader.Require("run", () =>
        {
            description.Design.Validate();
            description.Options.Validate();
        });
        return description;
    }

    private string ToJson() => ComposedJson.Text(json =>
    {
        json.WriteString("writer", Writer);
        json.WriteString("provider", ShortName.Of(Provider));
        DesignJson.Write(json, Design);
        OptionsJson.Write(json, Options);
        PictureJson.Write(json, Picture);
        PositionJson.Write(json, Position);
    });

    private static CheckpointDescription ReadRun(ref JsonText reader)
    {
        string? writer = null, provider = null;
        MlpDesign? design = null;
        TrainingOptions? options = null;
        PictureIdentity? picture = null;
        RunPosition? position = null;
        reader.StartObject();
        while (reader.NextProperty() is string property)
            switch (property)
            {
                case "writer" when writer is null:
                    writer = reader.PlainName();
                    break;
                case "provider" when provider is null:
                    provider = reader.PlainName();
                    break;
                case "network" when design is null:
                    design = DesignJson.Read(ref reader);
                    break;
                case "options" when options is null:
                    options = OptionsJson.Read(ref reader);
                    break;
                case "picture" when picture is null:
                    picture = PictureJson.Read(ref reader);
                    break;
                case "position" when position is null:
                    position = PositionJson.Read(ref reader);
                    break;
                default:
                    throw reader.Unexpected(property);
            }
        return new CheckpointDescription(
            reader.Needed(writer, "writer"), reader.Needed(provider, "provider"), reader.Needed(design, "network"),
            reader.Needed(options, "options"), reader.Needed(picture, "picture"), reader.Needed(position, "position"));
    }
}
