using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Output;

/// <summary>
/// The parts of a page's shader that paint with a network that sees neighbourhoods: what it is shown of a place, and a pixel of the painting.
/// </summary>
internal static class NeighborhoodShader
{
    /// <summary>The function <c>encode</c>: the features of the pixel <c>middle</c>, seen in one of its eight ways.</summary>
    /// <param name="encoding">The encoding.</param>
    /// <param name="shownStart">The texel where the pixels' numbers begin.</param>
    public static string Encode(NeighborhoodEncoding encoding, long shownStart)
    {
        NeighborhoodView view = NeighborhoodView.For(encoding);
        return FormattableString.Invariant($$"""
            const ivec2 size = ivec2({{encoding.Width}}, {{encoding.Height}});
            // The middle pixel, the directions in which columns and rows are counted from it, and whether they are exchanged.
            ivec2 middle, towards;
            bool isTurned;

            float shown(ivec2 at, int number)
            {
                at = clamp(at, ivec2(0), size - 1);
                int i = (at.y * size.x + at.x) * {{view.Stride}} + number;
                return texel({{shownStart}} + (i >> 2))[i & 3];
            }

            void encode(vec2 p, int first, int count)
            {
                for (int i = 0; i < count; i += 4) {
                    vec4 x = vec4(0.);
                    for (int j = 0; j < min(4, count - i); j++) {
                        ivec4 feature = ivec4(texel(first + 2 * (i + j)));
                        int share = int(texel(first + 2 * (i + j) + 1).x);
                        ivec2 at = middle + towards * (isTurned ? feature.yx : feature.xy);
                        x[j] = (shown(at, feature.z) - (share < 0 ? 1. : shown(at, share)) * shown(middle, feature.w)) * {{ShaderNumber.Text(view.Scale)}};
                    }
                    kept[i >> 2] = x;
                }
            }

            """);
    }

    /// <summary>The function <c>main</c>: a pixel of the picture at twice its size, or restored; the first row is the lowest.</summary>
    public static string Main(Mlp network)
    {
        var encoding = (NeighborhoodEncoding)network.Design.Encoding;
        NeighborhoodView view = NeighborhoodView.For(encoding);
        string gain = ShaderNumber.Text(encoding.Blend * view.Gain * ColorTransform.Of(network.Design.Colors).Scale);
        string components = string.Join(", ", Enumerable.Range(0, Quads.Width).Select(component =>
            component >= encoding.Channels ? "0." : FormattableString.Invariant($"shown(at, {(view.CorrectsReference ? view.ReferenceOf(component) : component)})")));
        return $$"""
            vec4 components(ivec2 at)
            {
                return vec4({{components}});
            }

            vec4 corrected()
            {
            {{(view.CorrectsReference ? "    vec4 c = components(middle);" : Interpolated)}}
                {{(encoding.Channels == 1 ? "return c;" : """
                float green = c.z / 3.;
                    return vec4(c.x - green + c.y / 2., c.x + 2. * green, c.x - green - c.y / 2., c.w);
                """)}}
            }

            // How many of a pixel's four places are painted, and the ways of each.
            uniform ivec2 views;

            void main()
            {
                ivec2 at = ivec2(gl_FragCoord.xy);
                fragment = vec4(0.);
                for (int place = 0; place < views.x; place++) {
                    ivec2 quarter = {{(view.CorrectsReference ? "views.x > 1 ? ivec2(place & 1, place >> 1) : ivec2(1)" : "at & 1")}};
                    middle = {{(view.CorrectsReference ? "at" : "at >> 1")}};
                    towards = 2 * quarter - 1;
                    vec4 sum = vec4(0.);
                    for (int turn = 0; turn < views.y; turn++) {
                        isTurned = turn > 0;
                        sum += network(vec2(0.));
                    }
                    fragment += clamp(corrected() + {{gain}} * sum / float(views.y), 0., 1.) / float(views.x);
                }
            }

            """;
    }

    /// <summary>Cubic convolution at the centre of the quarter.</summary>
    private static string Interpolated => $$"""
            const float cubic[4] = float[4]({{string.Join(", ", NeighborhoodEncoder.Cubic.Select(ShaderNumber.Text))}});
            vec4 c = vec4(0.);
            for (int j = 0; j < 4; j++)
                for (int i = 0; i < 4; i++)
                    c += cubic[i] * cubic[j] * components(middle + towards * (ivec2(i, j) - 1));
        """;
}
