using System.Management.Automation;
using MonaLisa.Engine;
using MonaLisa.Engine.Platform;
using MonaLisa.Engine.Storage;

namespace MonaLisa.PowerShell;

/// <summary>Writes what the neurons of a layer respond to over the picture, as a sheet of tiles.</summary>
[Cmdlet(VerbsData.Export, "NeuronImage", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportNeuronImageCommand : ExportCommand
{
    private const int MostByDefault = 64, DefaultTileSize = 96, MaxTileSize = 8192, MaxColumns = 1024;

    /// <summary>The most responses along each side of a tile's pixel that it shows the mean of.</summary>
    private const int MostSamplesAcross = 4;

    /// <summary>The layer: 1 is the first hidden one, 0 the features of an encoding.</summary>
    [Parameter]
    [ValidateRange(0, MlpDesign.MaxDepth)]
    public int? Layer { get; set; } = 1;

    /// <summary>Which neurons, from 0. The default is all, up to 64.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public int[]? Neuron { get; set; }

    /// <summary>Pixels along the longer side of a tile, which has the picture's shape.</summary>
    [Parameter]
    [Single]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    [ValidateRange(1, MaxTileSize)]
    public Count TileSize { get; set; } = new(DefaultTileSize);

    /// <summary>Tiles in a row. By default the sheet is about square.</summary>
    [Parameter]
    [Single]
    [ValidateRange(1, MaxColumns)]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    public Count? Column { get; set; }

    private int LayerNumber => Layer ?? 1;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        SettleTarget();
    }

    private protected override ExportTarget TargetAt(string given) =>
        Target(given, new ExportEnding($"-layer-{LayerNumber}", ".png"), "picture", PictureWriter.SupportedExtensions);

    private protected override void Export()
    {
        Painter painter = Painter.Require(Current).RequireFinite();
        int[] neurons = NeuronsOf(painter);
        ExportTarget target = TargetOfObject();
        string file = FileFor(target, painter.Name, painter.Dataset?.Path);
        string task = $"Write {Counted.Text(neurons.Length, "neuron")} of layer {LayerNumber} of '{painter.Name}' as a picture";
        Write(target, file, task, painter.Provider, () =>
        {
            NeuronSheet sheet = InBackground((_, stopping) => Write(painter, neurons, file, stopping), cleansUp: true);
            WriteVerboseLine($"Wrote '{file}': {sheet.Width} x {sheet.Height}, {sheet.TileCount} tiles in rows of {sheet.Columns}.");
        });
    }

    private int[] NeuronsOf(Painter painter)
    {
        int count = LayerRenderer.CountOf(painter.Network, LayerNumber);
        if (Neuron is null)
        {
            if (count > MostByDefault)
                WriteWarning($"Layer {LayerNumber} of '{painter.Name}' has {count} neurons; the sheet shows the first {MostByDefault}. " +
                    "Use -Neuron for others.");
            return [.. Enumerable.Range(0, Math.Min(count, MostByDefault))];
        }
        foreach (int neuron in Neuron)
            if (neuron < 0 || neuron >= count)
                throw new ArgumentException($"Layer {LayerNumber} of '{painter.Name}' has neurons 0 to {count - 1}, and no {neuron}.");
        return Neuron;
    }

    private NeuronSheet Write(Painter painter, int[] neurons, string file, CancellationToken stopping)
    {
        // The plane of a network that learned no picture is a square.
        PictureSize shape = painter.Size ?? new PictureSize(1, 1);
        double scale = (double)TileSize / Math.Max(shape.Width, shape.Height);
        PictureSize tile = PictureSize.Of(shape, null, null, scale);
        int samplesAcross = (int)Math.Clamp(Math.Ceiling(1 / scale), 1, MostSamplesAcross);
        using var layer = new LayerRenderer(painter.Network, LayerNumber, painter.Provider);
        var sheet = new NeuronSheet(layer, neurons, tile.Width, tile.Height, Column, samplesAcross, stopping);
        PictureWriter.Write(file, sheet.Width, sheet.Height, sheet.CopyRows, new PictureWriteOptions { Overwrite = Force }, stopping);
        return sheet;
    }
}
