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
    private ReferencePicture? _reference;
    private object _current = null!;

    /// <summary>Training runs, experiments' rows that have their runs, networks or datasets.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Run", "Network", "Dataset")]
    public object[] InputObject { get; set; } = [];

    /// <summary>Columns of characters; alone, it keeps the picture's shape.</summary>
    [Parameter]
    [Single]
    [ValidateRange(1, TerminalCanvas.MaxCells)]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    public Count? Width { get; set; }

    /// <summary>Rows of characters; alone, it keeps the picture's shape.</summary>
    [Parameter]
    [Single]
    [ValidateRange(1, TerminalCanvas.MaxCells)]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    public Count? Height { get; set; }

    /// <summary>x, y, width and height of the part of the picture to show, in its pixels.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    public double[]? Region { get; set; }

    /// <summary>Shows what a run learned to the left of what it paints.</summary>
    [Parameter]
    public SwitchParameter SideBySide { get; set; }

    /// <summary>
    /// The picture to show to the left: a path, a dataset or a training run. By default it is what a run learned, with -SideBySide.
    /// </summary>
    [Parameter]
    [Single(PictureSource.Forms)]
    [ValidateNotNull]
    public PictureSource? Reference { get; set; }

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
        _reference = RequireReference(Reference);
        var terminal = TerminalCapabilities.Of(this);
        _protocol = Enum.TryParse(Protocol.ToString(), out TerminalProtocol given) ? given : terminal.Protocol;
        _throughTmux = terminal.IsInTmux;
        WriteVerboseLine($"Protocol: {_protocol}.");
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (object item in InputObject)
        {
            _current = item;
            Try(new ErrorContext(item), () => Show(item));
        }
    }

    private bool ShowsTwo => SideBySide || _reference is not null;

    private void Show(object item)
    {
        if (Painter.From(item)?.RequireFinite() is Painter painter)
            ShowPainter(painter);
        else if (Rehydration.Live(item) is not PixelDataset dataset)
            throw new CommandException(CommandErrors.UnsupportedInput(item, Wanted.Run | Wanted.Network | Wanted.Dataset));
        else
            ShowDataset(dataset);
    }

    private void ShowPainter(Painter painter)
    {
        PixelDataset? original = !ShowsTwo ? null
            : _reference?.For(painter.Network) ?? painter.Dataset ?? throw ReferenceMissing(
                $"'{painter.Name}' comes without the picture that it learned. Give the picture as -Reference, pass on the training run");
        PictureSize? size = painter.Size ?? (original is null ? null : new PictureSize(original.Width, original.Height));
        if (_region is not null && size is null)
            throw new CommandException(ErrorIds.SizeUnknown, ErrorCategory.InvalidArgument, _current,
                "A network alone has no size, so there are no pixels to give a -Region in. Pass on the training run instead of its " +
                "network, or leave out -Region.");
        PictureRegion? region = size is PictureSize whole ? _region?.In(whole) : null;
        (double Width, double Height)? shape = region is PictureRegion part ? (part.Width, part.Height)
            : size is PictureSize learned ? (learned.Width, learned.Height) : null;
        // The plane of a network that learned no picture is a square.
        Show(new ErrorContext(_current, Provider: painter.Provider), shape ?? (1, 1), original, region, (view, stopping) =>
        {
            using var renderer = new ImageRenderer(painter.Network, painter.Provider);
            return (view.Paint(renderer, shape, region, stopping), renderer.Channels);
        });
    }

    private void ShowDataset(PixelDataset dataset)
    {
        if (SideBySide && _reference is null)
            throw ReferenceMissing($"'{dataset.Name}' is the picture itself, and -SideBySide shows two. Give another picture as -Reference");
        PictureRegion? region = _region?.In(new PictureSize(dataset.Width, dataset.Height));
        (double Width, double Height) shape = region is PictureRegion part ? (part.Width, part.Height) : (dataset.Width, dataset.Height);
        PixelDataset? original = _reference?.Read(new PictureReadOptions());
        Show(new ErrorContext(_current), shape, original, region,
            (view, stopping) => (view.Sample(dataset, region, stopping), dataset.Channels));
    }

    private void Show(
        ErrorContext context, (double Width, double Height) shape, PixelDataset? original, PictureRegion? region,
        Func<TerminalView, CancellationToken, (float[] Colors, int Channels)> paint)
    {
        TerminalView view = ViewOf(shape), both = original is null ? view : Beside(view);
        Show(context, both, (pixels, stopping) =>
        {
            if (original is not null)
                pixels.Lay(view.Sample(original, PartOf(original, region), stopping), view.Width, original.Channels);
            (float[] colors, int channels) = paint(view, stopping);
            pixels.Lay(colors, view.Width, channels, both.Width - view.Width);
        });
    }

    // The same part of a picture of another size.
    private static PictureRegion? PartOf(PixelDataset picture, PictureRegion? region)
    {
        if (region is not PictureRegion part)
            return null;
        double across = (double)picture.Width / part.PictureWidth, down = (double)picture.Height / part.PictureHeight;
        return new PictureRegion(
            part.X * across, part.Y * down, part.Width * across, part.Height * down, picture.Width, picture.Height);
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
        if (ShowsTwo)
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

    private CommandException ReferenceMissing(string message) =>
        new(ErrorIds.ReferenceMissing, ErrorCategory.InvalidArgument, _current, $"{message}, or leave out -SideBySide.");
}
