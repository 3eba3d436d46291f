using System.Globalization;
using MonaLisa.Engine;
using ProviderInfo = MonaLisa.Engine.ProviderInfo;

namespace MonaLisa.PowerShell;

/// <summary>The training of one picture, as the parameters of a command ask.</summary>
/// <param name="dataset">The picture.</param>
/// <param name="choices">What the parameters make of it.</param>
/// <param name="checkpoint">Where the run keeps its state, or null.</param>
/// <param name="resumes">Whether it goes on from the checkpoint as it was.</param>
internal sealed class PictureTraining(PixelDataset dataset, TrainingChoices choices, PictureCheckpoint? checkpoint, bool resumes)
{
    private readonly ProgressThrottle _throttle = new();

    /// <summary>The picture.</summary>
    public PixelDataset Dataset => dataset;

    /// <summary>Who is to compute.</summary>
    public ComputeProvider Provider => choices.Provider;

    /// <summary>Whether work left behind has a file to write.</summary>
    public bool KeepsState => checkpoint is not null;

    /// <summary>Trains; on a thread of its own.</summary>
    /// <param name="output">Where to tell what goes on.</param>
    /// <param name="activity">Shows how far it is.</param>
    /// <param name="post">Posts what is to be told to the output's thread.</param>
    /// <param name="stopping">Ends the run early.</param>
    public TrainingRun Run(ITrainingOutput output, ProgressActivity activity, Action<Action> post, CancellationToken stopping)
    {
        void Verbose(FormattableString text)
        {
            string line = text.ToString(CultureInfo.InvariantCulture);
            post(() => output.WriteVerbose(line));
        }

        void ShowProgress(TrainingProgress progress)
        {
            if (_throttle.TryPass())
                post(() => activity.Show(TrainingText.Status(progress), progress.Fraction, progress.Remaining));
        }

        Action<EpochRecord>? tellEpoch = output.IsVerbose ? epoch => post(() => output.WriteVerbose(TrainingText.Epoch(epoch))) : null;
        CheckpointOptions? kept = checkpoint?.Options(warning => post(() => output.WriteWarning(warning)));
        TrainingCheckpoint? earlier = checkpoint?.LoadEarlier();
        if (earlier is not null && output.IsVerbose)
            Verbose($"Goes on from '{earlier.Path}': epoch {earlier.Epoch}, {earlier.Steps} steps, {earlier.Elapsed.TotalSeconds:F1} s.");
        if (earlier is not null && resumes)
            return Trainer.Resume(dataset, earlier, choices.Resumed(earlier), ShowProgress, tellEpoch, stopping, kept);
        TrainingPlan plan = choices.For(dataset);
        if (earlier is not null)
        {
            PictureCheckpoint.RequireDesign(earlier, plan.Design);
            return Trainer.Resume(dataset, earlier, plan.Options, ShowProgress, tellEpoch, stopping, kept);
        }
        Mlp network = choices.Network ?? new Mlp(plan.Design);
        if (output.IsVerbose)
        {
            Verbose($"Picture: {dataset}. Network: {network}.");
            Verbose($"Encoding: {network.Design.Encoding}. Weights: {network.WeightCount}.");
            if (ProviderChoice.Of(Provider) is ProviderInfo chosen)
                Verbose($"Provider: {chosen.Provider}. {chosen.Reason}");
        }
        return Trainer.Train(dataset, network, plan.Options, ShowProgress, tellEpoch, stopping, kept);
    }
}
