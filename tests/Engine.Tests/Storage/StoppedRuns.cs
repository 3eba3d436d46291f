using MonaLisa.Engine.Storage;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Tests;

/// <summary>Runs that are stopped and resumed.</summary>
internal static class StoppedRuns
{
    /// <summary>Trains, stops after some calls, and leaves a checkpoint; or resumes one, and stops it again.</summary>
    public static TrainingRun Stop(
        PixelDataset picture, Mlp network, TrainingOptions options, string path, int calls, bool midway = false, bool resume = false)
    {
        options = options.WithDefaults(network.Design);
        RunState? state = resume ? TrainingCheckpoint.Load(path).State : null;
        (network, NeighborhoodLesson? lesson) = Trainer.Prepare(picture, state?.Learner.Network ?? network, options);
        using var source = new CancellationTokenSource();
        using var learner = new StoppingLearner(PixelLearner.Create(lesson?.Pixels ?? picture, lesson?.Network ?? network, options), calls, midway, source);
        using var writer = new CheckpointWriter(new CheckpointOptions { Path = path, Every = TimeSpan.FromDays(1), Overwrite = true });
        return new TrainingLoop(picture, network, options, learner, null, null, writer, state, lesson: lesson).Run(source.Token);
    }

    /// <summary>Resumes a run and lets it come to its end.</summary>
    public static TrainingRun Resume(PixelDataset picture, string path, TrainingOptions? options = null) => ResumableTraining.Resume(
        picture, TrainingCheckpoint.Load(path), options, checkpoints: new CheckpointOptions { Path = path, Every = TimeSpan.FromDays(1) },
        cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Asserts that two runs came to the same end, to the last bit.</summary>
    public static void AssertSame(TrainingRun expected, TrainingRun actual)
    {
        Assert.Equal(SampleNetworks.Bits(expected.Network), SampleNetworks.Bits(actual.Network));
        Assert.Equal(FiguresOf(expected), FiguresOf(actual));
        Assert.Equal(expected.History.Select(FiguresOf), actual.History.Select(FiguresOf));
    }

    private static object FiguresOf(TrainingRun run) =>
        (run.Steps, run.Epochs, run.Psnr, run.Mae, run.HeldOutPsnr, run.HeldOutMae, run.StopReason);

    private static object FiguresOf(EpochRecord epoch) =>
        (epoch.Epoch, epoch.Loss, epoch.Psnr, epoch.Mae, epoch.LearningRate, epoch.HeldOutPsnr, epoch.HeldOutMae);
}
