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

    /// <inheritdoc/>
    public override string Extension => PageExtension;

    /// <inheritdoc/>
    public override string Description => "a page for browsers with WebGL 2";

    private protected override Action<Stream> Prepare(Mlp network, string path, CancellationToken cancellationToken)
    {
        var page = new HtmlPage(network);
        long values = page.TexelCount * Quads.Width;
        if (values > MaxValueCount)
            throw TooLarge($"the network needs {values} numbers, and a page holds at most {MaxValueCount}",
                "Train a smaller network, for example with New-PixelDataset -MaxSize");
        if (page.KeptWidth > MaxKeptWidth)
            throw TooLarge(
                $"the network has {page.KeptWidth} features, or neurons that feed another layer, and a page keeps at most {MaxKeptWidth}",
                "Train a network with narrower hidden layers");
        return stream => page.Write(stream, cancellationToken);

        ModelFileException TooLarge(FormattableString what, string remedy) => new(ModelFileProblem.TooLarge, path,
            $"'{path}' cannot be written: {FormattableString.Invariant(what)}. {remedy}, or save a model file ({ModelFile.Extension}).");
    }
}
