using System.Management.Automation;
using MonaLisa.Engine;
using MonaLisa.Engine.Storage;

namespace MonaLisa.PowerShell;

/// <summary>Lets a network paint and writes the picture to a file.</summary>
[Cmdlet(VerbsData.Export, "GeneratedImage", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportGeneratedImageCommand : SizedExportCommand
{
    private RegionChoice? _region;

    /// <summary>
    /// x, y, width and height of the part of the learned picture to paint, in its pixels; size and shape of the painted picture then go
    /// by the region.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public double[]? Region { get; set; }

    /// <summary>Quality of the lossy formats, 1 to 100.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public int? Quality { get; set; }

    /// <summary>Bits a sample: 8, or 16 for PNG and TIFF.</summary>
    [Parameter]
    [ValidateSet("8", "16")]
    public int BitDepth { get; set; } = 8;

    /// <summary>The format of the pictures written into a folder, by its extension.</summary>
    [Parameter]
    [Choice<PictureFileFormat>]
    [ArgumentCompleter(typeof(ChoiceCompleter<PictureFileFormat>))]
    public Choice<PictureFileFormat> Format { get; set; } = PictureFileFormat.Png;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        // What is wrong for every picture is found before the first; whether the region lies inside is each picture's own question.
        CheckOptions(() => _region = RegionChoice.Of(Region), Region);
        SettleTarget();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (TryPainter() is Painter painter && TryView(painter) is PaintedView view && TargetOfObject() is ExportTarget target)
            Export(painter, view, target);
    }

    private protected override ExportTarget? TargetAt(string given)
    {
        var ending = new ExportEnding("-painted", "." + Format.ToString().ToLowerInvariant());
        ExportTarget? target = Target(given, ending, "picture", PictureWriter.SupportedExtensions);
        return target is { IsFolder: false } && IsGiven(nameof(Format))
            ? throw FormatOfFile(given, Format)
            : target;
    }

    private PaintedView? TryView(Painter painter)
    {
        try
        {
            if (painter.Size is PictureSize learned)
                return _region is RegionChoice region
                    ? new PaintedView(PictureSize.Of(region.Width, region.Height, Width, Height, Scale ?? 1), region.In(learned))
                    : new PaintedView(PictureSize.Of(learned, Width, Height, Scale ?? 1), null);
            if (Region is null && Width is int width && Height is int height)
                return new PaintedView(new PictureSize(width, height), null);
            WriteError(CommandErrors.Of(ErrorIds.SizeUnknown, ErrorCategory.InvalidArgument, InputObject, Region is null
                ? "A network alone has no size. Give both -Width and -Height, or pass on the training run instead of its network."
                : "A network alone has no size, so there are no pixels to give a -Region in. Pass on the training run instead of its " +
                  "network, or leave out -Region and give both -Width and -Height."));
        }
        catch (ArgumentException exception)
        {
            WriteError(CommandErrors.InvalidOption(exception, InputObject));
        }
        return null;
    }

    private void Export(Painter painter, PaintedView view, ExportTarget target)
    {
        PictureSize size = view.Size;
        string file = target.NextFile(painter.Name);
        if (!ShouldProcess(file, $"Paint a picture of {size.Width} x {size.Height} pixels{RegionText(view)}"))
            return;
        if (!TryPrepare(target, file))
            return;
        try
        {
            Write(painter, view, file);
            WriteVerboseLine($"Wrote '{file}': {size.Width} x {size.Height}{RegionText(view)}, {BitDepth} bit.");
        }
        catch (PictureException exception)
        {
            WriteError(CommandErrors.Picture(exception, file));
            return;
        }
        catch (ArgumentException exception)
        {
            WriteError(CommandErrors.InvalidOption(exception, file));
            return;
        }
        if (PassThru)
            WriteObject(ItemOf(file));
    }

    private static string RegionText(PaintedView view) => view.Region is PictureRegion region ? $", the region {region}" : "";

    private void Write(Painter painter, PaintedView view, string file)
    {
        PictureSize size = view.Size;
        var options = new PictureWriteOptions
        {
            Quality = Quality,
            BitDepth = BitDepth,
            Channels = painter.Network.OutputCount,
            Overwrite = Force,
        };
        var activity = new ProgressActivity(WriteProgress, $"Painting {System.IO.Path.GetFileName(file)}");
        var throttle = new ProgressThrottle();
        // A picture that is done before the first interval is over needs no progress at all.
        _ = throttle.TryPass();
        try
        {
            InBackground((post, stopping) =>
            {
                using var renderer = new ImageRenderer(painter.Network, painter.Provider);
                RowSource rows = (firstRow, rowCount, colors) =>
                {
                    view.Render(renderer, firstRow, rowCount, colors, stopping);
                    int done = firstRow + rowCount;
                    if (throttle.TryPass())
                        post(() => activity.Show($"row {done} of {size.Height}", (double)done / size.Height));
                };
                PictureWriter.Write(file, size.Width, size.Height, rows, options, stopping);
                return true;
            }, cleansUp: true);
        }
        finally
        {
            activity.Complete();
        }
    }
}
