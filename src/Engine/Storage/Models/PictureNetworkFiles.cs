namespace MonaLisa.Engine.Storage;

/// <summary>Files that cannot hold a network with its picture.</summary>
internal static class PictureNetworkFiles
{
    /// <summary>Throws where a network has its picture in it.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file.</param>
    /// <param name="format">What it would be, a format that has no place for a picture.</param>
    /// <exception cref="ModelFileException">It has.</exception>
    public static void Refuse(Mlp network, string path, string format)
    {
        if (network.Encoding is EncodingKind.Neighborhood or EncodingKind.Latent)
            throw new ModelFileException(ModelFileProblem.Unsupported, path,
                $"'{path}' cannot be written: {Name(network.Design.Encoding)} has its picture in it, for which {format} " +
                $"has no place. Save a model file ({RemedyFor(network.Encoding)}), or paint the picture with Export-GeneratedImage.");
    }

    private static string Name(InputEncoding encoding) => encoding is NeighborhoodEncoding { Task: not NeighborhoodTask.Enlarge and var task }
        ? $"a network with the encoding {encoding.Kind} that is to {task.ToString().ToLowerInvariant()}" : $"a network with the encoding {encoding.Kind}";

    private static string RemedyFor(EncodingKind kind) =>
        (kind == EncodingKind.Latent ? $"-Format {ModelFormat.Compressed}, {CompressedModelFile.Extension}, or " : "") +
        $"-Format {ModelFormat.Safetensors}, {ModelFile.Extension}";
}
