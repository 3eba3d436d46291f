using System.Runtime.Intrinsics;
using MonaLisa.Engine.Kernels;
using MonaLisa.Engine.Providers;

namespace MonaLisa.Engine.Training;

/// <summary>Plain gradient descent, one pixel a step, as the 2012 program does it.</summary>
internal static class OnlineLearner
{
    /// <summary>A learner with this processor's vectors.</summary>
    public static IPixelLearner Create(PixelDataset dataset, Mlp network, TrainingOptions options) =>
        Create(dataset, network, options, InstructionSets.Best);

    /// <summary>A learner with the given vectors.</summary>
    public static IPixelLearner Create(PixelDataset dataset, Mlp network, TrainingOptions options, InstructionSet set) => set switch
    {
        InstructionSet.Vector512 => Create<Vector512<float>, Vector512Ops>(dataset, network, options, set),
        InstructionSet.Vector256 => Create<Vector256<float>, Vector256Ops>(dataset, network, options, set),
        InstructionSet.Vector128 => Create<Vector128<float>, Vector128Ops>(dataset, network, options, set),
        _ => Create<float, ScalarOps>(dataset, network, options, set),
    };

    private static IPixelLearner Create<TVector, TOps>(PixelDataset dataset, Mlp network, TrainingOptions options, InstructionSet set)
        where TVector : struct
        where TOps : struct, IVectorOps<TVector> => network.Activation switch
        {
            Activation.ReLU => new OnlineLearner<TVector, TOps, ReLUKernel>(dataset, network, options, set),
            Activation.LeakyReLU => new OnlineLearner<TVector, TOps, LeakyReLUKernel>(dataset, network, options, set),
            Activation.Tanh => new OnlineLearner<TVector, TOps, TanhKernel>(dataset, network, options, set),
            Activation.Sigmoid => new OnlineLearner<TVector, TOps, SigmoidKernel>(dataset, network, options, set),
            Activation.Sine => new OnlineLearner<TVector, TOps, SineKernel>(dataset, network, options, set),
            _ => throw new ArgumentOutOfRangeException(nameof(network), network.Activation, "There is no such activation."),
        };
}
