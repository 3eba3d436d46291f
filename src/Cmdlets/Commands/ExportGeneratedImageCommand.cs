using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Lets a network paint and writes the picture to a file.</summary>
[Cmdlet(VerbsData.Export, "GeneratedImage", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportGeneratedImageCommand : ExportCommand
{
    private ExportTarget? _target;

    /// <summary>Pixels in a row; alone, it keeps the shape of the picture that was learned.</summary>
    [Parameter]
    [ValidateRange(1, PictureSize.MaxSide)]
    public int? Width { get; set; }

    /// <summary>Rows; alone, it keeps the shape of the picture that was learned.</summary>
    [Parameter]
    [ValidateRange(1, PictureSize.MaxSide)]
    public int? Height { get; set; }

    /// <summary>Times the size of the picture that was learned.</summary>
    [Parameter]
    public double? Scale { get; set; }

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
    [ValidateSet("png", "jpg", "webp", "tif", "avif")]
    public string Format { get; set; } = "png";

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Scale is not null && (Width is not null || Height is not null))
            ThrowTerminatingError(CommandErrors.InvalidOption(
                "-Scale and -Width or -Height contradict each other; give either the scale or the size.", Scale));
        if (Scale is double scale && !(scale > 0 && double.IsFinite(scale)))
            ThrowTerminatingError(CommandErrors.InvalidOption($"-Scale must be a number above 0, not {scale}.", Scale));
        _target = Target();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Painter.From(InputObject) is not Painter painter)
            WriteError(Painter.UnsupportedInputError(InputObject, "A training run or a network"));
        else if (!painter.Network.IsFinite)
            WriteError(painter.NotFiniteError());
        else if (TrySize(painter) is PictureSize size && _target is not null)
            Export(painter, size, _target);
    }

    private ExportTarget? Target()
    {
        bool formatGiven = MyInvocation.BoundParameters.ContainsKey(nameof(Format));
        var ending = new ExportEnding("-painted", "." + Format.ToLowerInvariant());
        ExportTarget? target = Target(ending, "picture", PictureWriter.SupportedExtensions);
        if (target is { IsFolder: false } && formatGiven)
            ThrowTerminatingError(CommandErrors.InvalidOption(
                $"-Format is for writing into a folder; the format of the file '{Path}' goes by its extension. Leave out one of the two.",
                Format));
        return target;
    }

    private PictureSize? TrySize(Painter painter)
    {
        try
        {
            if (painter.Size is PictureSize learned)
                return PictureSize.Of(learned, Width, Height, Scale ?? 1);
            if (Width is int width && Height is int height)
                return new PictureSize(width, height);
            WriteError(CommandErrors.Of(ErrorIds.SizeUnknown, ErrorCategory.InvalidArgument, InputObject,
                "A network alone has no size. Give both -Width and -Height, or pass on the training run instead of its network."));
        }
        catch (ArgumentException exception)
        {
            WriteError(CommandErrors.InvalidOption(exception, InputObject));
        }
        return null;
    }

    private void Export(Painter painter, PictureSize size, ExportTarget target)
    {
        string file = target.NextFile(painter.Name);
        if (!ShouldProcess(file, $"Paint a picture of {size.Width} x {size.Height} pixels"))
            return;
        if (!TryPrepare(target, file))
            return;
        try
        {
            Write(painter, size, file);
            WriteVerboseLine($"Wrote '{file}': {size.Width} x {size.Height}, {BitDepth} bit.");
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

    private void Write(Painter painter, PictureSize size, string file)
    {
        var options = new PictureWriteOptions
        {
            Quality = Quality,
            BitDepth = BitDepth,
            Channels = painter.Network.OutputCount,
            Overwrite = Force,
        };
        var activity = new ProgressActivity(this, $"Painting {System.IO.Path.GetFileName(file)}");
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
                    renderer.Render(size.Width, size.Height, firstRow, rowCount, colors, stopping);
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
