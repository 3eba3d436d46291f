using System.Text;
using MonaLisa.Engine.Storage;

namespace MonaLisa.Engine.Output;

/// <summary>A network as the source of a Shadertoy image shader, in GLSL ES 3.00.</summary>
internal static class ShadertoyShader
{
    /// <summary>The source; of Shadertoy it uses only <c>iResolution</c>.</summary>
    public static string Of(Mlp network)
    {
        PictureShape shape = PictureShape.Of(network);
        MlpDesign design = network.Design;
        var text = new StringBuilder();
        text.Append("// ").Append(Comment(NetworkCaption.Of(network).ToString())).Append('\n');
        text.Append("// Written by ").Append(ModelDescription.ThisWriter)
            .Append(" as a Shadertoy image shader: paste all of it over the code of a new one.\n\n");
        text.Append(PictureShader.Coordinates(design.Coordinates, shape)).Append('\n');
        text.Append(PictureShader.Color(design)).Append('\n');
        text.Append(ActivationShader.Of(design)).Append('\n');
        if (design.Encoding is SinusoidalEncoding)
            text.Append(ConstantFrequencies.Angle).Append('\n');
        if (design.Encoding is GridEncoding grid)
            ConstantGrid.WriteFunctions(text, grid, network.EncodingTensors);
        text.Append("vec4 network(vec2 p)\n{\n");
        WriteFeatures(text, network);
        ConstantLayers.Write(text, QuadLayer.Of(network));
        text.Append("    return o;\n}\n\n");
        return text.Append(Main(shape)).ToString();
    }

    private static void WriteFeatures(StringBuilder text, Mlp network)
    {
        switch (network.Design.Encoding)
        {
            case IdentityEncoding:
                text.Append("    vec4 x0 = vec4(p, 0., 0.);\n");
                break;
            case SinusoidalEncoding encoding:
                ConstantFrequencies.WriteFeatures(text, new FrequencyQuads(encoding, network.EncodingTensors));
                break;
            case GridEncoding grid:
                ConstantGrid.WriteFeatures(text, grid);
                break;
            case var encoding:
                throw new NotSupportedException($"There is no shader of the encoding {encoding.Kind}.");
        }
    }

    /// <summary>A name in a comment: in ASCII, on one line, and without the backslash that would draw the next line into it.</summary>
    private static string Comment(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => rune.Value is >= ' ' and < 0x7f and not '\\' ? (char)rune.Value : '?'));

    private static string Main(PictureShape shape) => FormattableString.Invariant($$"""
        void mainImage(out vec4 fragColor, in vec2 fragCoord)
        {
            // The whole picture as large as it fits; rows count upwards here and downwards in the picture.
            vec2 picture = vec2({{shape.Width}}., {{shape.Height}}.);
            vec2 size = picture * min(iResolution.x / picture.x, iResolution.y / picture.y);
            vec2 place = (fragCoord - .5 * iResolution.xy) / size + .5;
            place.y = 1. - place.y;
            fragColor = vec4(0., 0., 0., 1.);
            vec2 square = vec2(fragCoord.x, iResolution.y - fragCoord.y) / {{PictureShader.SquareSide}}.;
            if (place == clamp(place, 0., 1.))
                fragColor.rgb = color(network(coordinates(place)), square);
        }

        """);
}
