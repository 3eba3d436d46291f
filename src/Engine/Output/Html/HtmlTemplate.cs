using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using MonaLisa.Engine.Storage;

namespace MonaLisa.Engine.Output;

/// <summary>
/// An HTML text of this assembly with places to fill, <c>{{place}}</c>. Its style and script lie beside it; a page's policy allows them by
/// their hashes.
/// </summary>
/// <param name="name">The text's name without its extension.</param>
internal sealed class HtmlTemplate(string name)
{
    private readonly string _text = Resource(name + ".html");

    /// <summary>Writes the text.</summary>
    /// <param name="write">Writes text.</param>
    /// <param name="fill">Returns what belongs in a place, or writes it and returns an empty text; null for an unknown place.</param>
    public void Write(Action<string> write, Func<string, string?> fill)
    {
        string[] pieces = _text.Split("{{");
        write(pieces[0]);
        foreach (string piece in pieces.Skip(1))
        {
            string[] parts = piece.Split("}}", 2);
            write(parts[0] switch
            {
                "style" => Resource(name + ".css"),
                "styleHash" => HashOf(Resource(name + ".css")),
                "script" => Resource(name + ".js"),
                "scriptHash" => HashOf(Resource(name + ".js")),
                "writer" => HtmlText.Encode(ModelDescription.ThisWriter),
                string place => fill(place) ?? throw new InvalidOperationException($"The text '{name}' has no '{place}'."),
            });
            write(parts[1]);
        }
    }

    /// <summary>A text of this assembly. Its lines end as a browser has them when it has read them.</summary>
    public static string Resource(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly has no text '{name}'.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    /// <summary>A text's hash, as a policy has it.</summary>
    public static string HashOf(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
