using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MonaLisa.Engine.Storage;

/// <summary>Finds where JSON that was refused differs from its record. The serializer's own messages speak of types in the code.</summary>
/// <param name="options">Those that the JSON was read with.</param>
internal sealed class JsonDifference(JsonSerializerOptions options)
{
    /// <summary>The first difference, a clause to follow the JSON's name; null where none is found.</summary>
    /// <param name="element">The JSON.</param>
    /// <param name="type">The record's type.</param>
    public string? Of(JsonElement element, Type type)
    {
        try
        {
            return Find(element, type);
        }
        catch (InvalidOperationException)
        {
            // An escape that is half a surrogate pair.
            return "has text that is not Unicode";
        }
    }

    private string? Find(JsonElement element, Type type)
    {
        if (Nullable.GetUnderlyingType(type) is Type value)
            return element.ValueKind == JsonValueKind.Null ? null : Find(element, value);
        JsonTypeInfo info = options.GetTypeInfo(type);
        JsonValueKind wanted = KindOf(info);
        if (wanted == JsonValueKind.True && element.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            return "has something else where true or false is expected";
        if (wanted != JsonValueKind.True && element.ValueKind != wanted)
            return $"has {Words(element.ValueKind)} where {Words(wanted)} is expected";
        return info.Kind switch
        {
            JsonTypeInfoKind.Object => FindInObject(element, info),
            JsonTypeInfoKind.Enumerable => element.EnumerateArray().Select(item => Find(item, info.ElementType!)).FirstOrDefault(found => found is not null),
            JsonTypeInfoKind.Dictionary => FindTwice(element)
                ?? element.EnumerateObject().Select(item => Find(item.Value, info.ElementType!)).FirstOrDefault(found => found is not null),
            _ => FindInValue(element, type),
        };
    }

    private string? FindInObject(JsonElement element, JsonTypeInfo info)
    {
        string? kind = info.PolymorphismOptions?.TypeDiscriminatorPropertyName;
        if (kind is not null)
        {
            string[] kinds = [.. info.PolymorphismOptions!.DerivedTypes.Select(derived => (string)derived.TypeDiscriminator!)];
            if (!element.TryGetProperty(kind, out JsonElement name))
                return $"does not tell '{kind}'";
            if (element.EnumerateObject().First() is var first && first.Name != kind)
                return Unexpected(first.Name);
            if (name.ValueKind != JsonValueKind.String)
                return $"has {Words(name.ValueKind)} where {Words(JsonValueKind.String)} is expected";
            int chosen = Array.IndexOf(kinds, name.GetString());
            if (chosen < 0)
                return $"has {ModelFaults.Quoted(name.GetString()!)} where one of {string.Join(", ", kinds)} is expected";
            info = options.GetTypeInfo(info.PolymorphismOptions.DerivedTypes[chosen].DerivedType);
        }
        bool hasMore = info.Properties.Any(property => property.IsExtensionData);
        foreach (JsonProperty property in element.EnumerateObject().Where(property => property.Name != kind))
        {
            JsonPropertyInfo? known = info.Properties.FirstOrDefault(known => known.Name == property.Name && !known.IsExtensionData);
            if (known is null && !hasMore)
                return Unexpected(property.Name);
            if (known is not null && Find(property.Value, known.PropertyType) is string found)
                return found;
        }
        JsonPropertyInfo? missing = info.Properties.FirstOrDefault(known => known.IsRequired && !element.TryGetProperty(known.Name, out _));
        return FindTwice(element) ?? (missing is null ? null : $"does not tell '{missing.Name}'");
    }

    private static string? FindTwice(JsonElement element)
    {
        var told = new HashSet<string>();
        foreach (JsonProperty property in element.EnumerateObject())
            if (!told.Add(property.Name))
                return $"names {ModelFaults.Quoted(property.Name)} twice";
        return null;
    }

    private static string? FindInValue(JsonElement element, Type type)
    {
        if (element.ValueKind == JsonValueKind.String)
            element.GetString();
        if (type == typeof(int) && !element.TryGetInt32(out _))
            return $"has a number where a whole number from {int.MinValue} to {int.MaxValue} is expected";
        return type == typeof(long) && !element.TryGetInt64(out _) ? $"has a number where a whole number of {long.MaxValue} or less is expected" : null;
    }

    private static string Unexpected(string property) => $"has {ModelFaults.Quoted(property)} where it is not expected";

    private static JsonValueKind KindOf(JsonTypeInfo info) => info.Kind switch
    {
        JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => JsonValueKind.Object,
        JsonTypeInfoKind.Enumerable => JsonValueKind.Array,
        _ when info.Type == typeof(bool) => JsonValueKind.True,
        _ when info.Type == typeof(string) || info.Type.IsEnum => JsonValueKind.String,
        _ => JsonValueKind.Number,
    };

    private static string Words(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        _ => "true, false or null",
    };
}
