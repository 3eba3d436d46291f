namespace MonaLisa.Engine.Output;

/// <summary>From a place in the picture to the network's two inputs, as a function of a shader.</summary>
internal static class PlaceShader
{
    /// <summary>
    /// The function <c>vec2 coordinates(vec2 place)</c>; the place is in [0, 1] from the picture's upper left corner to its lower right
    /// one. The 2012 program's coordinates depend on the picture's size; where it is not told, the picture's edges have its corner
    /// pixels' coordinates, as in a very large picture.
    /// </summary>
    public static string Of(CoordinateConvention convention, PictureShape shape)
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
}
