using System.Text.Json;
using System.Text.Json.Serialization;

namespace MonaLisa.Engine.Storage;

/// <summary>Writes settings as a JSON object of simple values and reads them as what they were.</summary>
internal sealed class SettingsConverter : JsonConverter<IReadOnlyDictionary<string, object>>
{
    public override IReadOnlyDictionary<string, object> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new JsonException("The settings are no object.");
        OrderedDictionary<string, object> settings = [];
        foreach (JsonProperty setting in document.RootElement.EnumerateObject())
            settings[setting.Name] = setting.Value.ValueKind switch
            {
                JsonValueKind.String => setting.Value.GetString()!,
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                JsonValueKind.Number when setting.Value.TryGetInt64(out long whole) => whole,
                JsonValueKind.Number => setting.Value.GetDouble(),
                _ => throw new JsonException($"The setting {setting.Name} is no simple value."),
            };
        return settings;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, object> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach ((string name, object setting) in value)
        {
            writer.WritePropertyName(name);
            JsonSerializer.Serialize(writer, setting, setting.GetType(), options);
        }
        writer.WriteEndObject();
    }
}
