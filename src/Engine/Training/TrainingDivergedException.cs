namespace MonaLisa.Engine;

/// <summary>The loss became infinite, not a number, or exploded: the network is lost.</summary>
public sealed class TrainingDivergedException : Exception
{
    private const double UsualLearningRate = 1e-3;

    /// <summary>Says at which step a run was lost and what to try.</summary>
    /// <param name="step">The step, from 1.</param>
    /// <param name="loss">The loss there.</param>
    /// <param name="learningRate">The learning rate there.</param>
    public TrainingDivergedException(long step, double loss, double learningRate)
        : this(step, loss, learningRate,
            $"Try a smaller learning rate, such as {Math.Min(learningRate / 10, UsualLearningRate):0.#######}, or a larger batch.")
    {
    }

    private TrainingDivergedException(long step, double loss, double learningRate, string remedy)
        : base($"Training diverged at step {step}: the loss became {loss:G3} at a learning rate of {learningRate:G3}. {remedy}")
    {
        Step = step;
        Loss = loss;
        LearningRate = learningRate;
    }

    /// <summary>The error of a network with latents, whose learning rate and batches cannot be chosen.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="loss">The loss there.</param>
    /// <param name="learningRate">The learning rate there.</param>
    internal static TrainingDivergedException OfLatents(int epoch, double loss, double learningRate) =>
        new(epoch, loss, learningRate, "Start from another network, or give another -Seed.");

    /// <summary>The step at which the run was lost, from 1.</summary>
    public long Step { get; }

    /// <summary>The loss at that step.</summary>
    public double Loss { get; }

    /// <summary>The learning rate at that step.</summary>
    public double LearningRate { get; }
}
