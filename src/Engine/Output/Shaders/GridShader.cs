namespace MonaLisa.Engine.Output;

/// <summary>Interpolation in a grid's levels, as functions of a shader, for tables that lie in vectors of four.</summary>
internal static class GridShader
{
    /// <summary>Vectors that hold a level's table.</summary>
    public static int TableQuads(GridLevel level, int featuresPerLevel) =>
        checked((int)(((long)level.EntryCount * featuresPerLevel + Quads.Width - 1) / Quads.Width));

    /// <summary>
    /// The function <c>level(vec2 place, ivec2 size, int first, rows)</c>: two or four features of a level of <c>size</c> vertices whose
    /// table begins at vector <c>first</c>; of eight features it gives the first four, and with the next vector the last four. It needs
    /// <c>int rowStart(int row, int columns, rows)</c>, the entry of a row's first vertex.
    /// </summary>
    /// <param name="featuresPerLevel">Features of an entry: 2, 4 or 8.</param>
    /// <param name="fetch">The expression of the vector with the number <c>{0}</c>.</param>
    /// <param name="rowsType">The type of the parameter of rowStart.</param>
    public static string Of(int featuresPerLevel, string fetch, string rowsType)
    {
        string type = featuresPerLevel == 2 ? "vec2" : "vec4";
        string entry = featuresPerLevel switch
        {
            2 => $"vec4 both = {string.Format(null, fetch, "first + (entry >> 1)")};\n    return (entry & 1) == 0 ? both.xy : both.zw;",
            4 => $"return {string.Format(null, fetch, "first + entry")};",
            _ => $"return {string.Format(null, fetch, "first + 2 * entry")};",
        };
        return $$"""
            {{type}} features(int first, int entry)
            {
                {{entry}}
            }

            {{type}} level(vec2 place, ivec2 size, int first, {{rowsType}} rows)
            {
                vec2 spot = clamp(place * vec2(size) - .5, vec2(0.), vec2(size - 1));
                ivec2 cell = min(ivec2(spot), size - 2);
                vec2 share = spot - vec2(cell);
                int top = rowStart(cell.y, size.x, rows) + cell.x, bottom = rowStart(cell.y + 1, size.x, rows) + cell.x;
                return mix(
                    mix(features(first, top), features(first, top + 1), share.x),
                    mix(features(first, bottom), features(first, bottom + 1), share.x), share.y);
            }

            """;
    }
}
