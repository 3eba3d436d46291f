using System.Text.Json;
using System.Text.Json.Serialization;

namespace MonaLisa.Engine.Storage;

/// <summary>A value that JSON may have and its record may not; the message is a clause that says so.</summary>
internal sealed class UnexpectedValueException(string message) : Exception(message);

/// <summary>A text; null is none.</summary>
internal class TextConverter : JsonConverter<string>
{
    public override bool HandleNull => true;

    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

/// <summary>A text that is a name by the rule of <see cref="ShortName"/>.</summary>
internal sealed class NameConverter : TextConverter
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string name = base.Read(ref reader, typeToConvert, options);
        return ShortName.IsValid(name) ? name : throw new UnexpectedValueException(
            $"has the name {ModelFaults.Quoted(name)}, which is too long or has characters that no name may have");
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(ShortName.Of(value));
}

/// <summary>A 32-bit number that is finite.</summary>
internal sealed class SingleConverter : JsonConverter<float>
{
    public override float Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.Number)
            throw new JsonException();
        return reader.TryGetSingle(out float value) && float.IsFinite(value)
            ? value : throw new UnexpectedValueException("has a number that is too large");
    }

    public override void Write(Utf8JsonWriter writer, float value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}

/// <summary>A 64-bit number that is finite. JSON's numbers are the shortest that give the same bits again.</summary>
internal sealed class DoubleConverter : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.Number)
            throw new JsonException();
        return reader.TryGetDouble(out double value) && double.IsFinite(value)
            ? value : throw new UnexpectedValueException("has a number that is too large");
    }

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}

/// <summary>A time of 0 or more, in ticks of 100 ns.</summary>
internal sealed class TicksConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.Number)
            throw new JsonException();
        return reader.TryGetInt64(out long ticks) && ticks >= 0
            ? TimeSpan.FromTicks(ticks)
            : throw new UnexpectedValueException("has a number where a whole number of 0 or more is expected");
    }

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Ticks);
}

/// <summary>Enumerations under the names that they have in the code, letter for letter.</summary>
internal sealed class ExactNames : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert))!;

    /// <summary>Finds the value of a name; <see cref="Enum.TryParse{TEnum}(string, out TEnum)"/> also takes numbers and lists.</summary>
    public static bool TryParse<TEnum>(string text, out TEnum value)
        where TEnum : struct, Enum => Enum.TryParse(text, out value) && Enum.GetName(value) == text;

    private sealed class Converter<TEnum> : JsonConverter<TEnum>
        where TEnum : struct, Enum
    {
        public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            string text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException();
            return TryParse(text, out TEnum value) ? value : throw new UnexpectedValueException(
                $"has {ModelFaults.Quoted(text)} where one of {string.Join(", ", Enum.GetNames<TEnum>())} is expected");
        }

        public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
