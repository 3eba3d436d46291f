namespace MonaLisa.Engine.Output;

/// <summary>
/// Exports networks as pages: one HTML file that a browser with WebGL 2 opens from a folder, without a server or a connection, and in which
/// the network paints the picture at any zoom. docs/shader.md describes them.
/// </summary>
internal sealed class HtmlFile : NetworkExport
{
    /// <summary>
    /// The most numbers, with the zeros that fill up vectors of four: those of a texture of 2048 x 2048 texels, the largest that every
    /// WebGL 2 has. Such a page is 90 MB long.
    /// </summary>
    public const int MaxValueCount = 1 << 24;

    /// <summary>
    /// The most neurons of a hidden layer that feeds another one, and the most features of an encoding: a pixel keeps two such layers, and
    /// Direct3D has 4096 registers of four numbers for that and all else.
    /// </summary>
    public const int MaxKeptWidth = 4096;

    /// <summary>The most texels of four numbers.</summary>
    public const int MaxTexelCount = MaxValueCount / Quads.Width;

    /// <inheritdoc/>
    public override string Extension => PageExtension;

    /// <inheritdoc/>
    public override string Description => "a page for browsers with WebGL 2";

    private protected override bool Holds(InputEncoding encoding) => encoding is LatentEncoding or NeighborhoodEncoding;

    private protected override Action<Stream> Prepare(Mlp network, string path, CancellationToken cancellationToken)
    {
        PageContent content = network.Encoding switch
        {
            EncodingKind.Latent => new LatentContent(network),
            EncodingKind.Neighborhood => new NeighborhoodContent(network),
            _ => new NetworkContent(network),
        };
        if (content.MostTexels > MaxTexelCount)
            throw content.PixelCount is long pixels
                ? TooLarge($"the network's picture has {pixels} pixels, and a page holds at most {MaxTexelCount * pixels / content.MostTexels}",
                    "Make the picture smaller with New-PixelDataset -MaxSize before it is learned")
                : TooLarge($"the network needs {content.TexelCount * Quads.Width} numbers, and a page holds at most {MaxValueCount}",
                    "Train a smaller network, for example with New-PixelDataset -MaxSize");
        if (content.KeptWidth > MaxKeptWidth)
            throw TooLarge(
                $"the network has {content.KeptWidth} features, or neurons that feed another layer, and a page keeps at most {MaxKeptWidth}",
                "Train a network with narrower hidden layers");
        return stream => new HtmlPage(network, content).Write(stream, cancellationToken);

        ModelFileException TooLarge(FormattableString what, string remedy) => new(ModelFileProblem.TooLarge, path,
            $"'{path}' cannot be written: {FormattableString.Invariant(what)}. {remedy}, or save a model file (-Format {ModelFormat.Safetensors}, {ModelFile.Extension}).");
    }
}
