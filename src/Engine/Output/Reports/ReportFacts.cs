using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Output;

/// <summary>A run's network, settings and course, as names and values.</summary>
internal static class RunFacts
{
    /// <summary>The network.</summary>
    public static IEnumerable<(string Name, string Value)> Network(TrainingRun run)
    {
        Mlp network = run.Network;
        MlpDesign design = network.Design;
        long bytes = ModelFile.LengthOf(run);
        yield return ("Shape", network.Shape);
        yield return ("Hidden layers", string.Join(", ", design.HiddenLayers));
        yield return ("Parameters", HtmlText.Number(network.ParameterCount));
        yield return ("Weights", HtmlText.Number(network.WeightCount));
        yield return ("Activation", design.Activation.ToString());
        if (ActivationFacts.Of(design.Activation).UsesOmega)
            yield return ("Omega", HtmlText.Number(design.Omega, "G6"));
        if (ActivationFacts.Of(design.Activation).UsesSigma)
            yield return ("Sigma", HtmlText.Number(design.Sigma, "G6"));
        yield return ("Encoding", design.Encoding.ToString());
        yield return ("Initialisation", Initialization(design));
        yield return ("Coordinates", design.Coordinates.ToString());
        yield return ("Model file",
            $"{HtmlText.Number(bytes)} bytes, {HtmlText.Number(8.0 * bytes / run.Dataset.PixelCount, "F2")} bits a pixel");
    }

    /// <summary>What the training was asked to do.</summary>
    public static IEnumerable<(string Name, string Value)> Settings(TrainingRun run)
    {
        TrainingOptions options = run.Options;
        if (options.Epochs is int epochs)
            yield return ("Epochs, at most", HtmlText.Number(epochs));
        if (options.MaxTime is TimeSpan time)
            yield return ("Time, at most", HtmlText.Time(time));
        bool hasLatents = run.Encoding == EncodingKind.Latent;
        if (options.TargetPsnr is double psnr)
            yield return (hasLatents ? "PSNR, at least" : "PSNR, until", HtmlText.Decibels(psnr));
        if (options.TargetSsim is double ssim)
            yield return ("SSIM, at least", HtmlText.Number(ssim, "G6"));
        if (options.TargetSize is long size)
            yield return ("Compressed file, at most", $"{HtmlText.Number(size)} bytes");
        if (options.TargetBitsPerPixel is double bits)
            yield return ("Compressed file, at most", $"{HtmlText.Number(bits, "G6")} bits a pixel");
        if (!hasLatents)
            foreach ((string, string) setting in Steps(run))
                yield return setting;
        yield return ("Seed", HtmlText.Number(run.Seed, "G"));
    }

    // The training of latents has rates, batches and a loss of its own.
    private static IEnumerable<(string Name, string Value)> Steps(TrainingRun run)
    {
        TrainingOptions options = run.Options;
        yield return ("Optimizer", Optimizer(options.WithDefaults(run.Network.Design)));
        yield return ("Learning rate", HtmlText.Number(options.LearningRate, "G4"));
        yield return ("Schedule", options.WarmUp > 0
            ? $"{options.Schedule}, warm-up {HtmlText.Number(options.WarmUp, "P1")}" : options.Schedule.ToString());
        yield return ("Batch", options.BatchSize == 1 ? "1 pixel" : $"{HtmlText.Number(options.BatchSize)} pixels");
        yield return ("Sampling", options.Sampling.ToString());
        yield return ("Loss", options.HuberDelta is double delta
            ? $"{options.Loss}, delta {HtmlText.Number(delta, "G4")}" : options.Loss.ToString());
        if (options.GradientClip is double clip)
            yield return ("Gradient clip", HtmlText.Number(clip, "G4"));
        if (options.AverageDecay is double decay)
            yield return ("Average of weights", HtmlText.Number(decay, "G6"));
    }

    /// <summary>How the training went.</summary>
    public static IEnumerable<(string Name, string Value)> Course(TrainingRun run)
    {
        yield return ("Ended by", run.StopReason switch
        {
            StopReason.MaxTime => "its time",
            StopReason.TargetPsnr => "its PSNR",
            StopReason.Canceled => "someone who stopped it",
            _ => "its epochs",
        });
        yield return ("Training time", HtmlText.Time(run.Elapsed));
        yield return ("Epochs", HtmlText.Number(run.Epochs));
        yield return ("Steps", HtmlText.Number(run.Steps));
        yield return ("Speed", $"{HtmlText.Number(run.PixelsPerSecond)} pixels a second");
        yield return ("Provider", run.Provider);
        yield return ("Threads", HtmlText.Number(run.ThreadCount));
    }

    /// <summary>The picture.</summary>
    public static string Picture(PixelDataset picture) =>
        $"{picture.Width} × {picture.Height} pixels, {picture.BitDepth} bits, " +
        picture.Channels switch { 1 => "grey", 4 => "colours and alpha", _ => "colours" } +
        (picture.HeldOutPixelCount > 0 ? $", {HtmlText.Number(picture.HeldOutPixelCount)} held out" : "") +
        (picture.IgnoredPixelCount > 0 ? $", {HtmlText.Number(picture.IgnoredPixelCount)} left out" : "");

    private static string Initialization(MlpDesign design) => design.Encoding switch
    {
        LatentEncoding { OwnStart: LatentStart own } => $"the start {own.Name}",
        LatentEncoding latents when latents.Start.ChannelsFor(design.HiddenLayers) is not null => "learned from pictures",
        _ when NeighborhoodStart.IsFor(design) => "learned from photographs",
        _ => $"{design.Initialization}, seed {design.Seed}",
    };

    private static string Optimizer(TrainingOptions options)
    {
        (string Name, double? Value)[] own =
        [
            ("momentum", options.Momentum), ("beta1", options.Beta1), ("beta2", options.Beta2), ("epsilon", options.Epsilon),
            ("weight decay", options.WeightDecay == 0 ? null : options.WeightDecay),
        ];
        return string.Join(", ", own.Where(value => value.Value is not null)
            .Select(value => $"{value.Name} {HtmlText.Number(value.Value, "G4")}").Prepend(options.Optimizer.ToString()));
    }
}

/// <summary>What this process runs on.</summary>
internal static class MachineFacts
{
    /// <summary>The processor's name if it has one, or else its architecture.</summary>
    public static string ProcessorName { get; } = Processor();

    /// <summary>Names and values.</summary>
    public static IReadOnlyList<(string Name, string Value)> All { get; } =
    [
        ("Processor", ProcessorName),
        ("Logical cores", HtmlText.Number(Environment.ProcessorCount)),
        ("Widest instructions", InstructionSets.NameOf(InstructionSets.Best)),
        ("Operating system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}"),
        ("Runtime", RuntimeInformation.FrameworkDescription),
    ];

    private static string Processor()
    {
        // Leaves 0x80000002 to 0x80000004 hold the processor's name, 16 bytes each.
        const int FirstNameLeaf = unchecked((int)0x80000002), NameLeaves = 3;
        if (!X86Base.IsSupported)
            return RuntimeInformation.ProcessArchitecture.ToString();
        int[] name = new int[4 * NameLeaves];
        for (int i = 0; i < NameLeaves; i++)
            (name[4 * i], name[4 * i + 1], name[4 * i + 2], name[4 * i + 3]) = X86Base.CpuId(FirstNameLeaf + i, 0);
        return Encoding.ASCII.GetString(MemoryMarshal.AsBytes<int>(name)).TrimEnd('\0', ' ').Trim();
    }
}
