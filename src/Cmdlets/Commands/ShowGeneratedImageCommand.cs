using System.Management.Automation;
using MonaLisa.Engine;
using MonaLisa.Engine.Output;
using MonaLisa.Engine.Storage;

namespace MonaLisa.PowerShell;

/// <summary>Shows a picture in the terminal: what a network paints, or what a dataset holds.</summary>
[Cmdlet(VerbsCommon.Show, "GeneratedImage")]
[OutputType(typeof(string))]
public sealed class ShowGeneratedImageCommand : StoppableCommand
{
    private TerminalProtocol _protocol;
    private bool _throughTmux;
    private RegionChoice? _region;

    /// <summary>A training run, a network or a dataset.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Run", "Network", "Dataset")]
    public object InputObject { get; set; } = null!;

    /// <summary>Columns of characters; alone, it keeps the picture's shape.</summary>
    [Parameter]
    [ValidateRange(1, TerminalCanvas.MaxCells)]
    public int? Width { get; set; }

    /// <summary>Rows of characters; alone, it keeps the picture's shape.</summary>
    [Parameter]
    [ValidateRange(1, TerminalCanvas.MaxCells)]
    public int? Height { get; set; }

    /// <summary>x, y, width and height of the part of the picture to show, in its pixels.</summary>
    [Parameter]
    [ValidateNotNull]
    public double[]? Region { get; set; }

    /// <summary>Shows what a run was to learn to the left of what it paints.</summary>
    [Parameter]
    public SwitchParameter Reference { get; set; }

    /// <summary>How the terminal is told of the picture.</summary>
    [Parameter]
    [Choice<TerminalProtocolChoice>]
    [ArgumentCompleter(typeof(ChoiceCompleter<TerminalProtocolChoice>))]
    public Choice<TerminalProtocolChoice> Protocol { get; set; } = TerminalProtocolChoice.Auto;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        CheckOptions(() => _region = RegionChoice.Of(Region), Region);
        var surroundings = TerminalSurroundings.Of(this);
        _protocol = Enum.TryParse(Protocol.ToString(), out TerminalProtocol given) ? given : surroundings.Protocol;
        _throughTmux = surroundings.IsInTmux;
        WriteVerboseLine($"Protocol: {_protocol}.");
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            if (Painter.From(InputObject) is Painter painter)
                ShowPainter(painter);
            else if (Rehydration.Live(InputObject) is not PixelDataset dataset)
                WriteError(Painter.UnsupportedInputError(InputObject, "A training run, a network or a dataset"));
            else if (Reference)
                WriteError(ReferenceMissingError(dataset.Name));
            else
                ShowDataset(dataset);
        }
        catch (PictureException exception)
        {
            // Only the picture library can be missing here, which is so for every picture.
            ThrowTerminatingError(CommandErrors.Picture(exception, Painter.From(InputObject)?.Name ?? ""));
        }
        catch (ArgumentException exception)
        {
            WriteError(CommandErrors.InvalidOption(exception, InputObject));
        }
    }

    private void ShowPainter(Painter painter)
    {
        if (!painter.Network.IsFinite)
        {
            WriteError(painter.NotFiniteError());
            return;
        }
        if (Reference && painter.Dataset is null)
        {
            WriteError(ReferenceMissingError(painter.Name));
            return;
        }
        if (_region is not null && painter.Size is null)
        {
            WriteError(CommandErrors.Of(ErrorIds.SizeUnknown, ErrorCategory.InvalidArgument, InputObject,
                "A network alone has no size, so there are no pixels to give a -Region in. Pass on the training run instead of its " +
                "network, or leave out -Region."));
            return;
        }
        PictureRegion? region = painter.Size is PictureSize size ? _region?.In(size) : null;
        (double Width, double Height)? shape = region is PictureRegion part ? (part.Width, part.Height)
            : painter.Size is PictureSize learned ? (learned.Width, learned.Height) : null;
        // The plane of a network that learned no picture is a square.
        TerminalView view = ViewOf(shape ?? (1, 1));
        WriteObject(InBackground((_, stopping) =>
        {
            using var renderer = new ImageRenderer(painter.Network, painter.Provider);
            float[] painted = view.Paint(renderer, shape, region, stopping);
            return Reference
                ? Beside(view, painter.Dataset!, region, painted, renderer.Channels, stopping)
                : Encode(view, painted, renderer.Channels);
        }));
    }

    private void ShowDataset(PixelDataset dataset)
    {
        PictureRegion? region = _region?.In(new PictureSize(dataset.Width, dataset.Height));
        TerminalView view = ViewOf(region is PictureRegion part ? (part.Width, part.Height) : (dataset.Width, dataset.Height));
        WriteObject(InBackground((_, stopping) => Encode(view, view.Sample(dataset, region, stopping), dataset.Channels)));
    }

    private TerminalView ViewOf((double Width, double Height) shape)
    {
        TerminalCanvas room = TerminalWindow.Room(Host);
        if (Reference)
            room = new TerminalCanvas(Math.Max(1, (room.Columns - 1) / 2), room.Rows, room.CellWidth, room.CellHeight);
        var view = new TerminalView(_protocol, TerminalCanvas.Fit(shape.Width, shape.Height, room, Width, Height));
        view.Validate();
        return view;
    }

    private string Encode(TerminalView view, float[] colors, int channels)
    {
        var pixels = new TerminalPixels(view.Width, view.Height);
        pixels.Lay(colors, view.Width, channels);
        return TerminalPicture.Encode(pixels, view.Protocol, view.Canvas, _throughTmux);
    }

    // A column between the two shows the terminal's own background.
    private string Beside(
        TerminalView view, PixelDataset target, PictureRegion? region, float[] painted, int channels, CancellationToken stopping)
    {
        TerminalCanvas one = view.Canvas;
        var canvas = new TerminalCanvas(2 * one.Columns + 1, one.Rows, one.CellWidth, one.CellHeight);
        var both = new TerminalView(view.Protocol, canvas);
        both.Validate();
        var pixels = new TerminalPixels(both.Width, both.Height);
        pixels.Lay(view.Sample(target, region, stopping), view.Width, target.Channels);
        pixels.Lay(painted, view.Width, channels, both.Width - view.Width);
        return TerminalPicture.Encode(pixels, both.Protocol, canvas, _throughTmux);
    }

    private ErrorRecord ReferenceMissingError(string name) => CommandErrors.Of(
        ErrorIds.ReferenceMissing, ErrorCategory.InvalidArgument, InputObject,
        $"'{name}' comes without the picture that it was to be. Pass on the training run, or leave out -Reference.");
}
