using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Platform;
using MonaLisa.Engine.Storage;

namespace MonaLisa.Engine;

/// <summary>How a model file is written.</summary>
internal sealed record ModelSaveOptions
{
    /// <summary>How the weights are kept.</summary>
    public ModelPrecision Precision { get; init; } = ModelPrecision.Single;

    /// <summary>Whether a file that is there already is replaced.</summary>
    public bool Overwrite { get; init; }
}

/// <summary>
/// Saves networks to files and loads them again. The format is safetensors, which other programs read too; docs/model-format.md has
/// its layout. Nothing in a file can name a path, a type or code, and a file from a stranger can only fail to load.
/// </summary>
internal static class ModelFile
{
    /// <summary>The extension of model files, with its dot.</summary>
    public const string Extension = ".safetensors";

    // What errors call a model that is in no file.
    private const string InMemory = "a model in memory";

    /// <summary>
    /// Saves the network of a training run with the facts of the run; with fewer bits a weight, the PSNR that they cost is
    /// measured over the run's picture. The file gets its name in one step when it is complete; a failed or cancelled save leaves
    /// the folder as it was.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="path">The file to write; taken literally, whatever characters it has.</param>
    /// <param name="options">How to write it; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the saving.</param>
    /// <returns>What <see cref="Load"/> would give.</returns>
    /// <exception cref="ModelFileException">The file cannot be written, or a weight is infinite or too large for the precision.</exception>
    /// <exception cref="ProviderUnavailableException">The run's provider, which measures the PSNR, is no longer available here.</exception>
    /// <exception cref="OperationCanceledException">The saving was cancelled.</exception>
    public static ModelDocument Save(
        TrainingRun run, string path, ModelSaveOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new ModelSaveOptions();
        return Save(run.Network, path, options, rounded => run.Facts() with
        {
            PsnrLost = options.Precision == ModelPrecision.Single
                ? 0 : WeightRounding.PsnrLost(run.Network, rounded, run.Dataset, run.Options.Provider, cancellationToken),
        }, cancellationToken);
    }

    /// <summary>
    /// Saves a network, and <see cref="Mlp.Training"/> if it is known. The file gets its name in one step when it is complete; a
    /// failed or cancelled save leaves the folder as it was.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file to write; taken literally, whatever characters it has.</param>
    /// <param name="options">How to write it; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the saving.</param>
    /// <returns>What <see cref="Load"/> would give.</returns>
    /// <exception cref="ModelFileException">The file cannot be written, or a weight is infinite or too large for the precision.</exception>
    /// <exception cref="OperationCanceledException">The saving was cancelled.</exception>
    public static ModelDocument Save(
        Mlp network, string path, ModelSaveOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new ModelSaveOptions();
        bool isExact = options.Precision == ModelPrecision.Single;
        return Save(network, path, options,
            _ => isExact ? network.Training : network.Training is TrainingFacts facts ? facts with { PsnrLost = null } : null, cancellationToken);
    }

    /// <summary>
    /// Bytes of the model file that a network is in; of a network that was never stored, those that <see cref="Save(Mlp, string,
    /// ModelSaveOptions?, CancellationToken)"/> without options would write.
    /// </summary>
    public static long LengthOf(Mlp network) =>
        network.StoredLength ??
        (network.Encoding == EncodingKind.Latent
            ? LatentFile.Compose(network, network.Training).Length
            : SafetensorsModel.LengthOf(network, ModelPrecision.Single, network.Training));

    /// <summary>
    /// Bytes that <see cref="Save(TrainingRun, string, ModelSaveOptions?, CancellationToken)"/> without options would write.
    /// </summary>
    public static long LengthOf(TrainingRun run) => LengthOf(run.Network.WithTraining(run.Facts()));

    /// <summary>Loads a model file, compressed or not; its first bytes decide, not its name.</summary>
    /// <param name="path">The file; taken literally, whatever characters it has.</param>
    /// <param name="start">The model that the file's network started with; null for the file beside it that it names.</param>
    /// <param name="cancellationToken">Ends the decoding of latents with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">No network starts with such a model.</exception>
    /// <exception cref="ModelFileException">The file is not there, or is not a whole model that can be loaded.</exception>
    public static ModelDocument Load(string path, Mlp? start = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        path = Path.GetFullPath(path);
        LatentStartFinder findStart = LatentStartFiles.For(Path.GetDirectoryName(path), start, new ModelFaults(path), cancellationToken);
        return Open(path, findStart, cancellationToken);
    }

    /// <summary>Loads a model file, whose start is found in some way.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="findStart">Finds the start that the file names.</param>
    /// <param name="cancellationToken">As for <see cref="Load"/>.</param>
    /// <exception cref="ModelFileException">The file is not there, or is not a whole model that can be loaded.</exception>
    internal static ModelDocument Open(string path, LatentStartFinder findStart, CancellationToken cancellationToken)
    {
        var faults = new ModelFaults(path);
        using FileStream stream = StoredFile.Open(path, faults);
        return Read(stream, faults, findStart, cancellationToken);
    }

    /// <summary>The bytes of a network's model file, weights as they are.</summary>
    /// <param name="network">The network.</param>
    /// <exception cref="ModelFileException">A weight is infinite or not a number, or the network is too large for a model file.</exception>
    public static byte[] ToBytes(Mlp network)
    {
        RequireModestSize(network, InMemory);
        RequireFinite(network, ModelPrecision.Single, InMemory);
        using var bytes = new MemoryStream();
        SafetensorsModel.Write(bytes, network, ModelPrecision.Single, network.Training);
        return bytes.ToArray();
    }

    /// <summary>Loads a model from the bytes of its file, which may be a stranger's.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <exception cref="ModelFileException">They are not a whole model that can be loaded.</exception>
    public static ModelDocument FromBytes(byte[] bytes) => Read(new MemoryStream(bytes, writable: false), new ModelFaults(InMemory));

    /// <summary>Reads a model file of either kind, told apart by its first bytes.</summary>
    /// <param name="stream">The file, at its start; it can seek.</param>
    /// <param name="faults">Makes the errors.</param>
    /// <param name="findStart">Finds the start that the file names; null where there is none to be found.</param>
    /// <param name="cancellationToken">As for <see cref="Load"/>.</param>
    /// <exception cref="ModelFileException">It is no model that can be loaded.</exception>
    internal static ModelDocument Read(
        Stream stream, ModelFaults faults, LatentStartFinder? findStart = null, CancellationToken cancellationToken = default) => faults.Reading(() =>
    {
        Span<byte> start = stackalloc byte[FileHead.VersionAt];
        int length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        ModelDocument document = CompressedFormat.Head.Fits(start[..length])
            ? CompressedFormat.Read(stream, faults, findStart, cancellationToken) : SafetensorsModel.Read(stream, faults);
        return document with { Network = document.Network.WithStoredLength(stream.Length) };
    });

    private static ModelDocument Save(
        Mlp network, string path, ModelSaveOptions options, Func<Mlp, TrainingFacts?> factsOf, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!Enum.IsDefined(options.Precision))
            throw new ArgumentException($"Precision is Single, Half or Int8, not {options.Precision}.", nameof(options));
        path = Path.GetFullPath(path);
        RequireModestSize(network, path);
        cancellationToken.ThrowIfCancellationRequested();
        using var file = new ReplacementFile(path, options.Overwrite, StoredFile.ErrorFor);
        Mlp rounded = WeightRounding.Round(network, options.Precision);
        RequireFinite(rounded, options.Precision, path);
        TrainingFacts? facts = factsOf(rounded);
        cancellationToken.ThrowIfCancellationRequested();
        file.Write(stream => SafetensorsModel.Write(stream, network, options.Precision, facts));
        long length = file.Stream.Length;
        file.Commit();
        return new ModelDocument
        {
            Network = rounded.WithTraining(facts).WithStoredLength(length),
            Precision = options.Precision,
            Writer = ModelDescription.ThisWriter,
        };
    }

    internal static void RequireModestSize(Mlp network, string path)
    {
        if (network.ParameterCount > ModelLimits.MaxParameters)
            throw new ModelFileException(ModelFileProblem.TooLarge, path,
                $"'{path}' cannot be written: the network has {network.ParameterCount} weights and biases, and a model file holds at most " +
                $"{ModelLimits.MaxParameters}. Train a smaller network.");
    }

    /// <summary>Throws unless every weight is finite.</summary>
    internal static void RequireFinite(Mlp rounded, ModelPrecision precision, string path)
    {
        if (rounded.IsFinite)
            return;
        string remedy = precision == ModelPrecision.Single
            ? "Train it again with a smaller learning rate."
            : $"Save it with the precision {ModelPrecision.Single}, or train it again with a smaller learning rate.";
        throw new ModelFileException(ModelFileProblem.NotFinite, path,
            $"'{path}' cannot be written: the network has weights that are infinite, not a number or too large " +
            $"for the precision {precision}. {remedy}");
    }
}
