using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Storage;

/// <summary>
/// Reads JSON from a stranger into records, which say all that may be in it: whatever else comes, comes twice or is missing is a
/// <see cref="ModelFileException"/>. Nothing in the JSON decides what is made of it.
/// </summary>
/// <param name="faults">Makes the errors.</param>
/// <param name="problem">The problem that unexpected JSON is.</param>
/// <param name="subject">What the JSON is, to begin a message with.</param>
/// <param name="options">The form: <see cref="Header"/> or <see cref="Description"/>.</param>
internal sealed class StrictJson(ModelFaults faults, ModelFileProblem problem, string subject, JsonSerializerOptions options)
{
    // A header has an object of objects of arrays; a description has one more object.
    private const int MaxDepth = 4;

    /// <summary>The header of a safetensors file: texts may be any.</summary>
    public static readonly JsonSerializerOptions Header = Create(new TextConverter());

    /// <summary>A description: texts are names by the rule of <see cref="ShortName"/>.</summary>
    public static readonly JsonSerializerOptions Description = Create(new NameConverter());

    /// <summary>A reader of descriptions.</summary>
    public StrictJson(ModelFaults faults)
        : this(faults, ModelFileProblem.InvalidDescription, "its description", Description)
    {
    }

    /// <summary>The error for JSON that does not say what it should.</summary>
    public ModelFileException Invalid(string what, Exception? cause = null) => faults.Of(problem, $"{subject} {what}", cause);

    /// <summary>Reads a record.</summary>
    /// <param name="json">The JSON in UTF-8.</param>
    /// <exception cref="ModelFileException">It is not the JSON of such a record.</exception>
    public T Read<T>(ReadOnlySpan<byte> json)
        where T : class
    {
        if (!Utf8.IsValid(json))
            throw Invalid("is not UTF-8");
        try
        {
            return JsonSerializer.Deserialize<T>(json, options) ?? throw new JsonException();
        }
        catch (UnexpectedValueException exception)
        {
            throw Invalid(exception.Message, exception);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            throw Invalid(CauseOf(json, typeof(T)), exception);
        }
    }

    /// <summary>Reads a record that is a part of the JSON.</summary>
    /// <param name="part">The part.</param>
    /// <param name="name">What a message calls it.</param>
    /// <exception cref="ModelFileException">It is not the JSON of such a record.</exception>
    public T Read<T>(JsonElement part, string name)
        where T : class
    {
        try
        {
            return part.Deserialize<T>(options) ?? throw new JsonException();
        }
        catch (JsonException exception)
        {
            throw Invalid($"{DifferenceOf(part, typeof(T))}, at {ModelFaults.Quoted(name)}", exception);
        }
    }

    /// <summary>Throws unless what the JSON describes can be.</summary>
    /// <param name="thing">What it describes.</param>
    /// <param name="validate">Throws an <see cref="ArgumentException"/> where it cannot.</param>
    public void Require(string thing, Action validate)
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

    /// <summary>Throws unless a whole number is in its range.</summary>
    public void RequireRange(long number, long least, long most = int.MaxValue)
    {
        if (number < least || number > most)
            throw Invalid($"has a number where a whole number from {least} to {most} is expected");
    }

    /// <summary>Throws where a picture has no pixels, or more than any that is learned.</summary>
    public void RequirePixels(int width, int height)
    {
        RequireRange(width, least: 1);
        RequireRange(height, least: 1);
        if ((long)width * height > ModelLimits.MaxPixels)
            throw Invalid($"is of a picture of {width} x {height} pixels, and the most is {ModelLimits.MaxPixels}");
    }

    /// <summary>Throws unless a picture can be.</summary>
    public void RequirePicture(PictureIdentity picture)
    {
        RequirePixels(picture.Width, picture.Height);
        RequireRange(picture.Channels, least: 1, most: 4);
        RequireRange(picture.BitDepth, least: 8, most: 16);
        RequireRange(picture.TrainingPixels, least: 1, most: (long)picture.Width * picture.Height);
    }

    private string CauseOf(ReadOnlySpan<byte> json, Type type)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json.ToArray(), new JsonDocumentOptions { MaxDepth = MaxDepth });
            return DifferenceOf(document.RootElement, type);
        }
        catch (JsonException)
        {
            return "is not well-formed JSON";
        }
    }

    private string DifferenceOf(JsonElement element, Type type) =>
        new JsonDifference(options).Of(element, type) ?? "is not as it should be";

    private static JsonSerializerOptions Create(JsonConverter<string> texts) => new(JsonSerializerOptions.Strict)
    {
        MaxDepth = MaxDepth,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // No more is escaped than JSON demands.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { texts, new SingleConverter(), new DoubleConverter(), new TicksConverter(), new ExactNames() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { Complete } },
    };

    private static void Complete(JsonTypeInfo type)
    {
        foreach (JsonPropertyInfo property in type.Properties)
        {
            // Only the engine may set what belongs to a run or a network.
            if (property.Set is null && property.AttributeProvider is PropertyInfo { SetMethod: not null } member)
                property.Set = member.SetValue;
            // What may be null is left out where it is.
            if (property.AssociatedParameter?.IsNullable ?? property.IsSetNullable)
                property.IsRequired = false;
            if (type.Type == typeof(TrainingFacts))
            {
                property.IsRequired = !property.IsSetNullable;
                if (property.Name is "psnr" or "psnrLost")
                    property.ShouldSerialize = (_, _) => true;
            }
            if (type.Type == typeof(TrainingOptions))
            {
                // A checkpoint has every option of its run, in the order of their declaration.
                property.IsRequired = !property.IsSetNullable || property.Name is "threadCount";
                if (property.PropertyType == typeof(TimeSpan?))
                    property.Name += "Ticks";
            }
        }
    }
}
