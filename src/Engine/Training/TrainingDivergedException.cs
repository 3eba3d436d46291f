namespace MonaLisa.Engine;

/// <summary>A network's error became infinite, not a number, or exploded: the network is lost.</summary>
public sealed class TrainingDivergedException : Exception
{
    private const double UsualLearningRate = 1e-3;

    /// <summary>Says at which step a run was lost and what to try.</summary>
    /// <param name="step">The step, from 1.</param>
    /// <param name="meanSquaredError">The mean squared error there, whatever the run's loss is.</param>
    /// <param name="learningRate">The learning rate there.</param>
    public TrainingDivergedException(long step, double meanSquaredError, double learningRate)
        : this(step, meanSquaredError, learningRate, FormattableString.Invariant(
            $"Try a smaller learning rate, such as {Math.Min(learningRate / 10, UsualLearningRate):G3}, or a larger batch."))
    {
    }

    private TrainingDivergedException(long step, double meanSquaredError, double learningRate, string remedy)
        : base(FormattableString.Invariant(
            $"Training diverged at step {step}: the mean squared error became {meanSquaredError:G3} at a learning rate of {learningRate:G3}. ") + remedy)
    {
        Step = step;
        MeanSquaredError = meanSquaredError;
        LearningRate = learningRate;
    }

    /// <summary>The error of a network with latents, whose learning rate and batches cannot be chosen.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="meanSquaredError">The mean squared error there.</param>
    /// <param name="learningRate">The learning rate there.</param>
    internal static TrainingDivergedException OfLatents(int epoch, double meanSquaredError, double learningRate) =>
        new(epoch, meanSquaredError, learningRate, "Start from another network, or give another -Seed.");

    /// <summary>The step at which the run was lost, from 1.</summary>
    public long Step { get; }

    /// <summary>The mean squared error at that step.</summary>
    public double MeanSquaredError { get; }

    /// <summary>The learning rate at that step.</summary>
    public double LearningRate { get; }
}
