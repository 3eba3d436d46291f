using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Platform;
using MonaLisa.Engine.Storage;

namespace MonaLisa.Engine;

/// <summary>How a compressed model file is written.</summary>
internal sealed record CompressionOptions
{
    /// <summary>The dB below its own PSNR that a network gets by default.</summary>
    public const double DefaultPsnrLost = 0.5;

    /// <summary>
    /// The most dB that a network gets by default: a picture in 8 bits cannot show more, for its rounding alone
    /// leaves 10 log10(12 · 255²) = 58.9 dB.
    /// </summary>
    public const double MostDefaultPsnr = 60;

    /// <summary>
    /// The PSNR in dB that the stored network must reach over the training pixels; null is <see cref="DefaultPsnrLost"/> below the
    /// network's own, and at most <see cref="MostDefaultPsnr"/>.
    /// </summary>
    public double? TargetPsnr { get; init; }

    /// <summary>Whether a file that is there already is replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>The PSNR in dB to reach with a network that has this PSNR itself.</summary>
    internal double TargetFor(double ownPsnr) => TargetPsnr ?? Math.Min(ownPsnr - DefaultPsnrLost, MostDefaultPsnr);

    /// <summary>Throws unless every value is in its range.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message names it and gives the range.</exception>
    public void Validate()
    {
        if (TargetPsnr is not (null or (> 0 and <= Decibels.MostTarget)))
            throw new ArgumentException(FormattableString.Invariant(
                $"TargetPsnr must be above 0 dB and at most {Decibels.MostTarget} dB, not {TargetPsnr}."));
    }
}

/// <summary>A compressed model file that was written.</summary>
/// <param name="Document">What loading the file gives.</param>
/// <param name="Psnr">The stored network's PSNR in dB over the training pixels; infinite where it makes no error.</param>
/// <param name="PsnrLost">The dB by which that is less than the network's own PSNR before; null where that is no finite number.</param>
/// <param name="BitsPerPixel">8 times the file's bytes by the picture's pixels.</param>
internal sealed record CompressedModel(ModelDocument Document, double Psnr, double? PsnrLost, double BitsPerPixel)
{
    /// <summary>The file's length in bytes.</summary>
    public long Length => Document.Length;
}

/// <summary>
/// Saves networks to the smallest files that still paint a picture at a wanted PSNR: every matrix in multiples of its step,
/// under Brotli. docs/model-format.md has the layout; <see cref="ModelFile.Load"/> loads the files.
/// </summary>
internal static class CompressedModelFile
{
    /// <summary>The extension of compressed model files, with its dot.</summary>
    public const string Extension = ".mlpz";

    /// <summary>
    /// Saves the network of a training run, measured over the run's picture with the run's provider. The same run gives the same bytes on
    /// any number of threads. The file gets its name in one step when it is complete; a failed or cancelled save leaves the folder as it
    /// was.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="path">The file to write; taken literally, whatever characters it has.</param>
    /// <param name="options">How good the stored network must be; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the saving.</param>
    /// <exception cref="ModelFileException">
    /// The file cannot be written, a weight is infinite or not a number, or the network cannot reach the wanted PSNR.
    /// </exception>
    /// <exception cref="ProviderUnavailableException">The run's provider, which measures the PSNR, is no longer available here.</exception>
    /// <exception cref="OperationCanceledException">The saving was cancelled.</exception>
    public static CompressedModel Save(
        TrainingRun run, string path, CompressionOptions? options = null, CancellationToken cancellationToken = default) =>
        Save(run.Network, run.Facts(), run.Dataset, run.Options.Provider, run.Options.ThreadCount, path, options, cancellationToken);

    /// <summary>
    /// Saves a network, and <see cref="Mlp.Training"/> if it is known, measured over a picture.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="picture">The picture that it paints; pixels that are held out or ignored are not counted.</param>
    /// <param name="path">The file to write; taken literally, whatever characters it has.</param>
    /// <param name="options">How good the stored network must be; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the saving.</param>
    /// <exception cref="ArgumentException">The picture has not as many channels as the network has outputs.</exception>
    /// <inheritdoc cref="Save(TrainingRun, string, CompressionOptions?, CancellationToken)"/>
    public static CompressedModel Save(
        Mlp network, PixelDataset picture, string path, CompressionOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (picture.Channels != network.OutputCount)
            throw new ArgumentException(
                $"The network has {Counted.Text(network.OutputCount, "output")}, and '{picture.Name}' has {Counted.Text(picture.Channels, "channel")}. " +
                "Give the picture that the network learned.", nameof(picture));
        return Save(network, network.Training, picture, ComputeProvider.Auto, threadCount: null, path, options, cancellationToken);
    }

    /// <summary>Throws where compressed files have no place for a network, whatever picture it is measured over.</summary>
    /// <exception cref="ModelFileException">They have none.</exception>
    public static void RequirePlace(Mlp network, string path)
    {
        if (network.Encoding != EncodingKind.Latent)
            PictureNetworkFiles.Refuse(network, path, "a compressed model file");
    }

    private static CompressedModel Save(
        Mlp network, TrainingFacts? facts, PixelDataset picture, ComputeProvider provider, int? threadCount, string path,
        CompressionOptions? options, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new CompressionOptions();
        options.Validate();
        path = Path.GetFullPath(path);
        if (network.Encoding == EncodingKind.Latent)
            return SaveLatents(network, facts, path, options, cancellationToken);
        RequirePlace(network, path);
        ModelFile.RequireModestSize(network, path);
        cancellationToken.ThrowIfCancellationRequested();
        using var file = new ReplacementFile(path, options.Overwrite, StoredFile.ErrorFor);
        if (!network.IsFinite)
            throw Error(ModelFileProblem.NotFinite, path,
                "the network has weights that are infinite or not a number. Train it again with a smaller learning rate.");
        using var meter = new PictureError(picture, network.Design.Coordinates, provider, threadCount, cancellationToken);
        double own = Decibels.Psnr(meter.Measure(network));
        RequireLearned(own, facts, picture, meter, path);
        QuantizedNetwork quantized = Quantize(network, own, options.TargetFor(own), picture, meter, path);
        double psnr = Decibels.Psnr(meter.Measure(quantized.Network));
        double? lost = Decibels.Lost(own, psnr);
        // The file has what was lost since the training; the network may have lost something before.
        facts = facts is null ? null : facts with { PsnrLost = facts.PsnrLost + lost };
        byte[] bytes = CompressedFormat.Compose(quantized, facts);
        cancellationToken.ThrowIfCancellationRequested();
        file.Write(stream => stream.Write(bytes));
        file.Commit();
        var document = new ModelDocument
        {
            Network = quantized.Network.WithTraining(facts).WithStoredLength(bytes.Length),
            Precision = null,
            Writer = ModelDescription.ThisWriter,
        };
        return new CompressedModel(document, psnr, lost, 8.0 * bytes.Length / picture.PixelCount);
    }

    /// <summary>Saves a network with latents as it is: its size was decided when it was trained.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file to write; taken literally, whatever characters it has.</param>
    /// <param name="options">Whether a file is replaced; the network's PSNR cannot be chosen.</param>
    /// <param name="cancellationToken">Stops the saving.</param>
    /// <returns>The file; its PSNR is that of <see cref="Mlp.Training"/>.</returns>
    /// <exception cref="ArgumentException">A PSNR is wanted.</exception>
    /// <exception cref="ModelFileException">The file cannot be written, or a weight is infinite or not a number.</exception>
    /// <exception cref="OperationCanceledException">The saving was cancelled.</exception>
    public static CompressedModel SaveLatents(
        Mlp network, string path, CompressionOptions? options = null, CancellationToken cancellationToken = default) =>
        SaveLatents(network, network.Training, Path.GetFullPath(path), options ?? new CompressionOptions(), cancellationToken);

    private static CompressedModel SaveLatents(
        Mlp network, TrainingFacts? facts, string path, CompressionOptions options, CancellationToken cancellationToken)
    {
        if (options.TargetPsnr is not null)
            throw new ArgumentException(
                $"TargetPsnr is not for a network with the encoding {EncodingKind.Latent}: its size is decided when it is trained. " +
                "Give -TargetPsnr to Invoke-MlpTraining, and leave it out here.");
        using var file = new ReplacementFile(path, options.Overwrite, StoredFile.ErrorFor);
        if (!network.IsFinite)
            throw Error(ModelFileProblem.NotFinite, path, "the network has weights that are infinite or not a number. Train it again.");
        byte[] bytes = LatentFile.Compose(network, facts, cancellationToken);
        var encoding = (LatentEncoding)network.Design.Encoding;
        // Before the file has its name: one that is stopped leaves the folder as it was.
        Mlp stored = LatentBitstream.IsExact(network) ? network.WithTraining(facts)
            : LatentFile.Read(bytes, new ModelFaults(path), (_, _) => encoding.Start, cancellationToken);
        file.Write(stream => stream.Write(bytes));
        file.Commit();
        var document = new ModelDocument { Network = stored.WithStoredLength(bytes.Length), Precision = null, Writer = ModelDescription.ProgramName };
        return new CompressedModel(document, facts?.Psnr ?? double.NaN, 0, 8.0 * bytes.Length / ((double)encoding.Width * encoding.Height));
    }

    /// <summary>
    /// Throws where a network that learned something knows nothing of a picture. A larger or smaller copy of what it learned has another PSNR,
    /// but is nearer to what it paints than to one colour.
    /// </summary>
    private static void RequireLearned(double own, TrainingFacts? facts, PixelDataset picture, PictureError meter, string path)
    {
        const double Enough = 1;
        if (facts is null || facts.Psnr - (facts.PsnrLost ?? 0) is not double learned || own > learned - Enough || own > Decibels.Psnr(meter.MeasureMeanColor()))
            return;
        throw Error(ModelFileProblem.PictureMissing, path,
            $"the network learned '{facts.PictureName}' with {Decibels.Text(learned)}, and paints '{picture.Name}' with {Decibels.Text(own)}, as it " +
            "would any other picture. Give the picture that the network learned, read as it was then.");
    }

    private static QuantizedNetwork Quantize(
        Mlp network, double own, double target, PixelDataset picture, PictureError meter, string path)
    {
        if (!(own >= target))
            throw Error(ModelFileProblem.PsnrOutOfReach, path,
                $"the network paints '{picture.Name}' with {Decibels.Text(own)}, and {Decibels.Text(target)} are wanted. " +
                "Ask for less, or train it longer or with more weights.");
        var search = new QuantizationSearch(
            network, meter, Decibels.MeanSquaredError(own), Decibels.MeanSquaredError(target));
        return search.CoarsestScale() is int scale
            ? search.At(scale)
            : throw Error(ModelFileProblem.PsnrOutOfReach, path,
                $"the network paints '{picture.Name}' with {Decibels.Text(own)}, and no whole numbers of a compressed file keep " +
                $"{Decibels.Text(target)} of them. Ask for less, or save it without compression.");
    }

    private static ModelFileException Error(ModelFileProblem problem, string path, string what) =>
        new(problem, path, $"'{path}' cannot be written: {what}");
}
