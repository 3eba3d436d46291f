using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Output;

/// <summary>
/// The page's fragment shader, in GLSL ES 3.00. It loops over what <see cref="PageValues"/> has in its texture, with bounds that no
/// compiler knows, so that none unrolls the loops: its length does not depend on the network.
/// </summary>
internal static class PageShader
{
    /// <summary>Texels in a row of the texture.</summary>
    public const int TextureWidth = 2048;

    private const string RowStart = """
        int rowStart(int row, int columns, int rows)
        {
            return rows < 0 ? row * columns : int(texel(rows + (row >> 2))[row & 3]);
        }

        """;

    /// <summary>The source for a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="keptQuads">The vectors that it keeps from one layer to the next.</param>
    public static string Of(Mlp network, int keptQuads)
    {
        MlpDesign design = network.Design;
        return string.Join('\n',
            Head(keptQuads),
            PictureShader.Coordinates(design.Coordinates, PictureShape.Of(network)),
            PictureShader.Color(design),
            ActivationShader.Of(design),
            Encode(design.Encoding),
            Network,
            Main);
    }

    /// <summary>The source for a picture that the page has painted into the texture.</summary>
    /// <param name="network">The network that it comes from.</param>
    /// <param name="width">Its pixels in a row.</param>
    /// <param name="height">Its rows.</param>
    public static string OfPicture(Mlp network, int width, int height)
    {
        MlpDesign design = network.Design;
        return string.Join('\n',
            Head(keptQuads: 1),
            PictureShader.Coordinates(design.Coordinates, PictureShape.Of(network)),
            PictureShader.Color(design),
            Interpolated(width, height),
            Main);
    }

    /// <summary>
    /// The source that paints with a network that sees neighbourhoods, in a texture of one texel for each pixel: the doubled picture, or the
    /// picture restored. What the network is shown follows the network's own numbers in the texture.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="keptQuads">The vectors that it keeps from one layer to the next.</param>
    /// <param name="shownStart">The texel where what it is shown begins.</param>
    public static string OfNeighborhoods(Mlp network, int keptQuads, long shownStart)
    {
        var encoding = (NeighborhoodEncoding)network.Design.Encoding;
        return string.Join('\n',
            Head(keptQuads), ActivationShader.Of(network.Design), NeighborhoodShader.Encode(encoding, shownStart), Network,
            NeighborhoodShader.Main(network));
    }

    /// <summary>Cubic convolution as <see cref="RegionTaps"/> has it; where the picture is made smaller, the mean of what lies in a pixel.</summary>
    private static string Interpolated(int width, int height) => FormattableString.Invariant($$"""
        vec4 weights(float t)
        {
            return vec4(((-.5 * t + 1.) * t - .5) * t, (1.5 * t - 2.5) * t * t + 1., ((-1.5 * t + 2.) * t + .5) * t, (.5 * t - .5) * t * t);
        }

        const ivec2 size = ivec2({{width}}, {{height}});

        vec4 pixel(ivec2 at)
        {
            at = clamp(at, ivec2(0), size - 1);
            return texel(at.y * size.x + at.x);
        }

        vec4 network(vec2 p)
        {
            vec2 at = p * vec2(size) - .5, first = floor(at), share = abs(view.zw) * vec2(size);
            vec4 sum = vec4(0.);
            if (max(share.x, share.y) > 1.) {
                ivec2 count = ivec2(ceil(share));
                for (int j = 0; j < count.y; j++)
                    for (int i = 0; i < count.x; i++)
                        sum += pixel(ivec2(floor(at + .5 + ((vec2(i, j) + .5) / vec2(count) - .5) * share)));
                return sum / float(count.x * count.y);
            }
            vec4 across = weights(at.x - first.x), down = weights(at.y - first.y);
            for (int j = 0; j < 4; j++)
                for (int i = 0; i < 4; i++)
                    sum += across[i] * down[j] * pixel(ivec2(first) + ivec2(i, j) - 1);
            return sum;
        }

        """);

    private static string Head(int keptQuads) => FormattableString.Invariant($$"""
        #version 300 es
        precision highp float;
        precision highp int;
        precision highp sampler2D;

        // All numbers of the network, four to a texel.
        uniform sampler2D values;
        // The place of the lower left pixel's outer corner, and the distance of pixels.
        uniform vec4 view;
        // The lines of the canvas, and the side of a square of the checkerboard.
        uniform vec2 board;
        out vec4 fragment;

        // What a layer sees, and what it gives to the next.
        vec4 kept[{{2 * keptQuads}}];

        vec4 texel(int i)
        {
            return texelFetch(values, ivec2(i % {{TextureWidth}}, i / {{TextureWidth}}), 0);
        }

        """);

    private static string Encode(InputEncoding encoding) => encoding switch
    {
        IdentityEncoding => """
            void encode(vec2 p, int first, int count)
            {
                kept[0] = vec4(p, 0., 0.);
            }

            """,
        SinusoidalEncoding => ConstantFrequencies.Angle + """

            void encode(vec2 p, int first, int count)
            {
                for (int i = 0; i < count; i++) {
                    vec4 x = angle(texel(first + 2 * i) * p.x + texel(first + 2 * i + 1) * p.y);
                    kept[i] = sin(x);
                    kept[count + i] = cos(x);
                }
            }

            """,
        GridEncoding grid => RowStart + "\n" + GridShader.Of(grid.FeaturesPerLevel, "texel({0})", "int") + $$"""

            void encode(vec2 p, int first, int count)
            {
                for (int i = 0; i < count; i++) {
                    ivec4 about = ivec4(texel(first + i));
                    {{Keep(grid.FeaturesPerLevel)}}
                }
            }

            """,
        _ => throw new NotSupportedException($"There is no shader of the encoding {encoding.Kind}."),
    };

    private static string Keep(int featuresPerLevel) => featuresPerLevel switch
    {
        2 => """
            vec2 x = level(p, about.xy, about.z, about.w);
                    kept[i >> 1] = (i & 1) == 0 ? vec4(x, 0., 0.) : vec4(kept[i >> 1].xy, x);
            """,
        4 => "kept[i] = level(p, about.xy, about.z, about.w);",
        _ => """
            kept[2 * i] = level(p, about.xy, about.z, about.w);
                    kept[2 * i + 1] = level(p, about.xy, about.z + 1, about.w);
            """,
    };

    private const string Network = """
        vec4 product(int first, vec4 x)
        {
            return texel(first) * x.x + texel(first + 1) * x.y + texel(first + 2) * x.z + texel(first + 3) * x.w;
        }

        vec4 neurons(int first, int from, int count)
        {
            vec4 z = texel(first);
            for (int i = 0; i < count; i++)
                z += product(first + 1 + 4 * i, kept[from + i]);
            return activate(z);
        }

        vec4 network(vec2 p)
        {
            ivec4 about = ivec4(texel(0));
            int layers = about.x, from = 0, to = kept.length() / 2;
            encode(p, 1 + layers, about.y);
            for (int l = 0; l < layers - 2; l++) {
                ivec4 layer = ivec4(texel(1 + l));
                for (int i = 0; i < layer.y; i++)
                    kept[to + i] = neurons(layer.z + i * (1 + 4 * layer.x), from, layer.x);
                int swapped = from;
                from = to;
                to = swapped;
            }
            // The last hidden layer goes into the outputs at once and is not kept.
            ivec4 hidden = ivec4(texel(layers - 1)), last = ivec4(texel(layers));
            vec4 o = texel(last.z);
            for (int i = 0; i < hidden.y; i++)
                o += product(last.z + 1 + 4 * i, neurons(hidden.z + i * (1 + 4 * hidden.x), from, hidden.x));
            return o;
        }

        """;

    private const string Main = """
        void main()
        {
            vec2 place = view.xy + gl_FragCoord.xy * view.zw;
            fragment = vec4(0.);
            if (place == clamp(place, 0., 1.))
                fragment = vec4(color(network(coordinates(place)), vec2(gl_FragCoord.x, board.x - gl_FragCoord.y) / board.y), 1.);
        }

        """;
}
