using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Saves networks to model files.</summary>
[Cmdlet(VerbsData.Export, "MlpModel", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportMlpModelCommand : ExportCommand
{
    private ModelFormatWriter _writer = null!;

    /// <summary>The format; without it a file's extension tells it, and files in a folder are model files.</summary>
    [Parameter]
    [Choice<ModelFormat>]
    [ArgumentCompleter(typeof(ChoiceCompleter<ModelFormat>))]
    public Choice<ModelFormat>? Format { get; set; }

    /// <summary>How the weights are kept: as they are, in 16 bits, or in 8.</summary>
    [Parameter]
    [Choice<ModelPrecision>]
    [ArgumentCompleter(typeof(ChoiceCompleter<ModelPrecision>))]
    public Choice<ModelPrecision> Precision { get; set; } = ModelPrecision.Single;

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
        SettleTarget();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Painter.From(InputObject) is not Painter painter)
            WriteError(Painter.UnsupportedInputError(InputObject, "A training run or a network"));
        else if (TargetOfObject() is ExportTarget target)
            Export(painter, target);
    }

    private protected override ExportTarget? TargetAt(string given)
    {
        _writer = ModelFormats.Of(Format ?? ModelFormat.Safetensors);
        ExportTarget? target = Target(given, new ExportEnding("", _writer.Extensions[0]), "model", PossibleExtensions(given));
        if (target is { IsFolder: false })
            _writer = FormatOfFile(given);
        if (!_writer.HasPrecision && IsGiven(nameof(Precision)))
            throw new ExportTargetException(CommandErrors.InvalidOption(
                $"The format {_writer.Format} has no choice of -Precision. Leave -Precision out, or save as {ModelFormat.Safetensors}.",
                Precision));
        RequireCompressed(nameof(TargetPsnr), TargetPsnr);
        RequireCompressed(nameof(Reference), Reference);
        return target;
    }

    private void RequireCompressed(string parameter, object? value)
    {
        if (_writer.Format != ModelFormat.Compressed && IsGiven(parameter))
            throw new ExportTargetException(CommandErrors.InvalidOption(
                $"-{parameter} is for compressed models, and the format is {_writer.Format}. " +
                $"Add -Compress, or leave -{parameter} out.", value));
    }

    /// <summary>With a format given, an extension that tells none is an error that names the format's own.</summary>
    private IReadOnlyList<string> PossibleExtensions(string path) =>
        Format is null || ModelFormats.OfFile(path) is not null ? ModelFormats.Extensions : _writer.Extensions;

    private ModelFormatWriter FormatOfFile(string path)
    {
        ModelFormatWriter told = ModelFormats.OfFile(path)!;
        if (Format?.Value is ModelFormat given && given != told.Format)
            throw new ExportTargetException(CommandErrors.InvalidOption(
                $"'{path}' has the extension of the format {told.Format}, and {(Compress ? "-Compress writes" : "-Format is")} {given}. " +
                $"Leave {(Compress ? "-Compress" : "-Format")} out, or use the extension {_writer.Extensions[0]}.", path));
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
