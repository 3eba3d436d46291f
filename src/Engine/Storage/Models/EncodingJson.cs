using System.Text.Json;

namespace MonaLisa.Engine.Storage;

/// <summary>An encoding in the description of a model file.</summary>
internal static class EncodingJson
{
    /// <summary>Writes the property <c>encoding</c>.</summary>
    public static void Write(Utf8JsonWriter json, InputEncoding encoding)
    {
        json.WriteStartObject("encoding");
        json.WriteString("kind", encoding.Kind.ToString());
        switch (encoding)
        {
            case FrequencyEncoding frequency:
                json.WriteNumber("octaves", frequency.Octaves);
                break;
            case FourierEncoding fourier:
                json.WriteNumber("count", fourier.Count);
                json.WriteNumber("sigma", fourier.Sigma);
                break;
            case GridEncoding grid:
                WriteNumbers(json, "columns", grid.Levels.Select(level => level.Columns));
                WriteNumbers(json, "rows", grid.Levels.Select(level => level.Rows));
                WriteNumbers(json, "entries", grid.Levels.Select(level => level.EntryCount));
                json.WriteNumber("featuresPerLevel", grid.FeaturesPerLevel);
                break;
        }
        json.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write"/> wrote; the encoding is not validated.</summary>
    public static InputEncoding Read(ref JsonText reader)
    {
        EncodingKind? kind = null;
        int? octaves = null, count = null, featuresPerLevel = null;
        float? sigma = null;
        long[]? columns = null, rows = null, entries = null;
        reader.StartObject();
        while (reader.NextProperty() is string property)
            switch (property)
            {
                case "kind" when kind is null:
                    kind = reader.Name<EncodingKind>();
                    break;
                case "octaves" when octaves is null && kind == EncodingKind.Frequency:
                    octaves = reader.Int32(least: 1);
                    break;
                case "count" when count is null && kind == EncodingKind.Fourier:
                    count = reader.Int32(least: 1);
                    break;
                case "sigma" when sigma is null && kind == EncodingKind.Fourier:
                    sigma = reader.Single();
                    break;
                case "columns" when columns is null && kind == EncodingKind.Grid:
                    columns = reader.WholeNumbers(GridEncoding.MaxLevelCount);
                    break;
                case "rows" when rows is null && kind == EncodingKind.Grid:
                    rows = reader.WholeNumbers(GridEncoding.MaxLevelCount);
                    break;
                case "entries" when entries is null && kind == EncodingKind.Grid:
                    entries = reader.WholeNumbers(GridEncoding.MaxLevelCount);
                    break;
                case "featuresPerLevel" when featuresPerLevel is null && kind == EncodingKind.Grid:
                    featuresPerLevel = reader.Int32(least: 1);
                    break;
                default:
                    throw reader.Unexpected(property);
            }
        return reader.Needed(kind, "kind") switch
        {
            EncodingKind.Frequency => new FrequencyEncoding { Octaves = reader.Needed(octaves, "octaves") },
            EncodingKind.Fourier => new FourierEncoding { Count = reader.Needed(count, "count"), Sigma = reader.Needed(sigma, "sigma") },
            EncodingKind.Grid => new GridEncoding
            {
                Levels = Levels(reader, reader.Needed(columns, "columns"), reader.Needed(rows, "rows"), reader.Needed(entries, "entries")),
                FeaturesPerLevel = reader.Needed(featuresPerLevel, "featuresPerLevel"),
            },
            _ => InputEncoding.None,
        };
    }

    private static GridLevel[] Levels(in JsonText reader, long[] columns, long[] rows, long[] entries)
    {
        if (columns.Length != rows.Length || columns.Length != entries.Length)
            throw reader.Invalid(
                $"tells of {columns.Length} columns, {rows.Length} rows and {entries.Length} entries of its grid's levels");
        // Numbers that do not fit 32 bits are none that a level can have.
        return [.. columns.Select((_, i) => new GridLevel(Narrow(columns[i]), Narrow(rows[i]), Narrow(entries[i])))];
    }

    private static int Narrow(long value) => (int)Math.Min(value, int.MaxValue);

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<int> values)
    {
        json.WriteStartArray(name);
        foreach (int value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }
}
