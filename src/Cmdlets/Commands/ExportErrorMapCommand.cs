using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Writes the errors of what a network paints, or of another picture, as a picture.</summary>
[Cmdlet(VerbsData.Export, "ErrorMap", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportErrorMapCommand : ExportCommand
{
    /// <summary>The factor of the errors: the lightest colour is an error of 1 / Gain. By default it suits the picture.</summary>
    [Parameter]
    public double? Gain { get; set; }

    /// <summary>The picture to compare with: a path, a dataset or a training run. The default is the one that a run has learned.</summary>
    [Parameter]
    [Single(PictureSource.Forms)]
    [ValidateNotNull]
    public PictureSource? Reference { get; set; }

    // As Measure-GeneratedImage reads them: the alpha of a painted picture is one of its colours.
    private static readonly PictureReadOptions WithAlpha = new() { KeepAlpha = true };

    private ReferencePicture? _reference;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _reference = RequireReference(Reference);
        if (Gain is double gain && !(gain > 0 && double.IsFinite(gain)))
            Refuse(FormattableString.Invariant($"-Gain must be a number above 0, not {gain}."), Gain);
        SettleTarget();
    }

    private protected override ExportTarget TargetAt(string given) =>
        Target(given, new ExportEnding("-errors", ".png"), "picture", PictureWriter.SupportedExtensions);

    private protected override void Export()
    {
        if (Painter.From(Current)?.RequireFinite() is Painter painter)
            Export(painter, _reference?.For(painter.Network) ?? painter.Dataset);
        else
            Export(PictureOfInput(), _reference?.Read(WithAlpha));
    }

    private void Export(Painter painter, PixelDataset? given)
    {
        PixelDataset reference = given ?? throw ReferenceMissing(
            $"The network of '{painter.Name}' comes without the picture that it learned. Pass on the training run, or give the picture as -Reference.");
        if (painter.GivesBackPicture(new PaintedView(new PictureSize(reference.Width, reference.Height), null)))
            WriteWarning(painter.WarningOfComparison);
        Write(painter.Name, painter.Dataset?.Path, reference, painter.Provider, (file, stopping) =>
        {
            using var renderer = new ImageRenderer(painter.Network, painter.Provider);
            return Write(file, reference, new ErrorMap(reference, painter.Network.OutputCount, (firstRow, rowCount, colors) =>
                renderer.Render(reference.Width, reference.Height, firstRow, rowCount, colors, stopping)), stopping);
        });
    }

    private void Export(PixelDataset picture, PixelDataset? given)
    {
        PixelDataset reference = given ?? throw ReferenceMissing($"'{picture.Name}' needs a picture to compare it with. Give it as -Reference.");
        if ((picture.Width, picture.Height) != (reference.Width, reference.Height))
            throw new CommandException(CommandErrors.SizeMismatch(picture, reference, Current));
        Write(picture.Name, picture.Path, reference, ComputeProvider.Auto, (file, stopping) =>
            Write(file, reference, new ErrorMap(reference, picture.Channels, picture.CopyRows), stopping));
    }

    private PixelDataset PictureOfInput() => Rehydration.Live(Current) switch
    {
        PixelDataset dataset => dataset,
        string path => new ReferencePicture(this, path, nameof(InputObject)).Read(WithAlpha),
        FileInfo file => new ReferencePicture(this, file, nameof(InputObject)).Read(WithAlpha),
        _ => throw new CommandException(CommandErrors.UnsupportedInput(Current, Wanted.Run | Wanted.Network | Wanted.Dataset | Wanted.PictureFile)),
    };

    private void Write(
        string name, string? picture, PixelDataset reference, ComputeProvider provider, Func<string, CancellationToken, double> write)
    {
        ExportTarget target = TargetOfObject();
        string file = FileFor(target, name, picture);
        string task = $"Write the errors of '{name}' as a picture of {reference.Width} x {reference.Height} pixels";
        Write(target, file, task, provider, () =>
        {
            double gain = InBackground((_, stopping) => write(file, stopping), cleansUp: true);
            WriteVerboseLine($"Wrote '{file}': the lightest colour is an error of {1 / gain:G4} and more (gain {gain:G4}).");
        });
    }

    private double Write(string file, PixelDataset reference, ErrorMap map, CancellationToken stopping)
    {
        double gain = Gain ?? map.SuitingGain(stopping);
        PictureWriter.Write(file, reference.Width, reference.Height, map.Rows(gain), new PictureWriteOptions { Overwrite = Force }, stopping);
        return gain;
    }

    private CommandException ReferenceMissing(string message) =>
        new(ErrorIds.ReferenceMissing, ErrorCategory.InvalidArgument, Current, message);
}
