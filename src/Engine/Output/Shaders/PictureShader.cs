namespace MonaLisa.Engine.Output;

/// <summary>Functions of a shader: from a place in the picture to the network's two inputs, and from its outputs to a colour.</summary>
internal static class PictureShader
{
    /// <summary>The side of a square of the checkerboard behind transparent pictures, in pixels of the screen that count as one.</summary>
    public const int SquareSide = 8;

    /// <summary>The greys of the checkerboard's squares.</summary>
    public const float LightSquare = 1, DarkSquare = 0.8f;

    /// <summary>
    /// The function <c>vec2 coordinates(vec2 place)</c>; the place is in [0, 1] from the picture's upper left corner to its lower right
    /// one. The 2012 program's coordinates depend on the picture's size; where it is not known, the picture's edges have its corner
    /// pixels' coordinates, as in a very large picture.
    /// </summary>
    public static string Coordinates(CoordinateConvention convention, PictureShape shape)
    {
        string expression = convention switch
        {
            CoordinateConvention.SymmetricPixelCenter => "2. * place - 1.",
            CoordinateConvention.PixelCenter => "place",
            CoordinateConvention.RowColumnCorner when shape.IsTold =>
                $"place.yx * vec2({Scale(shape.Height)}, {Scale(shape.Width)}) - vec2({Offset(shape.Height)}, {Offset(shape.Width)})",
            CoordinateConvention.RowColumnCorner => "place.yx",
            _ => throw new ArgumentOutOfRangeException(nameof(convention), convention, "There is no such convention."),
        };
        return $$"""
            vec2 coordinates(vec2 place)
            {
                return {{expression}};
            }

            """;

        static string Scale(int side) => ShaderNumber.Text(side == 1 ? 0 : (float)((double)side / (side - 1)));
        static string Offset(int side) => ShaderNumber.Text(side == 1 ? 0 : (float)(0.5 / (side - 1)));
    }

    /// <summary>
    /// The function <c>vec3 color(vec4 o, vec2 square)</c>; <c>square</c> counts the checkerboard's squares along and down the screen.
    /// </summary>
    public static string Color(MlpDesign design)
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
