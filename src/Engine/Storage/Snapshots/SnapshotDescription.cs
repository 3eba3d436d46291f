using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Storage;

/// <summary>What a file of snapshots tells of its run besides the frames, in JSON.</summary>
/// <param name="Writer">The program that wrote the file.</param>
/// <param name="Design">The network's design.</param>
/// <param name="Picture">The picture that is learned.</param>
internal sealed record SnapshotDescription(string Writer, MlpDesign Design, PictureIdentity Picture)
{
    /// <summary>The description in JSON.</summary>
    public string ToJson() => ComposedJson.Text(json =>
    {
        json.WriteString("writer", Writer);
        DesignJson.Write(json, Design);
        PictureJson.Write(json, Picture);
    });

    /// <summary>Reads the description.</summary>
    /// <param name="json">The JSON in UTF-8.</param>
    /// <param name="faults">Makes the errors.</param>
    /// <exception cref="ModelFileException">It is wrong.</exception>
    public static SnapshotDescription Parse(ReadOnlySpan<byte> json, ModelFaults faults)
    {
        var reader = new JsonText(json, faults, ModelFileProblem.InvalidDescription, "its description");
        SnapshotDescription description = Read(ref reader);
        reader.End();
        reader.Require("network", description.Design.Validate);
        PictureIdentity picture = description.Picture;
        reader.RequirePixels(picture.Width, picture.Height);
        if (picture.Channels != description.Design.OutputCount)
            throw reader.Invalid(
                $"is of a network of {description.Design.OutputCount} outputs and a picture of {picture.Channels} channels");
        return description;
    }

    private static SnapshotDescription Read(ref JsonText reader)
    {
        string? writer = null;
        MlpDesign? design = null;
        PictureIdentity? picture = null;
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
                case "picture" when picture is null:
                    picture = PictureJson.Read(ref reader);
                    break;
                default:
                    throw reader.Unexpected(property);
            }
        return new SnapshotDescription(
            reader.Needed(writer, "writer"), reader.Needed(design, "network"), reader.Needed(picture, "picture"));
    }
}
