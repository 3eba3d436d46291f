using MonaLisa.Engine.Output;

namespace MonaLisa.Engine;

/// <summary>
/// Saves networks as pages: one HTML file that a browser with WebGL 2 opens from a folder, without a server or a connection, and in which
/// the network paints the picture at any zoom. docs/shader.md tells more.
/// </summary>
public static class HtmlFile
{
    /// <summary>The extension of pages, with its dot.</summary>
    public const string Extension = ".html";

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

    /// <summary>Saves the network of a training run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="path">The file to write; taken literally, whatever characters it has.</param>
    /// <param name="overwrite">Whether a file that is there already is replaced.</param>
    /// <param name="cancellationToken">Stops the saving.</param>
    /// <exception cref="ModelFileException">As for a network.</exception>
    /// <exception cref="OperationCanceledException">The saving was cancelled.</exception>
    public static void Save(TrainingRun run, string path, bool overwrite = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        Save(run.Network.WithTraining(run.Facts()), path, overwrite, cancellationToken);
    }

    /// <summary>
    /// Saves a network. The file takes its place in one step when it is complete; a failed or cancelled save leaves the folder as it was.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file to write; taken literally, whatever characters it has.</param>
    /// <param name="overwrite">Whether a file that is there already is replaced.</param>
    /// <param name="cancellationToken">Stops the saving.</param>
    /// <exception cref="ModelFileException">
    /// The file cannot be written, a weight is not finite, or the network is larger than <see cref="MaxValueCount"/> or
    /// <see cref="MaxKeptWidth"/> allows.
    /// </exception>
    /// <exception cref="OperationCanceledException">The saving was cancelled.</exception>
    public static void Save(Mlp network, string path, bool overwrite = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentException.ThrowIfNullOrEmpty(path);
        path = Path.GetFullPath(path);
        var page = new HtmlPage(network);
        RequireFitting(page, path);
        ExportedFile.Write(network, path, overwrite, stream => page.Write(stream, cancellationToken), cancellationToken);
    }

    private static void RequireFitting(HtmlPage page, string path)
    {
        long values = page.TexelCount * Quads.Width;
        if (values > MaxValueCount)
            throw TooLarge($"the network needs {values} numbers, and a page holds at most {MaxValueCount}",
                "Train a smaller network, for example with New-PixelDataset -MaxSize");
        if (page.KeptWidth > MaxKeptWidth)
            throw TooLarge(
                $"the network has {page.KeptWidth} features, or neurons that feed another layer, and a page keeps at most {MaxKeptWidth}",
                "Train a network with narrower hidden layers");

        ModelFileException TooLarge(FormattableString what, string remedy) => new(ModelFileProblem.TooLarge, path,
            $"'{path}' cannot be written: {FormattableString.Invariant(what)}. {remedy}, or save a model file ({ModelFile.Extension}).");
    }
}
