using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Writes the errors of what a network paints as a picture.</summary>
[Cmdlet(VerbsData.Export, "ErrorMap", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportErrorMapCommand : ExportCommand
{
    /// <summary>What an error is multiplied by: the lightest colour is that of 1 / Gain. Without it, one that suits the picture.</summary>
    [Parameter]
    public double? Gain { get; set; }

    /// <summary>The picture to compare with; without it, the one that a run has learned.</summary>
    [Parameter]
    [ValidateNotNull]
    public PixelDataset? Reference { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Gain is double gain && !(gain > 0 && double.IsFinite(gain)))
            ThrowTerminatingError(CommandErrors.InvalidOption($"-Gain must be a number above 0, not {gain}.", Gain));
        SettleTarget();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (TryPainter() is not Painter painter)
            return;
        if ((Reference ?? painter.Dataset) is not PixelDataset reference)
            WriteError(CommandErrors.Of(ErrorIds.ReferenceMissing, ErrorCategory.InvalidArgument, InputObject,
                $"The network of '{painter.Name}' comes without the picture that it was to paint. " +
                "Pass on the training run, or give a dataset as -Reference."));
        else if (painter.Network.OutputCount != reference.Channels)
            WriteError(CommandErrors.Of(ErrorIds.OutputMismatch, ErrorCategory.InvalidArgument, InputObject,
                $"The network of '{painter.Name}' has {painter.Network.OutputCount} outputs and '{reference.Name}' has " +
                $"{reference.Channels} channels. Give the picture that it has learned as -Reference."));
        else if (TargetOfObject() is ExportTarget target)
            Export(painter, reference, target);
    }

    private protected override ExportTarget? TargetAt(string given) =>
        Target(given, new ExportEnding("-errors", ".png"), "picture", PictureWriter.SupportedExtensions);

    private void Export(Painter painter, PixelDataset reference, ExportTarget target)
    {
        string file = target.NextFile(painter.Name);
        if (!ShouldProcess(file, $"Write the errors of '{painter.Name}' as a picture of {reference.Width} x {reference.Height} pixels") ||
            !TryPrepare(target, file))
            return;
        bool isWritten = TryExport(file, painter.Provider, () =>
        {
            double gain = InBackground((_, stopping) => Write(painter, reference, file, stopping), cleansUp: true);
            WriteVerboseLine($"Wrote '{file}': the lightest colour is an error of {1 / gain:G4} and more (gain {gain:G4}).");
        });
        if (isWritten && PassThru)
            WriteObject(ItemOf(file));
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
