using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>The smallest file at a wanted PSNR, which Import-MlpModel loads too.</summary>
internal sealed class CompressedFormat : ModelFormatWriter
{
    public override ModelFormat Format => ModelFormat.Compressed;

    public override IReadOnlyList<string> Extensions { get; } = [CompressedModelFile.Extension];

    public override SavedModel Save(ModelExport export, CancellationToken cancellationToken)
    {
        var options = new CompressionOptions { TargetPsnr = export.TargetPsnr, Overwrite = export.Overwrite };
        CompressedModel saved = export.Run is TrainingRun run
            ? CompressedModelFile.Save(run, export.File, options, cancellationToken)
            : CompressedModelFile.Save(export.Network, PictureOf(export), export.File, options, cancellationToken);
        string details = FormattableString.Invariant(
            $"{saved.Psnr:F2} dB, {saved.PsnrLost:F3} dB lost, {saved.BitsPerPixel:F3} bits a pixel");
        return new SavedModel(details, saved.PsnrLost) { Psnr = saved.Psnr, BitsPerPixel = saved.BitsPerPixel };
    }

    private static PixelDataset PictureOf(ModelExport export)
    {
        string? problem = export.Reference is not PixelDataset picture
            ? "a bare network has no picture to be measured over. Pipe the training run, or give the picture's dataset as -Reference."
            : picture.Channels != export.Network.OutputCount
                ? $"the network has {export.Network.OutputCount} outputs, and the -Reference '{picture.Name}' has " +
                  $"{picture.Channels} channels. Give the picture that the network learned, read as it was then."
                : null;
        return problem is null
            ? export.Reference!
            : throw new ModelFileException(ModelFileProblem.PictureMissing, export.File, $"'{export.File}' cannot be written: {problem}");
    }
}
