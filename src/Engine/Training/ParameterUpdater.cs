using System.Runtime.Intrinsics;
using MonaLisa.Engine.Kernels;
using MonaLisa.Engine.Providers;

namespace MonaLisa.Engine.Training;

/// <summary>An optimizer with its state; updates a slice at a time, different slices on different threads.</summary>
internal abstract unsafe class ParameterUpdater
{
    /// <summary>Moves a slice of the parameters against the sum of the gradients.</summary>
    /// <param name="slice">Which.</param>
    /// <param name="parameters">All parameters.</param>
    /// <param name="gradients">The gradients to add up, each laid out as the parameters.</param>
    /// <param name="gradientCount">How many.</param>
    /// <param name="learningRate">The learning rate of the slice at this step.</param>
    /// <param name="step">The step, from 1.</param>
    public abstract void Update(
        in ParameterSlice slice, float* parameters, float** gradients, int gradientCount, double learningRate, long step);

    /// <summary>The optimizer that the options ask for.</summary>
    /// <param name="options">Which, and its momentum.</param>
    /// <param name="parameterLength">Floats of the parameters.</param>
    /// <param name="instructionSet">The vectors to use.</param>
    public static ParameterUpdater Create(TrainingOptions options, int parameterLength, InstructionSet instructionSet) => instructionSet switch
    {
        InstructionSet.Vector512 => Create<Vector512<float>, Vector512Ops>(options, parameterLength),
        InstructionSet.Vector256 => Create<Vector256<float>, Vector256Ops>(options, parameterLength),
        InstructionSet.Vector128 => Create<Vector128<float>, Vector128Ops>(options, parameterLength),
        _ => Create<float, ScalarOps>(options, parameterLength),
    };

    private static ParameterUpdater Create<TVector, TOps>(TrainingOptions options, int parameterLength)
        where TVector : struct
        where TOps : struct, IVectorOps<TVector> => options.Optimizer switch
        {
            Optimizer.Adam => new AdamUpdater<TVector, TOps>(parameterLength),
            Optimizer.Sgd => new MomentumUpdater<TVector, TOps>(parameterLength, (float)options.Momentum),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Optimizer, "There is no such optimizer."),
        };
}
