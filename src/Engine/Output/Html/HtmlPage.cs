using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MonaLisa.Engine.Output;

/// <summary>
/// A page that shows a network. Style and script are the same in every page, and the page's policy allows only these two: no
/// request, and no code that a name in the model may contain. Names are only text of the document.
/// </summary>
internal sealed class HtmlPage(Mlp network)
{
    private static readonly HtmlTemplate Template = new("Page");

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
        Template.Write(text => stream.Write(Encoding.UTF8.GetBytes(text)), place => place switch
        {
            "values" => WriteValues(stream, cancellationToken),
            "shader" => PageShader.Of(network, _values.KeptQuads),
            "name" => HtmlText.Encode(caption.Name),
            "facts" => string.Concat(caption.Facts.Select(fact => $"<li>{HtmlText.Encode(fact)}</li>")),
            "width" => Number(shape.Width),
            "height" => Number(shape.Height),
            "texels" => Number(_values.TexelCount),
            "textureWidth" => Number(PageShader.TextureWidth),
            "weights" => Number(network.LayerWeightCount),
            _ => null,
        });
    }

    private string WriteValues(Stream stream, CancellationToken cancellationToken)
    {
        using var encoder = new CryptoStream(stream, new ToBase64Transform(), CryptoStreamMode.Write, leaveOpen: true);
        _values.Write(new TexelWriter(encoder, cancellationToken));
        return "";
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
