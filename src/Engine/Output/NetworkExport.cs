using MonaLisa.Engine.Platform;
using MonaLisa.Engine.Storage;

namespace MonaLisa.Engine.Output;

/// <summary>A format that networks are exported in, for other programs to show or run.</summary>
internal abstract class NetworkExport
{
    /// <summary>The extension of pages, with its dot.</summary>
    private protected const string PageExtension = ".html";

    /// <summary>The extension of the files, with its dot.</summary>
    public abstract string Extension { get; }

    /// <summary>The format in a few words.</summary>
    public abstract string Description { get; }

    /// <summary>Whether the format has a place for a network that has its picture in it.</summary>
    private protected virtual bool Holds(InputEncoding encoding) => false;

    /// <summary>Saves the network of a training run, with facts of the run, as the other overload does.</summary>
    public void Save(TrainingRun run, string path, bool overwrite = false, CancellationToken cancellationToken = default)
    {
        Save(run.Network.WithTraining(run.Facts()), path, overwrite, cancellationToken);
    }

    /// <summary>
    /// Saves a network. The file gets its name in one step when it is complete; a failed or cancelled save leaves the folder as it was.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file to write; wildcard characters are taken literally.</param>
    /// <param name="overwrite">Whether an existing file is replaced.</param>
    /// <param name="cancellationToken">Stops the saving.</param>
    /// <exception cref="ModelFileException">
    /// The file cannot be written, a weight is not finite, the network is too large for the format, or the format needs the learned
    /// picture's size, which <see cref="Mlp.Training"/> does not have.
    /// </exception>
    /// <exception cref="OperationCanceledException">The saving was cancelled.</exception>
    public void Save(Mlp network, string path, bool overwrite = false, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        path = Path.GetFullPath(path);
        if (!Holds(network.Design.Encoding))
            PictureNetworkFiles.Refuse(network, path, Description);
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
