using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Writes the errors of what a network paints as a picture.</summary>
[Cmdlet(VerbsData.Export, "ErrorMap", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportErrorMapCommand : ExportCommand
{
    /// <summary>The factor of the errors: the lightest colour is an error of 1 / Gain. By default it suits the picture.</summary>
    [Parameter]
    public double? Gain { get; set; }

    /// <summary>The picture to compare with: a path, a dataset or a training run. The default is the one that a run has learned.</summary>
    [Parameter]
    [ValidateNotNull]
    public PictureSource? Reference { get; set; }

    private ReferencePicture? _reference;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _reference = RequireReference(Reference);
        if (Gain is double gain && !(gain > 0 && double.IsFinite(gain)))
            Refuse($"-Gain must be a number above 0, not {gain}.", Gain);
        SettleTarget();
    }

    private protected override ExportTarget? TargetAt(string given) =>
        Target(given, new ExportEnding("-errors", ".png"), "picture", PictureWriter.SupportedExtensions);

    private protected override void Export()
    {
        Painter painter = Painter.Require(InputObject).RequireFinite();
        PixelDataset reference = _reference?.For(painter.Network) ?? painter.Dataset ?? throw new CommandException(
            ErrorIds.ReferenceMissing, ErrorCategory.InvalidArgument, InputObject,
            $"The network of '{painter.Name}' comes without the picture that it learned. " +
            "Pass on the training run, or give the picture as -Reference.");
        if (painter.Network.OutputCount != reference.Channels)
            throw new CommandException(ErrorIds.OutputMismatch, ErrorCategory.InvalidArgument, InputObject,
                $"The network of '{painter.Name}' has {painter.Network.OutputCount} outputs and '{reference.Name}' has " +
                $"{reference.Channels} channels. Give the picture that it has learned as -Reference.");
        if (TargetOfObject() is not ExportTarget target)
            return;
        string file = target.NextFile(painter.Name);
        string task = $"Write the errors of '{painter.Name}' as a picture of {reference.Width} x {reference.Height} pixels";
        Write(target, file, task, painter.Provider, () =>
        {
            double gain = InBackground((_, stopping) => Write(painter, reference, file, stopping), cleansUp: true);
            WriteVerboseLine($"Wrote '{file}': the lightest colour is an error of {1 / gain:G4} and more (gain {gain:G4}).");
        });
    }

    private double Write(Painter painter, PixelDataset reference, string file, CancellationToken stopping)
    {
        using var renderer = new ImageRenderer(painter.Network, painter.Provider);
        var map = new ErrorMap(reference, (firstRow, rowCount, colors) =>
            renderer.Render(reference.Width, reference.Height, firstRow, rowCount, colors, stopping));
        double gain = Gain ?? map.SuitingGain(stopping);
        var options = new PictureWriteOptions { Overwrite = Force };
        PictureWriter.Write(file, reference.Width, reference.Height, map.Rows(gain), options, stopping);
        return gain;
    }
}
