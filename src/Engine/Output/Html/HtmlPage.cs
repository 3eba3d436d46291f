using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MonaLisa.Engine.Output;

/// <summary>
/// A page that shows a network. Style and scripts are the same in every page, and the page's policy allows only these: no
/// request, and no code that a name in the model may contain. Names are only text of the document.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="content">What the page has of it.</param>
internal sealed class HtmlPage(Mlp network, PageContent content)
{
    private static readonly HtmlTemplate Template = new("Page");

    /// <summary>Writes the page in UTF-8.</summary>
    public void Write(Stream stream, CancellationToken cancellationToken)
    {
        PictureShape shape = PictureShape.Of(network);
        NetworkCaption caption = NetworkCaption.Of(network);
        Template.Write(text => stream.Write(Encoding.UTF8.GetBytes(text)), place => place switch
        {
            "values" => WriteValues(stream, cancellationToken),
            "shader" => content.Shader,
            "decoder" => content.Decoder is string decoder ? $"<script>{HtmlTemplate.Resource(decoder)}</script>\n" : "",
            "decoderPolicy" => content.Decoder is string decoder ? $" '{HtmlTemplate.HashOf(HtmlTemplate.Resource(decoder))}'" : "",
            "name" => HtmlText.Encode(caption.Name),
            "facts" => string.Concat(caption.Facts.Select(fact => $"<li>{HtmlText.Encode(fact)}</li>")),
            "width" => Number(shape.Width),
            "height" => Number(shape.Height),
            "texels" => Number(content.TexelCount),
            "textureWidth" => Number(PageShader.TextureWidth),
            "weights" => Number(network.LayerWeightCount),
            _ => null,
        });
    }

    private string WriteValues(Stream stream, CancellationToken cancellationToken)
    {
        using var encoder = new CryptoStream(stream, new ToBase64Transform(), CryptoStreamMode.Write, leaveOpen: true);
        content.WriteValues(encoder, cancellationToken);
        return "";
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
