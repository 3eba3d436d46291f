namespace MonaLisa.Engine.Output;

/// <summary>From the network's outputs to the colour that is seen, as a function of a shader.</summary>
internal static class ColorShader
{
    /// <summary>The side of a square of the checkerboard behind transparent pictures, in pixels of the screen that count as one.</summary>
    public const int SquareSide = 8;

    /// <summary>The greys of the checkerboard's squares.</summary>
    public const float LightSquare = 1, DarkSquare = 0.8f;

    /// <summary>
    /// The function <c>vec3 color(vec4 o, vec2 square)</c>; <c>square</c> counts the checkerboard's squares along and down the screen.
    /// </summary>
    public static string Of(MlpDesign design)
    {
        string range = design.Colors == ColorRange.Symmetric ? "    o = .5 * o + .5;\n" : "";
        string color = design.OutputCount switch
        {
            1 => "o.xxx",
            3 => "o.xyz",
            _ => $"mix(vec3(mix({ShaderNumber.Text(LightSquare)}, {ShaderNumber.Text(DarkSquare)}, " +
                "mod(floor(square.x) + floor(square.y), 2.))), o.xyz, o.w)",
        };
        return $$"""
            vec3 color(vec4 o, vec2 square)
            {
            {{range}}    o = clamp(o, 0., 1.);
                return {{color}};
            }

            """;
    }
}
