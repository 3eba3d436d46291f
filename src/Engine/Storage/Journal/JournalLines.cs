using System.Text.Json;
using System.Text.Json.Serialization;
using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine.Storage;

/// <summary>
/// The lines of an experiment's file: each begins alike, holds one run, and ends in a line feed. They are read one by one, as a stranger's:
/// whatever a run does not have, has twice or cannot have is refused.
/// </summary>
internal static class JournalLines
{
    /// <summary>The longest line in bytes. The deepest network's needs a hundredth of it.</summary>
    public const int MaxLength = 1 << 20;

    private const int FirstBufferLength = 1 << 14;
    private const byte LineFeed = (byte)'\n', CarriageReturn = (byte)'\r';
    private const string Foreign = "is not of an experiment's run";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Strict)
    {
        MaxDepth = 3,
        // A PSNR may be infinite.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new PlainTextConverter() },
    };

    // Distinguishes a line that was cut short from the text of another program.
    private static ReadOnlySpan<byte> Start => """{"MonaLisaExperiment":1,"""u8;

    /// <summary>A run's line, with its line feed.</summary>
    public static byte[] Of(ExperimentRecord record) => [.. Start, .. JsonSerializer.SerializeToUtf8Bytes(record, Json).AsSpan(1), LineFeed];

    /// <summary>Reads the runs of a file, with no more of it in memory than a line.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="take">Takes each run, and where its line begins and how long it is in bytes.</param>
    /// <returns>The length of the lines; what is behind them is a line that was cut short.</returns>
    /// <exception cref="FormatException">A line is no run's; the message names it, and is a clause.</exception>
    public static long Read(Stream stream, Action<ExperimentRecord, long, int> take)
    {
        byte[] buffer = new byte[FirstBufferLength];
        long position = 0, number = 1;
        for (int start = 0, end = 0; ; number++)
        {
            int length;
            while ((length = buffer.AsSpan(start..end).IndexOf(LineFeed)) < 0 && Fill(stream, ref buffer, ref start, ref end))
                if (end - start > MaxLength)
                    break;
            bool isLast = length < 0;
            Span<byte> line = isLast ? buffer.AsSpan(start..end) : buffer.AsSpan(start, length);
            if (line.Length > MaxLength)
                throw new FormatException($"line {number} has more than {MaxLength} bytes");
            if (isLast && line.Length < Start.Length && Start.StartsWith(line))
                return position;
            try
            {
                take(Parse(line), position, line.Length);
            }
            // A last line that someone's editor left without its line feed is torn only if it is not whole.
            catch (JsonException) when (isLast)
            {
                return position;
            }
            catch (Exception exception) when (exception is JsonException or UnexpectedValueException)
            {
                throw new FormatException($"line {number} {(exception is JsonException ? Foreign : exception.Message)}", exception);
            }
            position += line.Length + (isLast ? 0 : 1);
            if (isLast)
                return position;
            start += length + 1;
        }
    }

    /// <summary>Reads the run of a line.</summary>
    /// <param name="line">The line without its line feed; it is not kept as it is.</param>
    /// <exception cref="JsonException">It is not the JSON of a run.</exception>
    /// <exception cref="UnexpectedValueException">It has a value that no run has, or is nothing of an experiment's; the message is a clause.</exception>
    public static ExperimentRecord Parse(Span<byte> line)
    {
        if (!line.StartsWith(Start))
            throw new UnexpectedValueException(Foreign);
        if (line[^1] == CarriageReturn)
            line = line[..^1];
        // What follows the start is the rest of an object.
        line = line[(Start.Length - 1)..];
        line[0] = (byte)'{';
        ExperimentRecord record = JsonSerializer.Deserialize<ExperimentRecord>(line, Json) ?? throw new JsonException();
        return record.Problem() is string problem ? throw new UnexpectedValueException(problem) : record;
    }

    // Adds bytes behind a line that is not whole; false at the end of the file.
    private static bool Fill(Stream stream, ref byte[] buffer, ref int start, ref int end)
    {
        if (start > 0)
            buffer.AsSpan(start..end).CopyTo(buffer);
        (start, end) = (0, end - start);
        if (end == buffer.Length)
            Array.Resize(ref buffer, 2 * buffer.Length);
        int read = stream.Read(buffer.AsSpan(end));
        end += read;
        return read > 0;
    }

    private sealed class PlainTextConverter : JsonConverter<string>
    {
        public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String ? ExperimentSettings.Plain(reader.GetString()!) : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }
}

/// <summary>Writes settings as a JSON object of simple values and reads them as what they were.</summary>
internal sealed class ExperimentSettings : JsonConverter<IReadOnlyDictionary<string, object>>
{
    /// <summary>The most settings of a run, and the longest name of one: more than the parameters of commands.</summary>
    public const int MaxCount = 200, MaxNameLength = 64;

    /// <summary>A text that only shows.</summary>
    /// <exception cref="UnexpectedValueException">It does more.</exception>
    public static string Plain(string text) => PlainText.IsPlain(text) ? text : throw new UnexpectedValueException(
        $"has the text {ModelFaults.Quoted(text)}, with characters that no text may have");

    public override IReadOnlyDictionary<string, object> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException();
        OrderedDictionary<string, object> settings = new(StringComparer.OrdinalIgnoreCase);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            if (name.Length is 0 or > MaxNameLength || !char.IsAsciiLetter(name[0]) || !name.All(char.IsAsciiLetterOrDigit))
                throw new UnexpectedValueException($"has the setting {ModelFaults.Quoted(name)}, which is the name of no parameter");
            if (settings.Count == MaxCount)
                throw new UnexpectedValueException($"has more than {MaxCount} settings");
            if (!reader.Read())
                throw new JsonException();
            if (!settings.TryAdd(name, ValueOf(ref reader, name)))
                throw new UnexpectedValueException($"has the setting {name} twice");
        }
        return reader.TokenType == JsonTokenType.EndObject ? settings : throw new JsonException();
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

    private static object ValueOf(ref Utf8JsonReader reader, string name) => reader.TokenType switch
    {
        JsonTokenType.String => Plain(reader.GetString()!),
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Number when reader.TryGetInt64(out long whole) => whole,
        JsonTokenType.Number when reader.TryGetDouble(out double number) && double.IsFinite(number) => number,
        _ => throw new UnexpectedValueException($"has the setting {name} with a value that no setting has"),
    };
}
