using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace MonaLisa.Engine.Output;

/// <summary>A text of this assembly with places to fill, <c>{{name}}</c>. What is filled in is not looked at again.</summary>
internal static class PageTemplate
{
    /// <summary>A text that is built into the assembly, its lines ending as a browser has them when it has read them.</summary>
    public static string Resource(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly has no text '{name}'.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    /// <summary>What a page's policy calls a style or a script that it allows.</summary>
    public static string HashOf(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Writes a template.</summary>
    /// <param name="template">The template.</param>
    /// <param name="fill">Writes what belongs in the place of this name.</param>
    /// <param name="write">Writes the template's own text.</param>
    public static void Write(string template, Action<string> fill, Action<string> write)
    {
        string[] pieces = template.Split("{{");
        write(pieces[0]);
        foreach (string piece in pieces.Skip(1))
        {
            string[] parts = piece.Split("}}", 2);
            fill(parts[0]);
            write(parts[1]);
        }
    }
}
