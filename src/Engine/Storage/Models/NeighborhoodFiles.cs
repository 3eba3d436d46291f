namespace MonaLisa.Engine.Storage;

/// <summary>Files that cannot hold a network with its picture.</summary>
internal static class NeighborhoodFiles
{
    /// <summary>The error of a format that has no place for a picture.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">What it would be.</param>
    public static ModelFileException Unsupported(string path, string format) => new(ModelFileProblem.Unsupported, path,
        $"'{path}' cannot be written: a network with the encoding {EncodingKind.Neighborhood} has its picture in it, for which {format} " +
        $"has no place. Save a model file ({ModelFile.Extension}), or paint the picture with Export-GeneratedImage.");
}
