using MonaLisa.Engine.Platform;
using MonaLisa.Engine.Storage;

namespace MonaLisa.Engine.Output;

/// <summary>Writes a network's file in one step; a failed or cancelled write leaves the folder as it was.</summary>
internal static class ExportedFile
{
    /// <summary>Writes a file.</summary>
    /// <param name="network">The network, which must be finite.</param>
    /// <param name="path">The file's full path.</param>
    /// <param name="overwrite">Whether a file that is there already is replaced.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="cancellationToken">Stops the writing, once what <paramref name="write"/> does is done.</param>
    public static void Write(Mlp network, string path, bool overwrite, Action<Stream> write, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var file = new ReplacementFile(path, overwrite, StoredFile.ErrorFor);
        ModelFile.RequireFinite(network, ModelPrecision.Single, path);
        file.Write(write);
        cancellationToken.ThrowIfCancellationRequested();
        file.Commit();
    }
}
