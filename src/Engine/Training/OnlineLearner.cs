using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Training;

/// <summary>Plain gradient descent, one pixel a step, as the 2012 program does it.</summary>
internal static class OnlineLearner
{
    /// <summary>A learner.</summary>
    /// <param name="dataset">The picture.</param>
    /// <param name="network">The weights to start from.</param>
    /// <param name="options">Options with every default filled in.</param>
    /// <param name="instructionSet">The vectors to use.</param>
    public static IPixelLearner Create(PixelDataset dataset, Mlp network, TrainingOptions options, InstructionSet instructionSet) =>
        KernelDispatch.Create(instructionSet, network.Activation, new Factory(dataset, network, options, instructionSet));

    private sealed class Factory(PixelDataset dataset, Mlp network, TrainingOptions options, InstructionSet instructionSet)
        : IKernelFactory<IPixelLearner>
    {
        IPixelLearner IKernelFactory<IPixelLearner>.Create<TVector, TOps, TActivation>() =>
            new OnlineLearner<TVector, TOps, TActivation>(dataset, network, options, instructionSet);
    }
}
