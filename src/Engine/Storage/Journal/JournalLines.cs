using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MonaLisa.Engine.Storage;

/// <summary>The lines of an experiment's file: each begins alike, holds one run, and ends in a line feed.</summary>
internal static class JournalLines
{
    // Distinguishes a line that was cut short from the text of another program.
    private const string Start = """{"MonaLisaExperiment":1,""";
    private const byte LineFeed = (byte)'\n';

    // A PSNR may be infinite.
    private static readonly JsonSerializerOptions Json = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectNullableAnnotations = true,
    };

    /// <summary>A run's line.</summary>
    public static byte[] Of(ExperimentRecord record) =>
        Encoding.UTF8.GetBytes(string.Concat(Start, JsonSerializer.Serialize(record, Json).AsSpan(1), "\n"));

    /// <summary>Reads the runs of a file.</summary>
    /// <param name="content">The file's bytes.</param>
    /// <returns>The runs, and the length of their lines; what is behind them is a line that was cut short.</returns>
    /// <exception cref="FormatException">A line is no run's; the message names it.</exception>
    public static (IReadOnlyList<ExperimentRecord> Records, int Length) Read(ReadOnlySpan<byte> content)
    {
        List<ExperimentRecord> records = [];
        int start = 0;
        while (start < content.Length)
        {
            int length = content[start..].IndexOf(LineFeed);
            ReadOnlySpan<byte> line = length < 0 ? content[start..] : content.Slice(start, length);
            if (length < 0 && IsTorn(line))
                return (records, start);
            // A last line that someone's editor left without its line feed is torn only if it is not whole.
            records.Add(Parse(Encoding.UTF8.GetString(line).TrimEnd('\r'))
                ?? throw new FormatException($"line {records.Count + 1} is not of an experiment's run"));
            start += line.Length + (length < 0 ? 0 : 1);
        }
        return (records, start);
    }

    private static bool IsTorn(ReadOnlySpan<byte> line)
    {
        string text = Encoding.UTF8.GetString(line);
        bool isOurs = text.StartsWith(Start, StringComparison.Ordinal) || Start.StartsWith(text, StringComparison.Ordinal);
        return isOurs && Parse(text) is null;
    }

    private static ExperimentRecord? Parse(string line)
    {
        if (!line.StartsWith(Start, StringComparison.Ordinal))
            return null;
        try
        {
            return JsonSerializer.Deserialize<ExperimentRecord>(line, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

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
