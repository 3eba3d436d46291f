using MonaLisa.Engine.Output;
using MonaLisa.Engine.Platform;
using MonaLisa.Engine.Storage;

namespace MonaLisa.Engine;

/// <summary>A format that networks are exported in, for other programs to show or run.</summary>
public abstract class NetworkExport
{
    /// <summary>
    /// ONNX models, which ONNX Runtime and many other programs run; docs/onnx.md describes them. The input <c>coordinates</c> is
    /// <c>[pixels, 2]</c>, the centres of any number of pixels, <c>((x + 0.5) / width, (y + 0.5) / height)</c>; the output <c>colors</c> is
    /// <c>[pixels, outputs]</c>, in [0, 1]. Encoding, coordinate convention and colour range are inside the model.
    /// </summary>
    public static NetworkExport Onnx { get; } = new OnnxFile();

    /// <summary>
    /// Shadertoy image shaders, for small networks: one text in GLSL ES 3.00 that paints the picture with <c>mainImage</c>, the weights
    /// constants in it. docs/shader.md describes how to use it and how the limits were found.
    /// </summary>
    public static NetworkExport Glsl { get; } = new GlslFile();

    /// <summary>
    /// Pages: one HTML file that a browser with WebGL 2 opens from a folder, without a server or a connection, and in which the network
    /// paints the picture at any zoom. docs/shader.md describes them.
    /// </summary>
    public static NetworkExport Html { get; } = new HtmlFile();

    /// <summary>The extension of the files, with its dot.</summary>
    public abstract string Extension { get; }

    /// <summary>The format in a few words.</summary>
    public abstract string Description { get; }

    /// <summary>Saves the network of a training run, with facts of the run, as the other overload does.</summary>
    public void Save(TrainingRun run, string path, bool overwrite = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        Save(run.Network.WithTraining(run.Facts()), path, overwrite, cancellationToken);
    }

    /// <summary>
    /// Saves a network. The file gets its name in one step when it is complete; a failed or cancelled save leaves the folder as it was.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file to write; taken literally, whatever characters it has.</param>
    /// <param name="overwrite">Whether an existing file is replaced.</param>
    /// <param name="cancellationToken">Stops the saving.</param>
    /// <exception cref="ModelFileException">
    /// The file cannot be written, a weight is not finite, the network is too large for the format, or the format needs the learned
    /// picture's size, which <see cref="Mlp.Training"/> does not have.
    /// </exception>
    /// <exception cref="OperationCanceledException">The saving was cancelled.</exception>
    public void Save(Mlp network, string path, bool overwrite = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentException.ThrowIfNullOrEmpty(path);
        path = Path.GetFullPath(path);
        Action<Stream> write = Prepare(network, path, cancellationToken);
        ReplacementFile.Save(path, overwrite, StoredFile.ErrorFor, file =>
        {
            ModelFile.RequireFinite(network, ModelPrecision.Single, path);
            file.Write(write);
        }, cancellationToken);
    }

    /// <summary>Returns what writes a network's file; throws where the format cannot hold the network.</summary>
    private protected abstract Action<Stream> Prepare(Mlp network, string path, CancellationToken cancellationToken);
}
