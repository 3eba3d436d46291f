using System.Globalization;
using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine.Output;

/// <summary>Names runs by what distinguishes them.</summary>
internal static class RunLabels
{
    private static readonly Func<TrainingRun, string?>[] Traits =
    [
        run => run.Dataset.Name,
        run => run.Network.Design.Encoding.ToString(),
        run => run.Network.Shape,
        run => run.Network.Activation.ToString(),
        OfSteps(run => run.Options.Optimizer.ToString()),
        OfSteps(Rate),
        OfSteps(run => Text($"batches of {run.Options.BatchSize}")),
        OfSteps(run => run.Options.Schedule.ToString()),
        OfSteps(run => run.Options.Sampling.ToString()),
        OfSteps(run => run.Options.Loss.ToString()),
        run => Text($"seed {run.Seed}"),
    ];

    /// <summary>A label for each run, all different; of a single run its picture and its network.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<TrainingRun> runs)
    {
        if (runs is [TrainingRun only])
            return [Plain($"{only.Dataset.Name}, {only.Network.Shape} {only.Network.Activation}")];
        Func<TrainingRun, string?>[] differing = [.. Traits.Where(trait => runs.Select(trait).Distinct().Skip(1).Any())];
        HashSet<string> used = [];
        return [.. runs.Select(run => Unique(
            Plain(differing.Length == 0 ? run.Dataset.Name : string.Join(", ", differing.Select(trait => trait(run)).OfType<string>())), used))];
    }

    /// <summary>Throws where labels are given, and not one for each run.</summary>
    /// <exception cref="ArgumentException">There are not as many.</exception>
    public static void RequireOneForEach(IReadOnlyList<string>? labels, int runCount)
    {
        if (labels is not null && labels.Count != runCount)
            throw new ArgumentException($"The number of labels is {labels.Count}, and that of runs {runCount}. Give one for each run, or none.");
    }

    /// <summary>Text that only shows, without what XML cannot hold.</summary>
    public static string Plain(string text) => PlainText.Of(text).Replace('\uFFFE', '_').Replace('\uFFFF', '_');

    // A run of a network with latents, whose training has rates, batches and a loss of its own, has none of these.
    private static Func<TrainingRun, string?> OfSteps(Func<TrainingRun, string> trait) =>
        run => run.Encoding == EncodingKind.Latent ? null : trait(run);

    // The default rate depends on shape and batch, which are named themselves.
    private static string Rate(TrainingRun run) => run.Options.LearningRate is not double rate
        || rate == LearningRates.DefaultStart(run.Options.Optimizer, run.Network.Design, run.Options.BatchSize)
        ? "usual rate"
        : Text($"rate {rate:G3}");

    private static string Unique(string label, HashSet<string> used)
    {
        string unique = label;
        for (int number = 2; !used.Add(unique); number++)
            unique = Text($"{label} ({number})");
        return unique;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
