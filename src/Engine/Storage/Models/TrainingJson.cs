using System.Text.Json;

namespace MonaLisa.Engine.Storage;

/// <summary>The facts of a training in the description of a model file.</summary>
internal static class TrainingJson
{
    /// <summary>Writes the property <c>training</c>.</summary>
    public static void Write(Utf8JsonWriter json, TrainingFacts training)
    {
        json.WriteStartObject("training");
        json.WriteString("pictureName", ShortName.Of(training.PictureName));
        json.WriteNumber("pictureWidth", training.PictureWidth);
        json.WriteNumber("pictureHeight", training.PictureHeight);
        WriteNumber(json, "psnr", training.Psnr);
        WriteNumber(json, "psnrLost", training.PsnrLost);
        if (training.HeldOutPsnr is not null)
            WriteNumber(json, "heldOutPsnr", training.HeldOutPsnr);
        json.WriteNumber("epochs", training.Epochs);
        json.WriteString("optimizer", training.Optimizer.ToString());
        json.WriteNumber("seed", training.Seed);
        json.WriteString("provider", ShortName.Of(training.Provider));
        json.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static TrainingFacts Read(ref JsonText reader)
    {
        string? pictureName = null, provider = null;
        int? pictureWidth = null, pictureHeight = null, epochs = null, seed = null;
        double? psnr = null, psnrLost = null, heldOutPsnr = null;
        bool psnrTold = false, psnrLostTold = false, heldOutPsnrTold = false;
        Optimizer? optimizer = null;
        reader.StartObject();
        while (reader.NextProperty() is string property)
            switch (property)
            {
                case "pictureName" when pictureName is null:
                    pictureName = reader.PlainName();
                    break;
                case "pictureWidth" when pictureWidth is null:
                    pictureWidth = reader.Int32(least: 1);
                    break;
                case "pictureHeight" when pictureHeight is null:
                    pictureHeight = reader.Int32(least: 1);
                    break;
                case "psnr" when !psnrTold:
                    psnr = reader.DoubleOrNull();
                    psnrTold = true;
                    break;
                case "psnrLost" when !psnrLostTold:
                    psnrLost = reader.DoubleOrNull();
                    psnrLostTold = true;
                    break;
                case "heldOutPsnr" when !heldOutPsnrTold:
                    heldOutPsnr = reader.DoubleOrNull();
                    heldOutPsnrTold = true;
                    break;
                case "epochs" when epochs is null:
                    epochs = reader.Int32(least: 0);
                    break;
                case "optimizer" when optimizer is null:
                    optimizer = reader.Name<Optimizer>();
                    break;
                case "seed" when seed is null:
                    seed = reader.Int32(int.MinValue);
                    break;
                case "provider" when provider is null:
                    provider = reader.PlainName();
                    break;
                default:
                    throw reader.Unexpected(property);
            }
        return new TrainingFacts
        {
            PictureName = reader.Needed(pictureName, "pictureName"),
            PictureWidth = reader.Needed(pictureWidth, "pictureWidth"),
            PictureHeight = reader.Needed(pictureHeight, "pictureHeight"),
            Psnr = psnr,
            PsnrLost = psnrLost,
            HeldOutPsnr = heldOutPsnr,
            Epochs = reader.Needed(epochs, "epochs"),
            Optimizer = reader.Needed(optimizer, "optimizer"),
            Seed = reader.Needed(seed, "seed"),
            Provider = reader.Needed(provider, "provider"),
        };
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is double number && double.IsFinite(number))
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }
}
