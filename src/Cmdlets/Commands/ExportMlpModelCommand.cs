using System.Management.Automation;
using MonaLisa.Engine;
using MonaLisa.Engine.Output;

namespace MonaLisa.PowerShell;

/// <summary>Saves networks to model files.</summary>
[Cmdlet(VerbsData.Export, "MlpModel", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportMlpModelCommand : ExportCommand
{
    private ModelFormatWriter _writer = null!;

    /// <summary>The format. By default it is that of the file's extension, and files in a folder are model files.</summary>
    [Parameter]
    [OneValue]
    [ArgumentCompleter(typeof(ChoiceCompleter<ModelFormat>))]
    public Choices.ModelFormat? Format { get; set; }

    /// <summary>How the weights are kept: as they are, in 16 bits, or in 8.</summary>
    [Parameter]
    [OneValue]
    [ArgumentCompleter(typeof(ChoiceCompleter<ModelPrecision>))]
    public Choices.ModelPrecision Precision { get; set; } = new(ModelPrecision.Single);

    /// <summary>The version of ONNX's operators in an ONNX model.</summary>
    [Parameter]
    [Single]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    [ValidateRange(OnnxOpset.Oldest, OnnxOpset.Newest)]
    public Count Opset { get; set; } = new(OnnxOpset.Default);

    /// <summary>Writes the smallest file that still paints well enough: short for -Format Compressed.</summary>
    [Parameter]
    public SwitchParameter Compress { get; set; }

    /// <summary>The PSNR in dB over the training pixels that a compressed network must reach. The default is half a dB below its own.</summary>
    [Parameter]
    [ValidateRange(0.001, 200.0)]
    public double? TargetPsnr { get; set; }

    /// <summary>
    /// The picture that a compressed bare network is measured over: a path, a dataset or a training run. A training run has its own.
    /// </summary>
    [Parameter]
    [Single(PictureSource.Forms)]
    [ValidateNotNull]
    public PictureSource? Reference { get; set; }

    private ReferencePicture? _reference;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _reference = RequireReference(Reference);
        if (Compress && (Format ??= new(ModelFormat.Compressed)) != ModelFormat.Compressed)
            Refuse($"-Compress writes the format {ModelFormat.Compressed}, and -Format is {Format}. Leave one of them out.", Format);
        SettleTarget();
    }

    private protected override ExportTarget TargetAt(string given)
    {
        _writer = ModelFormatWriter.Of(Format ?? ModelFormat.Safetensors);
        ExportTarget target = Target(given, new ExportEnding("", _writer.Extension), "model", PossibleExtensions(given));
        if (!target.IsFolder)
            _writer = FormatOfFile(given);
        if (!_writer.HasPrecision && IsGiven(nameof(Precision)))
            throw Contradiction(
                $"The format {_writer.Format} has no choice of -Precision. Leave -Precision out, or save as {ModelFormat.Safetensors}.",
                Precision);
        if (!_writer.HasOpset && IsGiven(nameof(Opset)))
            throw Contradiction(
                $"-Opset is for ONNX models, and the format is {_writer.Format}. {RemedyOf(ModelFormat.Onnx, target)}, or leave -Opset out.",
                Opset.Value);
        RequireCompressed(nameof(TargetPsnr), TargetPsnr, target);
        RequireCompressed(nameof(Reference), Reference, target);
        return target;
    }

    private void RequireCompressed(string parameter, object? value, ExportTarget target)
    {
        if (_writer.Format != ModelFormat.Compressed && IsGiven(parameter))
            throw Contradiction(
                $"-{parameter} is for compressed models, and the format is {_writer.Format}. " +
                $"{RemedyOf(ModelFormat.Compressed, target)}, or leave -{parameter} out.", value);
    }

    // How to ask for another format: the name of a file has its extension.
    private string RemedyOf(ModelFormat format, ExportTarget target)
    {
        string choice = target.IsFolder ? $"give -Format {format}" : $"use the extension {ModelFormatWriter.Of(format).Extension}";
        string? other = Compress ? nameof(Compress) : Format is not null && !target.IsFolder ? nameof(Format) : null;
        return other is null ? char.ToUpperInvariant(choice[0]) + choice[1..] : $"Leave out -{other} and {choice}";
    }

    /// <summary>With a format given, an extension of no format is an error that names the format's own.</summary>
    private IReadOnlyList<string> PossibleExtensions(string path) => Format is null || ModelFormatWriter.OfFile(path) is not null
        ? [.. ModelFormatWriter.All.Select(writer => writer.Extension)] : [_writer.Extension];

    private ModelFormatWriter FormatOfFile(string path)
    {
        ModelFormatWriter writer = ModelFormatWriter.OfFile(path)!;
        return Format?.Value is not ModelFormat given || given == writer.Format ? writer : throw Contradiction(
            $"'{path}' has the extension of the format {writer.Format}, and {(Compress ? "-Compress writes" : "-Format is")} {given}. " +
            $"Leave {(Compress ? "-Compress" : "-Format")} out, or use the extension {_writer.Extension}.", path);
    }

    private static CommandException Contradiction(string message, object? value) => new(CommandErrors.InvalidOption(message, value));

    private protected override void Export()
    {
        Painter painter = Painter.Require(Current);
        if (painter.Run is not null && Reference is not null)
            throw Contradiction(
                $"-Reference is for a network without its run, and '{painter.Name}' is a run, which has its picture. Leave -Reference out, or pipe the run's Network.",
                Current);
        ExportTarget target = TargetOfObject();
        string file = FileFor(target, painter.Name, painter.Dataset?.Path);
        if (!ShouldProcess(file, $"Save the network {painter.Network.Shape}"))
            return;
        var export = new ModelExport(painter.Run, painter.Network, file, Force)
        {
            Precision = Precision,
            Opset = Opset,
            TargetPsnr = TargetPsnr,
            Reference = _reference?.For(painter.Network),
        };
        Try(new ErrorContext(Current, file, painter.Provider), () =>
        {
            SavedModel saved = default;
            WriteOnce(target, file, () => saved = InBackground((_, stopping) => _writer.Save(export, stopping), cleansUp: true));
            Show(export, saved);
        });
    }

    private void Show(ModelExport export, SavedModel saved)
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
