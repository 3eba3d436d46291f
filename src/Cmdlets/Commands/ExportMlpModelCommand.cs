using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Saves networks to model files.</summary>
[Cmdlet(VerbsData.Export, "MlpModel", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportMlpModelCommand : ExportCommand
{
    private ModelFormatWriter _writer = null!;
    private ExportTarget? _target;

    /// <summary>The format; without it a file's extension tells it, and files in a folder are model files.</summary>
    [Parameter]
    public ModelFormat? Format { get; set; }

    /// <summary>How the weights are kept: as they are, in 16 bits, or in 8.</summary>
    [Parameter]
    public ModelPrecision Precision { get; set; } = ModelPrecision.Single;

    /// <summary>Writes the smallest file that still paints well enough: short for -Format Compressed.</summary>
    [Parameter]
    public SwitchParameter Compress { get; set; }

    /// <summary>The PSNR in dB over the training pixels that a compressed network must reach; without it, half a dB below its own.</summary>
    [Parameter]
    [ValidateRange(0.001, 200.0)]
    public double TargetPsnr { get; set; }

    /// <summary>The picture that a compressed bare network is measured over; a training run brings its own.</summary>
    [Parameter]
    [ValidateNotNull]
    public PixelDataset? Reference { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Compress && (Format ??= ModelFormat.Compressed) != ModelFormat.Compressed)
            ThrowTerminatingError(CommandErrors.InvalidOption(
                $"-Compress writes the format {ModelFormat.Compressed}, and -Format is {Format}. Leave one of them out.", Format));
        _writer = ModelFormats.Of(Format ?? ModelFormat.Safetensors);
        _target = Target(new ExportEnding("", _writer.Extensions[0]), "model", PossibleExtensions());
        if (_target is { IsFolder: false })
            _writer = FormatOfFile();
        if (!_writer.HasPrecision && IsGiven(nameof(Precision)))
            ThrowTerminatingError(CommandErrors.InvalidOption(
                $"The format {_writer.Format} has no choice of -Precision. Leave -Precision out, or save as {ModelFormat.Safetensors}.",
                Precision));
        RequireCompressed(nameof(TargetPsnr), TargetPsnr);
        RequireCompressed(nameof(Reference), Reference);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Painter.From(InputObject) is not Painter painter)
            WriteError(Painter.UnsupportedInputError(InputObject, "A training run or a network"));
        else if (_target is not null)
            Export(painter, _target);
    }

    private void RequireCompressed(string parameter, object? value)
    {
        if (_writer.Format != ModelFormat.Compressed && IsGiven(parameter))
            ThrowTerminatingError(CommandErrors.InvalidOption(
                $"-{parameter} is for compressed models, and the format is {_writer.Format}. " +
                $"Add -Compress, or leave -{parameter} out.", value));
    }

    /// <summary>With a format given, an extension that tells none is an error that names the format's own.</summary>
    private IReadOnlyList<string> PossibleExtensions() =>
        Format is null || ModelFormats.OfFile(Path) is not null ? ModelFormats.Extensions : _writer.Extensions;

    private ModelFormatWriter FormatOfFile()
    {
        ModelFormatWriter told = ModelFormats.OfFile(Path)!;
        if (Format is ModelFormat given && given != told.Format)
            ThrowTerminatingError(CommandErrors.InvalidOption(
                $"'{Path}' has the extension of the format {told.Format}, and {(Compress ? "-Compress writes" : "-Format is")} {given}. " +
                $"Leave {(Compress ? "-Compress" : "-Format")} out, or use the extension {_writer.Extensions[0]}.", Path));
        return told;
    }

    private void Export(Painter painter, ExportTarget target)
    {
        string file = target.NextFile(painter.Name);
        if (!ShouldProcess(file, $"Save the network {painter.Network.Shape}") || !TryPrepare(target, file))
            return;
        var export = new ModelExport(painter.Run, painter.Network, file, Precision, Force)
        {
            TargetPsnr = IsGiven(nameof(TargetPsnr)) ? TargetPsnr : null,
            Reference = Reference,
        };
        try
        {
            Report(export, InBackground((_, stopping) => _writer.Save(export, stopping), cleansUp: true));
        }
        catch (ModelFileException exception)
        {
            WriteError(CommandErrors.Model(exception, file));
        }
        catch (ProviderUnavailableException exception)
        {
            WriteError(CommandErrors.ProviderUnavailable(exception, painter.Provider));
        }
    }

    private void Report(ModelExport export, SavedModel saved)
    {
        if (IsVerbose)
        {
            long length = new FileInfo(export.File).Length;
            WriteVerboseLine(
                $"Wrote '{export.File}': {export.Network.Shape} {export.Network.Activation}, {length} bytes, {saved.Details}.");
        }
        if (!PassThru)
            return;
        PSObject item = ItemOf(export.File);
        item.Properties.Add(new PSNoteProperty(nameof(SavedModel.Psnr), saved.Psnr));
        item.Properties.Add(new PSNoteProperty(nameof(SavedModel.PsnrLost), saved.PsnrLost));
        item.Properties.Add(new PSNoteProperty(nameof(SavedModel.BitsPerPixel), saved.BitsPerPixel));
        WriteObject(item);
    }
}
