using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using MonaLisa.Engine.Storage;

namespace MonaLisa.Engine.Output;

/// <summary>
/// A page that shows a network. Style and script are the same in every page, and the page's policy allows these two and nothing else: no
/// request, and no code that a name in the model might smuggle in. The names are text of the document and nowhere else.
/// </summary>
internal sealed class HtmlPage(Mlp network)
{
    private static readonly string Template = PageTemplate.Resource("Page.html");
    private static readonly string Style = PageTemplate.Resource("Page.css");
    private static readonly string Script = PageTemplate.Resource("Page.js");

    private readonly PageValues _values = new(network);

    /// <summary>Texels of the texture of numbers.</summary>
    public long TexelCount => _values.TexelCount;

    /// <summary>The most neurons or features that the shader keeps from one layer to the next.</summary>
    public int KeptWidth => _values.KeptQuads * Quads.Width;

    /// <summary>Writes the page in UTF-8.</summary>
    public void Write(Stream stream, CancellationToken cancellationToken)
    {
        PictureShape shape = PictureShape.Of(network);
        NetworkCaption caption = NetworkCaption.Of(network);
        PageTemplate.Write(Template, Fill, Text);

        void Fill(string name)
        {
            if (name == "values")
                WriteValues(stream, cancellationToken);
            else
                Text(name switch
                {
                    "style" => Style,
                    "styleHash" => PageTemplate.HashOf(Style),
                    "script" => Script,
                    "scriptHash" => PageTemplate.HashOf(Script),
                    "shader" => PageShader.Of(network, _values.KeptQuads),
                    "writer" => WebUtility.HtmlEncode(ModelDescription.ThisWriter),
                    "name" => WebUtility.HtmlEncode(Shown(caption.Name)),
                    "facts" => string.Concat(caption.Facts.Select(fact => $"<li>{WebUtility.HtmlEncode(fact)}</li>")),
                    "width" => Number(shape.Width),
                    "height" => Number(shape.Height),
                    "texels" => Number(_values.TexelCount),
                    "textureWidth" => Number(PageShader.TextureWidth),
                    "weights" => Number(network.LayerWeightCount),
                    _ => throw new InvalidOperationException($"The page has no '{name}'."),
                });
        }

        void Text(string text) => stream.Write(Encoding.UTF8.GetBytes(text));
    }

    private void WriteValues(Stream stream, CancellationToken cancellationToken)
    {
        using var encoder = new CryptoStream(stream, new ToBase64Transform(), CryptoStreamMode.Write, leaveOpen: true);
        _values.Write(new TexelWriter(encoder, cancellationToken));
    }

    /// <summary>A name without characters that would break a line, turn the direction of text or control a terminal.</summary>
    private static string Shown(string name) =>
        string.Concat(name.EnumerateRunes().Select(rune => ShortName.IsPlain(rune) ? rune.ToString() : "_"));

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
