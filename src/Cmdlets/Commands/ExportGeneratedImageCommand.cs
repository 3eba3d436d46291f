using System.Management.Automation;
using MonaLisa.Engine;
using MonaLisa.Engine.Storage;

namespace MonaLisa.PowerShell;

/// <summary>Paints with a network and writes the picture to a file.</summary>
[Cmdlet(VerbsData.Export, "GeneratedImage", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportGeneratedImageCommand : SizedExportCommand
{
    private RegionChoice? _region;

    /// <summary>
    /// x, y, width and height of the part of the learned picture to paint, in its pixels; the painted picture then has the region's size
    /// and shape.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    public double[]? Region { get; set; }

    /// <summary>Quality of the lossy formats, 1 to 100.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public int? Quality { get; set; }

    /// <summary>Bits a sample: 8, or 16 for PNG and TIFF.</summary>
    [Parameter]
    [ValidateSet("8", "16")]
    public int? BitDepth { get; set; } = 8;

    /// <summary>The format of the pictures written into a folder, by its extension.</summary>
    [Parameter]
    [OneValue]
    [ArgumentCompleter(typeof(ChoiceCompleter<PictureFileFormat>))]
    public Choices.PictureFormat Format { get; set; } = new(PictureFileFormat.Png);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        // What is wrong for every picture is found before the first. Whether the region lies inside depends on the picture.
        Require(new ErrorContext(Region), () => _region = RegionChoice.Of(Region));
        SettleTarget();
    }

    private protected override ExportTarget TargetAt(string given)
    {
        var ending = new ExportEnding("-painted", "." + Format.ToString().ToLowerInvariant());
        ExportTarget target = Target(given, ending, "picture", PictureWriter.SupportedExtensions);
        return !target.IsFolder && IsGiven(nameof(Format))
            ? throw FormatOfFile(given, Format)
            : target;
    }

    private protected override void Export()
    {
        Painter painter = Painter.Require(Current).RequireFinite();
        PaintedView view = ViewOf(painter);
        ExportTarget target = TargetOfObject();
        if (painter.GivesBackPicture(view))
            WriteWarning(
                $"The network of '{painter.Name}' enlarges its picture. At this size it paints the picture as it is; give -Scale 2 or more.");
        string file = FileFor(target, painter.Name, painter.Dataset?.Path);
        string region = view.Region is PictureRegion part ? $", the region {part}" : "";
        Write(target, file, $"Paint a picture of {view.Size.Width} x {view.Size.Height} pixels{region}", painter.Provider, () =>
        {
            Write(painter, view, file, target.IsFolder);
            WriteVerboseLine($"Wrote '{file}': {view.Size.Width} x {view.Size.Height}{region}, {BitDepth} bit.");
        });
    }

    private PaintedView ViewOf(Painter painter)
    {
        if (painter.Size is PictureSize learned)
            return _region is RegionChoice region
                ? new PaintedView(PictureSize.Of(region.Width, region.Height, Width, Height, Scale ?? 1), region.In(learned))
                : new PaintedView(PictureSize.Of(learned, Width, Height, Scale ?? 1), null);
        if (Region is null && (int?)Width is int width && (int?)Height is int height)
            return new PaintedView(new PictureSize(width, height), null);
        throw new CommandException(ErrorIds.SizeUnknown, ErrorCategory.InvalidArgument, Current, Region is null
            ? "A network alone has no size. Give both -Width and -Height, or pass on the training run instead of its network."
            : "A network alone has no size, so there are no pixels to give a -Region in. Pass on the training run instead of its " +
              "network, or leave out -Region and give both -Width and -Height.");
    }

    private void Write(Painter painter, PaintedView view, string file, bool isFormatChosen)
    {
        PictureSize size = view.Size;
        var options = new PictureWriteOptions
        {
            Quality = Quality,
            BitDepth = BitDepth ?? 8,
            Channels = painter.Network.OutputCount,
            PixelsPerInch = painter.Dataset?.PixelsPerInch,
            IsFormatChosen = isFormatChosen,
            Overwrite = Force,
        };
        // A picture that is done within the first interval needs no progress.
        InBackground($"Painting {System.IO.Path.GetFileName(file)}", "row", size.Height, (showDone, stopping) =>
        {
            using var renderer = new ImageRenderer(painter.Network, painter.Provider);
            RowSource rows = (firstRow, rowCount, colors) =>
            {
                view.Render(renderer, firstRow, rowCount, colors, stopping);
                showDone(firstRow + rowCount);
            };
            PictureWriter.Write(file, size.Width, size.Height, rows, options, stopping);
        }, showsFirst: false);
    }
}
