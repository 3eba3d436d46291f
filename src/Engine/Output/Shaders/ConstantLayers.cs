using System.Globalization;
using System.Text;

namespace MonaLisa.Engine.Output;

/// <summary>
/// Dense layers whose weights are constants in the shader's source, line by line without loops: compilers do better with it than with
/// arrays of constants. Each vector of the last hidden layer goes into the outputs at once, so that they need not be kept.
/// </summary>
internal static class ConstantLayers
{
    /// <summary>Writes all layers: from <c>x0</c>, <c>x1</c> and so on to <c>vec4 o</c>.</summary>
    public static void Write(StringBuilder text, IReadOnlyList<QuadLayer> layers)
    {
        string inputs = "x";
        for (int i = 0; i < layers.Count - 2; i++)
        {
            string outputs = string.Create(CultureInfo.InvariantCulture, $"h{i}_");
            for (int quad = 0; quad < layers[i].OutputQuads; quad++)
                WriteNeurons(text, layers[i], quad, inputs, string.Create(CultureInfo.InvariantCulture, $"{outputs}{quad}"), "vec4 ");
            inputs = outputs;
        }
        QuadLayer hidden = layers[^2], output = layers[^1];
        text.Append("    vec4 h, o = ").Append(Biases(output, 0)).Append(";\n");
        for (int quad = 0; quad < hidden.OutputQuads; quad++)
        {
            WriteNeurons(text, hidden, quad, inputs, "h", "");
            WriteProduct(text, output, 0, quad, "h", "o");
        }
    }

    private static void WriteNeurons(StringBuilder text, QuadLayer layer, int outputQuad, string inputs, string name, string type)
    {
        text.Append("    ").Append(type).Append(name).Append(" = ").Append(Biases(layer, outputQuad)).Append(";\n");
        for (int quad = 0; quad < layer.InputQuads; quad++)
            WriteProduct(text, layer, outputQuad, quad, string.Create(CultureInfo.InvariantCulture, $"{inputs}{quad}"), name);
        text.Append("    ").Append(name).Append(" = activate(").Append(name).Append(");\n");
    }

    private static void WriteProduct(StringBuilder text, QuadLayer layer, int outputQuad, int inputQuad, string input, string sum)
    {
        Span<float> block = stackalloc float[QuadLayer.BlockLength];
        layer.CopyBlock(outputQuad, inputQuad, block);
        text.Append("    ").Append(sum).Append(" += ");
        if (Enumerable.Range(0, Quads.Width).All(column => layer.IsUsed(inputQuad, column)))
            text.Append("mat4(").Append(ShaderNumber.List(block)).Append(") * ").Append(input);
        else
            text.AppendJoin(" + ", Columns(layer, inputQuad, input, block));
        text.Append(";\n");
    }

    /// <summary>The product column by column, without the empty ones.</summary>
    private static List<string> Columns(QuadLayer layer, int inputQuad, string input, ReadOnlySpan<float> block)
    {
        var products = new List<string>();
        for (int column = 0; column < Quads.Width; column++)
            if (layer.IsUsed(inputQuad, column))
                products.Add($"{ShaderNumber.Vector(block.Slice(column * Quads.Width, Quads.Width))} * {input}.{"xyzw"[column]}");
        return products;
    }

    private static string Biases(QuadLayer layer, int outputQuad)
    {
        Span<float> biases = stackalloc float[Quads.Width];
        layer.CopyBiases(outputQuad, biases);
        return ShaderNumber.Vector(biases);
    }
}
