using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Storage;

/// <summary>Composes the JSON of model files and checkpoints, with no more escaped than JSON demands.</summary>
internal static class ComposedJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes an object in UTF-8.</summary>
    public static void Write(IBufferWriter<byte> destination, Action<Utf8JsonWriter> properties)
    {
        using var json = new Utf8JsonWriter(destination, Options);
        json.WriteStartObject();
        properties(json);
        json.WriteEndObject();
    }

    /// <summary>An object as text.</summary>
    public static string Text(Action<Utf8JsonWriter> properties)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Write(buffer, properties);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
