using System.Globalization;
using MonaLisa.Engine;
using MonaLisa.Engine.Output;
using MonaLisa.Engine.Platform;

namespace MonaLisa.PowerShell;

/// <summary>A network to save and how.</summary>
/// <param name="Run">The training run that it comes from, or null for a bare network.</param>
/// <param name="Network">The network.</param>
/// <param name="File">The full path of the file.</param>
/// <param name="Overwrite">Whether an existing file is replaced.</param>
internal sealed record ModelExport(TrainingRun? Run, Mlp Network, string File, bool Overwrite)
{
    /// <summary>How the weights are kept, for formats that have a choice.</summary>
    public ModelPrecision Precision { get; init; }

    /// <summary>The PSNR in dB that a compressed network must reach, or null.</summary>
    public double? TargetPsnr { get; init; }

    /// <summary>The version of the operators of an ONNX model.</summary>
    public int Opset { get; init; } = OnnxOpset.Default;

    /// <summary>The picture that a compressed bare network is measured over, or null.</summary>
    public PixelDataset? Reference { get; init; }
}

/// <summary>What a command shows of a saved network.</summary>
/// <param name="Details">What the verbose line says of the file beyond its name, its network and its length.</param>
/// <param name="PsnrLost">The dB of PSNR that the format cost; null where it was not measured.</param>
/// <param name="Psnr">The dB of PSNR that the file's weights have; null where it is not known.</param>
/// <param name="BitsPerPixel">8 times the file's bytes by the learned picture's pixels; null where its size is not known.</param>
internal readonly record struct SavedModel(string Details, double? PsnrLost, double? Psnr = null, double? BitsPerPixel = null);

/// <summary>A format that Export-MlpModel writes.</summary>
/// <param name="Format">The format.</param>
/// <param name="Extension">The extension of its files, with its dot.</param>
/// <param name="Save">Saves a network.</param>
internal sealed record ModelFormatWriter(ModelFormat Format, string Extension, Func<ModelExport, CancellationToken, SavedModel> Save)
{
    /// <summary>The formats.</summary>
    public static IReadOnlyList<ModelFormatWriter> All { get; } =
    [
        new(ModelFormat.Safetensors, ModelFile.Extension, SaveModel),
        new(ModelFormat.Compressed, CompressedModelFile.Extension, SaveCompressed),
        Exported(ModelFormat.Onnx, new OnnxFile(), export => new OnnxFile(export.Opset)),
        Exported(ModelFormat.Glsl, new GlslFile()),
        Exported(ModelFormat.Html, new HtmlFile()),
    ];

    /// <summary>Whether the weights' precision can be chosen.</summary>
    public bool HasPrecision => Format == ModelFormat.Safetensors;

    /// <summary>Whether the operators' version can be chosen.</summary>
    public bool HasOpset => Format == ModelFormat.Onnx;

    /// <summary>The writer of a format.</summary>
    public static ModelFormatWriter Of(ModelFormat format) => All.Single(writer => writer.Format == format);

    /// <summary>The writer for a file's extension, or null.</summary>
    public static ModelFormatWriter? OfFile(string path) => All.FirstOrDefault(
        writer => writer.Extension.Equals(Path.GetExtension(path), StringComparison.OrdinalIgnoreCase));

    private static SavedModel SaveModel(ModelExport export, CancellationToken stopping)
    {
        var options = new ModelSaveOptions { Precision = export.Precision, Overwrite = export.Overwrite };
        ModelDocument saved = export.Run is TrainingRun run
            ? ModelFile.Save(run, export.File, options, stopping)
            : ModelFile.Save(export.Network, export.File, options, stopping);
        double? lost = saved.Training?.PsnrLost;
        string loss = lost is double known ? known.ToString("F3", CultureInfo.InvariantCulture) + " dB lost" : "loss not measured";
        return new SavedModel($"{saved.Precision}, {loss}", lost, saved.Psnr, saved.BitsPerPixel);
    }

    private static SavedModel SaveCompressed(ModelExport export, CancellationToken stopping)
    {
        CompressedModelFile.RequirePlace(export.Network, export.File);
        var options = new CompressionOptions { TargetPsnr = export.TargetPsnr, Overwrite = export.Overwrite };
        CompressedModel saved = export.Run is TrainingRun run
            ? CompressedModelFile.Save(run, export.File, options, stopping)
            : export.Network.Encoding == EncodingKind.Latent && export.Reference is null
                ? CompressedModelFile.SaveLatents(export.Network, export.File, options, stopping)
            : CompressedModelFile.Save(export.Network, PictureOf(export), export.File, options, stopping);
        string details = FormattableString.Invariant(
            $"{saved.Psnr:F2} dB, {saved.PsnrLost:F3} dB lost, {saved.BitsPerPixel:F3} bits a pixel");
        return new SavedModel(details, saved.PsnrLost, saved.Psnr, saved.BitsPerPixel);
    }

    private static PixelDataset PictureOf(ModelExport export)
    {
        string? problem = export.Reference is not PixelDataset picture
            ? "a bare network has no picture to be measured over. Pipe the training run, or give the picture as -Reference."
            : picture.Channels != export.Network.OutputCount
                ? $"the network has {Counted.Text(export.Network.OutputCount, "output")}, and the -Reference '{picture.Name}' has " +
                  $"{Counted.Text(picture.Channels, "channel")}. Give the picture that the network learned, read as it was then."
                : export.Network.Training is TrainingFacts learned && !HaveSameShape(learned, picture)
                    ? $"the network learned '{learned.PictureName}' of {learned.PictureWidth} x {learned.PictureHeight} pixels, and the -Reference " +
                      $"'{picture.Name}' of {picture.Width} x {picture.Height} has another shape. Give the picture that the network learned."
                    : null;
        return problem is null
            ? export.Reference!
            : throw new ModelFileException(ModelFileProblem.PictureMissing, export.File, $"'{export.File}' cannot be written: {problem}");
    }

    // The picture may have another size than when it was learned; then one of its sides is rounded.
    private static bool HaveSameShape(TrainingFacts learned, PixelDataset picture) =>
        Math.Abs((double)learned.PictureHeight * picture.Width / learned.PictureWidth - picture.Height) <= 1 ||
        Math.Abs((double)learned.PictureWidth * picture.Height / learned.PictureHeight - picture.Width) <= 1;

    // Formats that other programs show or run; where something is to be chosen, the export chosen by it.
    private static ModelFormatWriter Exported(
        ModelFormat format, NetworkExport usual, Func<ModelExport, NetworkExport>? choose = null) =>
        new(format, usual.Extension, (export, stopping) =>
        {
            NetworkExport file = choose?.Invoke(export) ?? usual;
            if (export.Run is TrainingRun run)
                file.Save(run, export.File, export.Overwrite, stopping);
            else
                file.Save(export.Network, export.File, export.Overwrite, stopping);
            return new SavedModel(file.Description, export.Run is null ? export.Network.Training?.PsnrLost : 0);
        });
}
