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
    [ArgumentCompleter(typeof(ExampleCompleter))]
    public Count? Width { get; set; }

    /// <summary>Rows of characters; alone, it keeps the picture's shape.</summary>
    [Parameter]
    [ValidateRange(1, TerminalCanvas.MaxCells)]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    public Count? Height { get; set; }

    /// <summary>x, y, width and height of the part of the picture to show, in its pixels.</summary>
    [Parameter]
    [ValidateNotNull]
    public double[]? Region { get; set; }

    /// <summary>Shows what a run learned to the left of what it paints.</summary>
    [Parameter]
    public SwitchParameter Reference { get; set; }

    /// <summary>How the picture is sent to the terminal.</summary>
    [Parameter]
    [OneValue]
    [ArgumentCompleter(typeof(ChoiceCompleter<TerminalProtocolChoice>))]
    public Choices.TerminalProtocol Protocol { get; set; } = new(TerminalProtocolChoice.Auto);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Require(new ErrorContext(Region), () => _region = RegionChoice.Of(Region));
        var terminal = TerminalCapabilities.Of(this);
        _protocol = Enum.TryParse(Protocol.ToString(), out TerminalProtocol given) ? given : terminal.Protocol;
        _throughTmux = terminal.IsInTmux;
        WriteVerboseLine($"Protocol: {_protocol}.");
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Try(new ErrorContext(InputObject), () =>
    {
        if (Painter.From(InputObject)?.RequireFinite() is Painter painter)
            ShowPainter(painter);
        else if (Rehydration.Live(InputObject) is not PixelDataset dataset)
            throw new CommandException(CommandErrors.UnsupportedInput(InputObject, "A training run, a network or a dataset"));
        else
            ShowDataset(dataset);
    });

    private void ShowPainter(Painter painter)
    {
        PixelDataset? target = Reference ? painter.Dataset ?? throw ReferenceMissing(painter.Name) : null;
        if (_region is not null && painter.Size is null)
            throw new CommandException(ErrorIds.SizeUnknown, ErrorCategory.InvalidArgument, InputObject,
                "A network alone has no size, so there are no pixels to give a -Region in. Pass on the training run instead of its " +
                "network, or leave out -Region.");
        PictureRegion? region = painter.Size is PictureSize size ? _region?.In(size) : null;
        (double Width, double Height)? shape = region is PictureRegion part ? (part.Width, part.Height)
            : painter.Size is PictureSize learned ? (learned.Width, learned.Height) : null;
        // The plane of a network that learned no picture is a square.
        TerminalView view = ViewOf(shape ?? (1, 1)), both = target is null ? view : Beside(view);
        Show(new ErrorContext(InputObject, painter.Name, painter.Provider), both, (pixels, stopping) =>
        {
            using var renderer = new ImageRenderer(painter.Network, painter.Provider);
            if (target is not null)
                pixels.Lay(view.Sample(target, region, stopping), view.Width, target.Channels);
            pixels.Lay(view.Paint(renderer, shape, region, stopping), view.Width, renderer.Channels, both.Width - view.Width);
        });
    }

    private void ShowDataset(PixelDataset dataset)
    {
        if (Reference)
            throw ReferenceMissing(dataset.Name);
        PictureRegion? region = _region?.In(new PictureSize(dataset.Width, dataset.Height));
        TerminalView view = ViewOf(region is PictureRegion part ? (part.Width, part.Height) : (dataset.Width, dataset.Height));
        Show(new ErrorContext(InputObject, ""), view, (pixels, stopping) => pixels.Lay(view.Sample(dataset, region, stopping), view.Width, dataset.Channels));
    }

    private void Show(ErrorContext context, TerminalView view, Action<TerminalPixels, CancellationToken> lay) =>
        Try(context, () => WriteObject(InBackground((_, stopping) =>
        {
            var pixels = new TerminalPixels(view.Width, view.Height);
            lay(pixels, stopping);
            return TerminalPicture.Encode(pixels, view.Protocol, view.Canvas, _throughTmux);
        })));

    private TerminalView ViewOf((double Width, double Height) shape)
    {
        TerminalCanvas room = TerminalWindow.Room(Host);
        if (Reference)
            room = new TerminalCanvas(Math.Max(1, (room.Columns - 1) / 2), room.Rows, room.CellWidth, room.CellHeight);
        return Valid(TerminalCanvas.Fit(shape.Width, shape.Height, room, Width, Height));
    }

    // A column between the two shows the terminal's background.
    private TerminalView Beside(TerminalView view) => Valid(new TerminalCanvas(
        2 * view.Canvas.Columns + 1, view.Canvas.Rows, view.Canvas.CellWidth, view.Canvas.CellHeight));

    private TerminalView Valid(TerminalCanvas canvas)
    {
        var view = new TerminalView(_protocol, canvas);
        view.Validate();
        return view;
    }

    private CommandException ReferenceMissing(string name) => new(
        ErrorIds.ReferenceMissing, ErrorCategory.InvalidArgument, InputObject,
        $"'{name}' comes without the picture that it learned. Pass on the training run, or leave out -Reference.");
}
