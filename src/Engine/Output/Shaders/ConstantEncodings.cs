using System.Globalization;
using System.Text;

namespace MonaLisa.Engine.Output;

/// <summary>A sinusoidal encoding whose frequencies are constants in the shader's source.</summary>
internal static class ConstantFrequencies
{
    /// <summary>
    /// The function <c>vec4 angle(vec4 turns)</c>: whole turns are taken away before they become an angle, so that no digit is lost.
    /// </summary>
    public const string Angle = """
        vec4 angle(vec4 turns)
        {
            return 6.2831853 * (turns - floor(turns + .5));
        }

        """;

    /// <summary>Declares the features as the vectors <c>x0</c>, <c>x1</c> and so on: the sines, then the cosines.</summary>
    public static void WriteFeatures(StringBuilder text, FrequencyQuads frequencies)
    {
        for (int i = 0; i < frequencies.Count; i++)
            text.Append(FormattableString.Invariant($"""
                    vec4 x{i} = angle({ShaderNumber.Vector(frequencies.Along(i))} * p.x + {ShaderNumber.Vector(frequencies.Down(i))} * p.y);
                    vec4 x{frequencies.Count + i} = cos(x{i});
                    x{i} = sin(x{i});

                """));
    }
}

/// <summary>A grid whose tables are constants in the shader's source.</summary>
internal static class ConstantGrid
{
    private const string RowStart = """
        int rowStart(int row, int columns, ivec2 rows)
        {
            return rows.x == 0 ? row * columns : row * rows.y % rows.x;
        }

        """;

    /// <summary>The tables and the functions that read them.</summary>
    public static void WriteFunctions(StringBuilder text, GridEncoding grid, IReadOnlyList<EncodingTensor> tensors)
    {
        text.Append(CultureInfo.InvariantCulture,
            $"const vec4 tables[{grid.Levels.Sum(level => GridShader.TableQuads(level, grid.FeaturesPerLevel))}] = vec4[](\n");
        var quad = new float[Quads.Width];
        for (int i = 0; i < tensors.Count; i++)
            for (int first = 0; first < tensors[i].Values.Length; first += Quads.Width)
            {
                ReadOnlySpan<float> values = tensors[i].Values.AsSpan(first);
                Array.Clear(quad);
                values[..Math.Min(values.Length, Quads.Width)].CopyTo(quad);
                bool isLast = i == tensors.Count - 1 && values.Length <= Quads.Width;
                text.Append("    ").Append(ShaderNumber.Vector(quad)).Append(isLast ? ");\n\n" : ",\n");
            }
        text.Append(RowStart).Append('\n').Append(GridShader.Of(grid.FeaturesPerLevel, "tables[{0}]", "ivec2")).Append('\n');
    }

    /// <summary>Declares the features as the vectors <c>x0</c>, <c>x1</c> and so on.</summary>
    public static void WriteFeatures(StringBuilder text, GridEncoding grid)
    {
        var features = new List<string>();
        int firstQuad = 0;
        foreach (GridLevel level in grid.Levels)
        {
            for (int part = 0; part < Math.Max(1, grid.FeaturesPerLevel / Quads.Width); part++)
                features.Add(FormattableString.Invariant(
                    $"level(p, ivec2({level.Columns}, {level.Rows}), {firstQuad + part}, ivec2({Rows(level)}))"));
            firstQuad += GridShader.TableQuads(level, grid.FeaturesPerLevel);
        }
        if (grid.FeaturesPerLevel == 2)
            features = [.. features.Chunk(2).Select(pair => $"vec4({pair[0]}, {(pair.Length == 2 ? pair[1] : "0., 0.")})")];
        for (int i = 0; i < features.Count; i++)
            text.Append(FormattableString.Invariant($"    vec4 x{i} = {features[i]};\n"));
    }

    /// <summary>The parameters of rowStart: where a row can begin and the distance of rows, as in <see cref="GridLevel.RowStart"/>.</summary>
    private static string Rows(GridLevel level) => level.IsDense
        ? "0, 0"
        : FormattableString.Invariant($"{level.RowStartPlaces}, {level.RowStartStride}");
}
