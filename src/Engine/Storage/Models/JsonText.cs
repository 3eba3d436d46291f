using System.Text.Json;
using System.Text.Unicode;

namespace MonaLisa.Engine.Storage;

/// <summary>
/// Reads JSON from a stranger, one expected thing after the other: whatever else comes is a <see cref="ModelFileException"/>.
/// Nothing in the JSON decides what is made of it.
/// </summary>
internal ref struct JsonText
{
    // A header has an object of objects of arrays.
    private const int MaxDepth = 4;

    private readonly ModelFaults _faults;
    private readonly ModelFileProblem _problem;
    private readonly string _subject;
    private Utf8JsonReader _reader;

    /// <summary>Prepares to read.</summary>
    /// <param name="json">The JSON in UTF-8.</param>
    /// <param name="faults">Makes the errors.</param>
    /// <param name="problem">The problem that unexpected JSON is.</param>
    /// <param name="subject">What the JSON is, to begin a message with.</param>
    public JsonText(ReadOnlySpan<byte> json, ModelFaults faults, ModelFileProblem problem, string subject)
    {
        _faults = faults;
        _problem = problem;
        _subject = subject;
        _reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        if (!Utf8.IsValid(json))
            throw Invalid("is not UTF-8");
    }

    /// <summary>The error for JSON that does not say what it should.</summary>
    public readonly ModelFileException Invalid(string what, Exception? cause = null) => _faults.Of(_problem, $"{_subject} {what}", cause);

    /// <summary>The error for a property that is unknown or comes twice.</summary>
    public readonly ModelFileException Unexpected(string property) =>
        Invalid($"has {ModelFaults.Quoted(property)} where it is not expected");

    /// <summary>The value of a property that must have been there.</summary>
    public readonly T Needed<T>(T? value, string property)
        where T : class => value ?? throw Invalid($"does not tell '{property}'");

    /// <inheritdoc cref="Needed{T}(T, string)"/>
    public readonly T Needed<T>(T? value, string property)
        where T : struct => value ?? throw Invalid($"does not tell '{property}'");

    /// <summary>Throws unless what the JSON describes can be.</summary>
    /// <param name="thing">What it describes.</param>
    /// <param name="validate">Throws an <see cref="ArgumentException"/> where it cannot.</param>
    public readonly void Require(string thing, Action validate)
    {
        try
        {
            validate();
        }
        catch (ArgumentException exception)
        {
            throw Invalid($"is of a {thing} that cannot be: {exception.Message.TrimEnd('.')}", exception);
        }
    }

    /// <summary>Throws where a picture has more pixels than any that is learned.</summary>
    public readonly void RequirePixels(int width, int height)
    {
        if ((long)width * height > ModelLimits.MaxPixels)
            throw Invalid($"is of a picture of {width} x {height} pixels, and the most is {ModelLimits.MaxPixels}");
    }

    /// <summary>Reads the beginning of an object.</summary>
    public void StartObject() => Expect(JsonTokenType.StartObject);

    /// <summary>Reads the name of the next property, or the end of the object: null.</summary>
    public string? NextProperty()
    {
        Advance();
        return _reader.TokenType == JsonTokenType.PropertyName ? Decoded() : null;
    }

    /// <summary>Reads a text.</summary>
    public string Text()
    {
        Expect(JsonTokenType.String);
        return Decoded();
    }

    /// <summary>Reads a text that is a name by <see cref="ShortName"/>'s rule.</summary>
    public string PlainName()
    {
        string name = Text();
        return ShortName.IsValid(name)
            ? name : throw Invalid($"has the name {ModelFaults.Quoted(name)}, which is too long or has characters that no name may have");
    }

    /// <summary>Reads one of the names of an enumeration, exactly as it is written in the code.</summary>
    public TEnum Name<TEnum>()
        where TEnum : struct, Enum
    {
        string text = Text();
        return TryParseName(text, out TEnum value)
            ? value : throw Invalid($"has {ModelFaults.Quoted(text)} where one of {string.Join(", ", Enum.GetNames<TEnum>())} is expected");
    }

    /// <summary>Finds the value of a name; <see cref="Enum.TryParse{TEnum}(string, out TEnum)"/> also takes numbers and lists.</summary>
    public static bool TryParseName<TEnum>(string text, out TEnum value)
        where TEnum : struct, Enum => Enum.TryParse(text, out value) && Enum.GetName(value) == text;

    /// <summary>Reads a 32-bit whole number in a range.</summary>
    public int Int32(int least, int most = int.MaxValue)
    {
        Expect(JsonTokenType.Number);
        return _reader.TryGetInt32(out int value) && value >= least && value <= most
            ? value : throw Invalid($"has a number where a whole number from {least} to {most} is expected");
    }

    /// <summary>Reads a 32-bit number that is finite.</summary>
    public float Single()
    {
        Expect(JsonTokenType.Number);
        return _reader.TryGetSingle(out float value) && float.IsFinite(value) ? value : throw Invalid("has a number that is too large");
    }

    /// <summary>Reads a 64-bit whole number of 0 or more.</summary>
    public long Int64()
    {
        Expect(JsonTokenType.Number);
        return _reader.TryGetInt64(out long value) && value >= 0
            ? value : throw Invalid("has a number where a whole number of 0 or more is expected");
    }

    /// <summary>Reads a 64-bit number that is finite.</summary>
    public double Double() => DoubleOrNull() ?? throw Invalid("has null where a number is expected");

    /// <summary>Reads true or false.</summary>
    public bool Boolean()
    {
        Advance();
        return _reader.TokenType is JsonTokenType.True or JsonTokenType.False
            ? _reader.TokenType == JsonTokenType.True : throw Invalid("has something else where true or false is expected");
    }

    /// <summary>Reads a 64-bit number that is finite, or null.</summary>
    public double? DoubleOrNull()
    {
        Advance();
        if (_reader.TokenType == JsonTokenType.Null)
            return null;
        Require(JsonTokenType.Number);
        return _reader.TryGetDouble(out double value) && double.IsFinite(value) ? value : throw Invalid("has a number that is too large");
    }

    /// <summary>Reads an array of whole numbers of 0 or more.</summary>
    public long[] WholeNumbers(int maxCount)
    {
        Expect(JsonTokenType.StartArray);
        Span<long> values = stackalloc long[maxCount];
        int count = 0;
        while (true)
        {
            Advance();
            if (_reader.TokenType == JsonTokenType.EndArray)
                return values[..count].ToArray();
            Require(JsonTokenType.Number);
            if (count == maxCount)
                throw Invalid($"has more than {maxCount} numbers where at most that many are expected");
            if (!_reader.TryGetInt64(out values[count]) || values[count] < 0)
                throw Invalid("has a number where a whole number of 0 or more is expected");
            count++;
        }
    }

    /// <summary>Reads the end: nothing but white space may follow.</summary>
    public void End()
    {
        try
        {
            if (_reader.Read())
                throw Invalid("goes on after its end");
        }
        catch (JsonException exception)
        {
            throw Invalid("goes on after its end", exception);
        }
    }

    private void Expect(JsonTokenType type)
    {
        Advance();
        Require(type);
    }

    private readonly void Require(JsonTokenType type)
    {
        if (_reader.TokenType != type)
            throw Invalid($"has {Words(_reader.TokenType)} where {Words(type)} is expected");
    }

    private void Advance()
    {
        bool advanced;
        try
        {
            advanced = _reader.Read();
        }
        catch (JsonException exception)
        {
            throw Invalid("is not well-formed JSON", exception);
        }
        if (!advanced)
            throw Invalid("ends too early");
    }

    private readonly string Decoded()
    {
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            // An escape that is half a surrogate pair.
            throw Invalid("has text that is not Unicode", exception);
        }
    }

    private static string Words(JsonTokenType type) => type switch
    {
        JsonTokenType.StartObject or JsonTokenType.EndObject => "an object",
        JsonTokenType.StartArray or JsonTokenType.EndArray => "an array",
        JsonTokenType.String or JsonTokenType.PropertyName => "a text",
        JsonTokenType.Number => "a number",
        _ => "true, false or null",
    };
}
