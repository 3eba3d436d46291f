using System.Text.Json;

namespace MonaLisa.Engine.Storage;

/// <summary>A network's design in the description of a model file.</summary>
internal static class DesignJson
{
    /// <summary>Writes the property <c>network</c>.</summary>
    public static void Write(Utf8JsonWriter json, MlpDesign design)
    {
        json.WriteStartObject("network");
        json.WriteStartArray("hiddenLayers");
        foreach (int width in design.HiddenLayers)
            json.WriteNumberValue(width);
        json.WriteEndArray();
        json.WriteNumber("outputs", design.OutputCount);
        json.WriteString("activation", design.Activation.ToString());
        json.WriteNumber("omega", design.Omega);
        json.WriteNumber("sigma", design.Sigma);
        json.WriteString("initialization", design.Initialization.ToString());
        json.WriteString("coordinates", design.Coordinates.ToString());
        EncodingJson.Write(json, design.Encoding);
        json.WriteString("colors", design.Colors.ToString());
        json.WriteNumber("seed", design.Seed);
        json.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write"/> wrote; the design is not validated.</summary>
    public static MlpDesign Read(ref JsonText reader)
    {
        int[]? hiddenLayers = null;
        int? outputs = null;
        Activation? activation = null;
        float? omega = null, sigma = null;
        WeightInitialization? initialization = null;
        CoordinateConvention? coordinates = null;
        InputEncoding? encoding = null;
        ColorRange? colors = null;
        int? seed = null;
        reader.StartObject();
        while (reader.NextProperty() is string property)
            switch (property)
            {
                case "hiddenLayers" when hiddenLayers is null:
                    // The widths are checked with the rest of the design; one that does not fit 32 bits is none of them.
                    hiddenLayers = [.. reader.WholeNumbers(MlpDesign.MaxDepth).Select(width => (int)Math.Min(width, int.MaxValue))];
                    break;
                case "outputs" when outputs is null:
                    outputs = reader.Int32(least: 1);
                    break;
                case "activation" when activation is null:
                    activation = reader.Name<Activation>();
                    break;
                case "omega" when omega is null:
                    omega = reader.Single();
                    break;
                case "sigma" when sigma is null:
                    sigma = reader.Single();
                    break;
                case "initialization" when initialization is null:
                    initialization = reader.Name<WeightInitialization>();
                    break;
                case "coordinates" when coordinates is null:
                    coordinates = reader.Name<CoordinateConvention>();
                    break;
                case "encoding" when encoding is null:
                    encoding = EncodingJson.Read(ref reader);
                    break;
                case "colors" when colors is null:
                    colors = reader.Name<ColorRange>();
                    break;
                case "seed" when seed is null:
                    seed = reader.Int32(int.MinValue);
                    break;
                default:
                    throw reader.Unexpected(property);
            }
        return new MlpDesign
        {
            HiddenLayers = reader.Needed(hiddenLayers, "hiddenLayers"),
            // Files from before there was a choice do not tell.
            OutputCount = reader.Needed(outputs, "outputs"),
            Activation = reader.Needed(activation, "activation"),
            Omega = reader.Needed(omega, "omega"),
            Sigma = reader.Needed(sigma, "sigma"),
            Initialization = reader.Needed(initialization, "initialization"),
            Coordinates = reader.Needed(coordinates, "coordinates"),
            Encoding = reader.Needed(encoding, "encoding"),
            Colors = reader.Needed(colors, "colors"),
            Seed = reader.Needed(seed, "seed"),
        };
    }
}
