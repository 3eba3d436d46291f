using System.Globalization;
using MonaLisa.Engine;
using MonaLisa.Engine.Platform;
using MonaLisa.Engine.Training;

using ProviderInfo = MonaLisa.Engine.ProviderInfo;

namespace MonaLisa.PowerShell;

/// <summary>The training of one picture, as the parameters of a command ask.</summary>
/// <param name="dataset">The picture.</param>
/// <param name="choices">What the parameters make of it.</param>
/// <param name="checkpoint">Where the run keeps its state, or null.</param>
/// <param name="snapshots">Where the run keeps snapshots of its network, or null.</param>
/// <param name="liveScreen">Where the painting is shown during the training, or null.</param>
/// <param name="resumes">Whether it continues from the checkpoint as it was.</param>
internal sealed class PictureTraining(
    PixelDataset dataset, TrainingChoices choices, PictureCheckpoint? checkpoint, PictureSnapshots? snapshots, LiveScreen? liveScreen,
    bool resumes)
{
    /// <summary>Of samples in [0, 1]; in pictures without noise one of up to 2 of 255 is found.</summary>
    private const float HardlyAnyNoise = 1f / byte.MaxValue;

    /// <summary>A start does for quantisation steps up to so many times as large or small as its own.</summary>
    private const double FarStep = 3;

    // Pictures that are learned at once share what a person can read.
    private readonly ProgressThrottle _throttle = new(choices.PicturesAtOnce * ProgressThrottle.DefaultInterval, TimeProvider.System);

    /// <summary>The picture.</summary>
    public PixelDataset Dataset => dataset;

    /// <summary>What computes.</summary>
    public ComputeProvider Provider => choices.Provider;

    /// <summary>Whether work left behind has a file to write.</summary>
    public bool KeepsState => checkpoint is not null || snapshots is not null;

    /// <summary>Trains, on its own thread.</summary>
    /// <param name="output">Where to write messages.</param>
    /// <param name="activity">Shows how far it is.</param>
    /// <param name="post">Posts what is to be written to the output's thread.</param>
    /// <param name="stopping">Ends the run early.</param>
    public TrainingRun Run(ITrainingOutput output, ProgressActivity activity, Action<Action> post, CancellationToken stopping)
    {
        void Verbose(FormattableString text)
        {
            if (!output.IsVerbose)
                return;
            string line = text.ToString(CultureInfo.InvariantCulture);
            post(() => output.WriteVerbose(line));
        }

        void Tell(EpochRecord epoch)
        {
            if (TrainingText.IsTold(epoch.Epoch))
                post(() => output.WriteVerbose(TrainingText.Epoch(epoch)));
        }

        void ShowProgress(TrainingProgress progress)
        {
            if (_throttle.TryPass())
                post(() => activity.Show(TrainingText.Status(progress), progress.Fraction, progress.Remaining));
        }

        Action<EpochRecord>? tellEpoch = output.IsVerbose ? Tell : null;
        CheckpointOptions? kept = checkpoint?.Options(warning => post(() => output.WriteWarning(warning)));
        using LivePicture? live = liveScreen?.TryShow(dataset, Provider, post, output);
        TrainingCheckpoint? earlier = checkpoint?.LoadEarlier();
        using SnapshotRecorder? recorder =
            snapshots?.Begin(dataset, goesOn: earlier is not null, warning => post(() => output.WriteWarning(warning)), stopping);
        ITrainingWatcher[] watchers = [.. ((ITrainingWatcher?[])[live, recorder]).OfType<ITrainingWatcher>()];
        TrainingRun run;
        if (earlier is not null)
        {
            Verbose($"Continues from '{earlier.Path}': epoch {earlier.Epoch}, {Counted.Text(earlier.Steps, "step")}, {earlier.Elapsed.TotalSeconds:F1} s.");
            run = ResumableTraining.Resume(dataset, earlier, OptionsToGoOn(earlier, stopping), kept, ShowProgress, tellEpoch, watchers, stopping);
        }
        else
        {
            TrainingPlan plan = choices.For(dataset, stopping);
            Mlp network = choices.Network ?? TrainingDefaults.NetworkFor(plan.Design, dataset, stopping);
            Verbose($"Picture: {dataset}. Network: {network}.");
            Verbose($"Encoding: {plan.Design.Encoding}. Weights: {network.WeightCount}.");
            ProviderInfo chosen = ComputeProviders.Describe(Provider);
            Verbose($"Provider: {chosen.Provider}. {chosen.Reason}");
            bool isOwn = choices.Network is null;
            run = kept is null
                ? Trainer.Train(dataset, network, plan.Options, ShowProgress, tellEpoch, watchers, isOwn, stopping)
                : ResumableTraining.Train(dataset, network, plan.Options, kept, ShowProgress, tellEpoch, watchers, isOwn, stopping);
        }
        if (run.Network.Design.Encoding is NeighborhoodEncoding encoding && run.StopReason != StopReason.Canceled)
        {
            if (encoding.Task != NeighborhoodTask.Denoise)
                Verbose($"Share of the network's correction that is painted: {encoding.Blend:F2}.");
            if (WarningFor(encoding) is string warning)
                post(() => output.WriteWarning(warning));
        }
        if (run.Network.Design.Encoding is LatentEncoding latents && run.StopReason != StopReason.Canceled && WarningFor(latents, run.Network) is string text)
            post(() => output.WriteWarning(text));
        // What waits is written by then, and a file that another took the place of is not this run's.
        recorder?.Dispose();
        return recorder is { IsKept: true } ? run with { SnapshotPath = recorder.Path } : run;
    }

    /// <summary>What the user should know of a network that does hardly anything; null where it does.</summary>
    private string? WarningFor(NeighborhoodEncoding encoding) => encoding switch
    {
        { Task: NeighborhoodTask.Enlarge, Blend: 0 } =>
            $"'{dataset.Name}' has too few pixels, or is too unlike its own smaller copies, to learn from. It is enlarged by bicubic interpolation.",
        { Task: NeighborhoodTask.Fill, Blend: 0 } =>
            $"The known pixels of '{dataset.Name}' are too few, or too plain, to do better than what is guessed from them. Its gaps are filled with that.",
        { Task: NeighborhoodTask.Denoise } when choices.IsNoiseGiven => null,
        { Task: NeighborhoodTask.Denoise, Noise: < HardlyAnyNoise } when Math.Min(dataset.Width, dataset.Height) < NoiseEstimate.SmallestSide =>
            $"'{dataset.Name}' is too small to see how much noise it has, and hardly any is removed. Give -NoiseLevel.",
        { Task: NeighborhoodTask.Denoise, Noise: < HardlyAnyNoise } =>
            FormattableString.Invariant($"'{dataset.Name}' has hardly any noise: {encoding.Noise * byte.MaxValue:F1} of 255. ") +
            "If it has more, which the estimate does not see where neighbouring pixels have it alike, give -NoiseLevel.",
        _ => null,
    };

    /// <summary>What the user should know of a start that was learned for another target; null where it suits.</summary>
    private string? WarningFor(LatentEncoding encoding, Mlp network) =>
        encoding.OwnStart is { Step: float learnedAt } start && LatentEncoding.StepOf(network) is float step && Math.Abs(Math.Log(step / learnedAt)) > Math.Log(FarStep)
            ? FormattableString.Invariant($"'{dataset.Name}' has a quantisation step of {step:G2}, and the start '{start.Name}' was learned at {learnedAt:G2}. ") +
              "The file may be larger than without it. Learn a start for such a target with New-MlpStart, or leave out -Start."
            : null;

    private TrainingOptions OptionsToGoOn(TrainingCheckpoint earlier, CancellationToken stopping)
    {
        if (resumes)
            return choices.Resumed(earlier);
        TrainingPlan plan = choices.For(dataset, stopping);
        PictureCheckpoint.RequireDesign(earlier, plan.Design, dataset);
        return plan.Options;
    }
}
