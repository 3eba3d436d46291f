using System.Text;
using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Storage;

/// <summary>
/// Model files that networks with latents start with. A compressed file has only how its network differs from its start, so its reader needs
/// the start too: it is the one that is given, or the file of its name in the same folder.
/// </summary>
internal static class LatentStartFiles
{
    private const int MostNameBytes = byte.MaxValue;

    private static readonly string[] Extensions = [CompressedModelFile.Extension, ModelFile.Extension];

    /// <summary>The start of a model file, for networks that are to be trained.</summary>
    /// <param name="network">The network of the file.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentException">No network can start with it; the message says why, and what to do.</exception>
    public static LatentStart Require(Mlp network, string path)
    {
        string name = Path.GetFileName(path);
        Require(network, () => $"'{path}'");
        if (!IsName(name))
            throw new ArgumentException(
                $"A compressed file cannot name '{path}' as its start: the name must end in {string.Join(" or ", Extensions)}, have at most " +
                $"{MostNameBytes} bytes and only characters that show. Rename the file.");
        return LatentStart.Of(network, name);
    }

    /// <summary>Finds starts for the reader of a compressed file.</summary>
    /// <param name="folder">The file's folder; null for a file in memory.</param>
    /// <param name="given">The start that the user gave, or null.</param>
    /// <param name="faults">Makes the errors of the file.</param>
    /// <param name="cancellationToken">Ends the decoding of a start with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">No network can start with the one that is given.</exception>
    public static LatentStartFinder For(string? folder, Mlp? given, ModelFaults faults, CancellationToken cancellationToken = default)
    {
        if (given is not null)
            Require(given, () => "The network of -Start");
        return (name, checksum) =>
        {
            ModelFileException another = faults.Of(ModelFileProblem.StartMissing,
                $"it was written with another {ModelFaults.Quoted(name)} than the one {(given is null ? "in its folder" : "of -Start")}");
            Mlp network = given ?? Beside(folder, name, faults, another, cancellationToken);
            return network.Design.Encoding is LatentEncoding && LatentStart.Of(network, name) is var start && start.Checksum == checksum ? start : throw another;
        };
    }

    private static Mlp Beside(
        string? folder, string name, ModelFaults faults, ModelFileException another, CancellationToken cancellationToken)
    {
        if (folder is null || !IsName(name) || !File.Exists(Path.Combine(folder, name)))
            throw faults.Of(ModelFileProblem.StartMissing,
                $"it has only how its network differs from the model {ModelFaults.Quoted(name)}, which is not " + (folder is null ? "known" : "in its folder"));
        // No start needs a start itself.
        return ModelFile.Open(Path.Combine(folder, name), (_, _) => throw another, cancellationToken).Network;
    }

    private static void Require(Mlp network, Func<string> subject)
    {
        if (network.Design.Encoding is not LatentEncoding encoding)
            throw new ArgumentException(
                $"{subject()} has the encoding {network.Encoding}, and a start has {EncodingKind.Latent}. Make one with New-MlpStart.");
        if (encoding.StartName is string start)
            throw new ArgumentException($"{subject()} has a start itself, '{start}'. Give that one, or make one with New-MlpStart.");
    }

    /// <summary>Whether a name is one that a compressed file may have: no path, device or stream, but a model file.</summary>
    private static bool IsName(string name) =>
        ShortName.IsValid(name) && Encoding.UTF8.GetByteCount(name) <= MostNameBytes && name.IndexOfAny(['<', '>', '"', '|', '?', '*']) < 0 &&
        Extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);
}
