using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Runs networks for places of the picture, or for every pixel, and returns the colours.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "MlpNetwork", DefaultParameterSetName = PictureSet)]
[OutputType(typeof(PixelColor))]
public sealed class InvokeMlpNetworkCommand : StoppableCommand
{
    private const string PictureSet = "Picture", PlaceSet = "Place";
    private const int PixelsPerStrip = 1 << 16;

    // More places are worth the start of a thread for each processor core.
    private const int PlacesPerThread = 4096;

    private PlacePainter? _painter;
    private object? _painted;
    private bool _hasAllThreads;

    /// <summary>A training run, a network, or the path of a model file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Run", "Network")]
    public object[] InputObject { get; set; } = [];

    /// <summary>Places across: 0 is the left edge, 1 the right. The centre of column c is at (c + 0.5) / width.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PlaceSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public double[] X { get; set; } = [];

    /// <summary>Places down: 0 is the upper edge, 1 the lower. The centre of row r is at (r + 0.5) / height.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PlaceSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public double[] Y { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (object item in InputObject)
            Try(new ErrorContext(item), () =>
            {
                bool isPicture = ParameterSetName == PictureSet;
                PlacePainter painter = PainterOf(item, isPicture || Math.Max(X.Length, Y.Length) > PlacesPerThread);
                if (isPicture)
                    WritePicture(painter, item);
                else
                    WriteObject(painter.Colors(X, Y, StoppingToken), enumerateCollection: true);
            });
    }

    /// <summary>Ends the threads.</summary>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _painter?.Dispose();
    }

    private void WritePicture(PlacePainter painter, object item)
    {
        if (painter.Painter.Size is not PictureSize size)
            throw new CommandException(ErrorIds.SizeUnknown, ErrorCategory.InvalidArgument, item,
                "A network alone has no size, so there are no pixels. Give -X and -Y, or pass on the training run instead of its network.");
        int rowsPerStrip = Math.Clamp(PixelsPerStrip / size.Width, 1, size.Height);
        for (int row = 0; row < size.Height; row += rowsPerStrip)
        {
            int first = row, count = Math.Min(rowsPerStrip, size.Height - row);
            WriteObject(InBackground((_, stopping) => painter.Rows(size, first, count, stopping)), enumerateCollection: true);
        }
    }

    // Places that come one by one through the pipeline are of one network, whose threads and packed weights are kept.
    private PlacePainter PainterOf(object item, bool needsAllThreads)
    {
        if (_painter is not null && ReferenceEquals(_painted, item) && (_hasAllThreads || !needsAllThreads))
            return _painter;
        var painter = Painter.Require(ModelOf(item), Wanted.Run | Wanted.Network | Wanted.ModelFile).RequireFinite();
        _painter?.Dispose();
        _painter = new PlacePainter(painter, needsAllThreads ? null : 1);
        (_painted, _hasAllThreads) = (item, needsAllThreads);
        return _painter;
    }

    private object ModelOf(object item) => Argument.Unwrap(item) is string or FileSystemInfo
        ? LoadNetwork(FileResolver.Single(this, Argument.Unwrap(item)!, nameof(InputObject))) : item;
}
