using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Measures how well a painted picture agrees with its original.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "GeneratedImage")]
[OutputType(typeof(GeneratedImageQuality))]
public sealed class MeasureGeneratedImageCommand : StoppableCommand
{
    /// <summary>Training runs, experiments' rows that have their runs, networks, datasets, or pictures' files.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public object[] InputObject { get; set; } = [];

    /// <summary>What to compare with: a path, a dataset or a training run. By default, a run is compared with what it learned.</summary>
    [Parameter(Position = 1)]
    [Single(PictureSource.Forms)]
    [ValidateNotNull]
    public PictureSource? Reference { get; set; }

    // The alpha of a painted picture is one of its colours here, and not a mask.
    private static readonly PictureReadOptions WithAlpha = new() { KeepAlpha = true };

    /// <summary>
    /// What comes through the pipeline, which <see cref="InputObject"/> cannot take where a value was given by position:
    /// <c>$run | Measure-GeneratedImage ./photo.png</c>.
    /// </summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public object? PipelineObject { get; set; }

    private ReferencePicture? _reference;
    private object _current = null!;
    private bool _isReferenceByPosition;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        PictureSource? reference = Reference;
        _isReferenceByPosition = MyInvocation.ExpectingInput && IsGiven(nameof(InputObject));
        if (_isReferenceByPosition)
            Require(new ErrorContext(InputObject), () => reference = ReferenceByPosition());
        _reference = RequireReference(reference);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (object item in _isReferenceByPosition ? [PipelineObject!] : InputObject)
        {
            _current = item;
            Try(new ErrorContext(item), () => Measure(item));
        }
    }

    // Beside what comes through the pipeline, a value alone is what to compare with.
    private PictureSource ReferenceByPosition() => (Reference, InputObject) switch
    {
        (null, [object value]) => LanguagePrimitives.TryConvertTo(value, out PictureSource? source)
            ? source! : throw new CommandException(CommandErrors.UnsupportedInput(value, Wanted.Run | Wanted.Dataset | Wanted.PictureFile)),
        _ => throw new ArgumentException(
            "What to measure comes through the pipeline, and is also given as a parameter. Give one of them, and a picture as -Reference."),
    };

    private void Measure(object item)
    {
        if (Painter.From(item)?.RequireFinite() is Painter painter)
            MeasurePainter(painter, _reference?.For(painter.Network) ?? painter.Dataset ?? throw ReferenceMissing());
        else
            foreach (PixelDataset picture in Datasets(item))
                Try(new ErrorContext(item), () => MeasurePicture(picture, _reference?.Read(WithAlpha) ?? throw ReferenceMissing()));
    }

    // A network has no size: it paints at the reference's.
    private void MeasurePainter(Painter painter, PixelDataset reference)
    {
        if (painter.GivesBackPicture(new PaintedView(new PictureSize(reference.Width, reference.Height), null)))
            WriteWarning(painter.WarningOfComparison);
        IReadOnlyList<ImageQuality> qualities = InBackground((_, stopping) =>
        {
            using var renderer = new ImageRenderer(painter.Network, painter.Provider);
            RowSource rows = (firstRow, rowCount, colors) =>
                renderer.Render(reference.Width, reference.Height, firstRow, rowCount, colors, stopping);
            return QualityMeter.Measure(reference, painter.Network.OutputCount, rows, stopping);
        });
        long bytes = painter.Run is TrainingRun run ? ModelFile.LengthOf(run) : ModelFile.LengthOf(painter.Network);
        Write(painter.Name, reference, qualities, painter.Network, 8.0 * bytes / reference.PixelCount);
    }

    private void MeasurePicture(PixelDataset picture, PixelDataset reference)
    {
        if ((picture.Width, picture.Height) != (reference.Width, reference.Height))
            throw new CommandException(CommandErrors.SizeMismatch(picture, reference, _current));
        IReadOnlyList<ImageQuality> qualities = InBackground((_, stopping) =>
            QualityMeter.Measure(reference, picture.Channels, picture.CopyRows, stopping));
        Write(picture.Name, reference, qualities, network: null, bitsPerPixel: null);
    }

    private List<PixelDataset> Datasets(object value)
    {
        switch (Rehydration.Live(value))
        {
            case PixelDataset dataset:
                return [dataset];
            case FileInfo file:
                return Read(new FileResolver(this).ExistingLiteral(file.FullName));
            case string path:
                return Read(new FileResolver(this).ExistingLiteralOrPattern(path));
            default:
                throw new CommandException(CommandErrors.UnsupportedInput(value, Wanted.Run | Wanted.Network | Wanted.Dataset | Wanted.PictureFile));
        }
    }

    private List<PixelDataset> Read(IReadOnlyList<string> files)
    {
        List<PixelDataset> pictures = [];
        foreach (string file in files)
            Try(new ErrorContext(File: file), () => pictures.Add(ReadPicture(file, WithAlpha)));
        return pictures;
    }

    private void Write(string name, PixelDataset reference, IReadOnlyList<ImageQuality> qualities, Mlp? network, double? bitsPerPixel)
    {
        foreach (ImageQuality quality in qualities)
            WriteObject(new GeneratedImageQuality
            {
                Name = name,
                Reference = reference.Name,
                Width = quality.Width,
                Height = quality.Height,
                Psnr = quality.Psnr,
                Mae = quality.Mae,
                Ssim = quality.Ssim,
                MsSsim = quality.MsSsim,
                ParameterCount = network?.ParameterCount,
                WeightCount = network?.WeightCount,
                Pixels = quality.Pixels,
                PixelCount = quality.PixelCount,
                BitsPerPixel = bitsPerPixel,
            });
    }

    private CommandException ReferenceMissing() => new(ErrorIds.ReferenceMissing, ErrorCategory.InvalidArgument, _current,
        "There is nothing to compare with. As -Reference, give a picture's path, a dataset or a training run.");
}
