using System.Text.Json;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Storage;

/// <summary>The identity of a run's picture in the description of a checkpoint.</summary>
internal static class PictureJson
{
    /// <summary>Writes the property <c>picture</c>.</summary>
    public static void Write(Utf8JsonWriter json, PictureIdentity picture)
    {
        json.WriteStartObject("picture");
        json.WriteString("name", ShortName.Of(picture.Name));
        json.WriteNumber("width", picture.Width);
        json.WriteNumber("height", picture.Height);
        json.WriteNumber("channels", picture.Channels);
        json.WriteNumber("bitDepth", picture.BitDepth);
        json.WriteNumber("trainingPixels", picture.TrainingPixels);
        json.WriteString("samples", picture.Samples);
        if (picture.Roles is not null)
            json.WriteString("roles", picture.Roles);
        json.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static PictureIdentity Read(ref JsonText reader)
    {
        string? name = null, samples = null, roles = null;
        int? width = null, height = null, channels = null, bitDepth = null, trainingPixels = null;
        reader.StartObject();
        while (reader.NextProperty() is string property)
            switch (property)
            {
                case "name" when name is null:
                    name = reader.PlainName();
                    break;
                case "width" when width is null:
                    width = reader.Int32(least: 1);
                    break;
                case "height" when height is null:
                    height = reader.Int32(least: 1);
                    break;
                case "channels" when channels is null:
                    channels = reader.Int32(least: 1, most: 4);
                    break;
                case "bitDepth" when bitDepth is null:
                    bitDepth = reader.Int32(least: 8, most: 16);
                    break;
                case "trainingPixels" when trainingPixels is null:
                    trainingPixels = reader.Int32(least: 1);
                    break;
                case "samples" when samples is null:
                    samples = reader.PlainName();
                    break;
                case "roles" when roles is null:
                    roles = reader.PlainName();
                    break;
                default:
                    throw reader.Unexpected(property);
            }
        return new PictureIdentity(
            reader.Needed(name, "name"), reader.Needed(width, "width"), reader.Needed(height, "height"),
            reader.Needed(channels, "channels"), reader.Needed(bitDepth, "bitDepth"),
            reader.Needed(trainingPixels, "trainingPixels"), reader.Needed(samples, "samples"), roles);
    }
}
