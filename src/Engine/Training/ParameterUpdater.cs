using System.Runtime.Intrinsics;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Training;

/// <summary>
/// An optimizer with its state that works element by element; updates a slice at a time, different slices on different threads.
/// </summary>
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

    /// <summary>What it remembers from step to step.</summary>
    public abstract IReadOnlyList<LearnerState> States { get; }

    /// <summary>The optimizer that the options ask for; for <see cref="Optimizer.Muon"/> the AdamW of what is no hidden matrix.</summary>
    /// <param name="options">Which, and its parameters.</param>
    /// <param name="parameterLength">Floats of the parameters.</param>
    /// <param name="instructionSet">The vectors to use.</param>
    public static ParameterUpdater Create(TrainingOptions options, int parameterLength, InstructionSet instructionSet)
    {
        var values = OptimizerValues.Of(options);
        return instructionSet switch
        {
            InstructionSet.Vector512 => Create<Vector512<float>, Vector512Ops>(options.Optimizer, values, parameterLength),
            InstructionSet.Vector256 => Create<Vector256<float>, Vector256Ops>(options.Optimizer, values, parameterLength),
            InstructionSet.Vector128 => Create<Vector128<float>, Vector128Ops>(options.Optimizer, values, parameterLength),
            _ => Create<float, ScalarOps>(options.Optimizer, values, parameterLength),
        };
    }

    private static ParameterUpdater Create<TVector, TOps>(Optimizer optimizer, OptimizerValues values, int parameterLength)
        where TVector : struct
        where TOps : struct, IVectorOps<TVector>
    {
        float momentum = (float)(values.Momentum ?? 0), decay = (float)values.WeightDecay;
        return optimizer switch
        {
            Optimizer.Adam => new AdamUpdater<TVector, TOps>(parameterLength, AdamSettings.Of(values, isDecayDecoupled: false)),
            Optimizer.AdamW or Optimizer.Muon =>
                new AdamUpdater<TVector, TOps>(parameterLength, AdamSettings.Of(values, isDecayDecoupled: true)),
            Optimizer.Sgd => new MomentumUpdater<TVector, TOps>(parameterLength, momentum, decay, isNesterov: false),
            Optimizer.Nesterov => new MomentumUpdater<TVector, TOps>(parameterLength, momentum, decay, isNesterov: true),
            Optimizer.RMSProp => new RmsPropUpdater<TVector, TOps>(
                parameterLength, (float)values.Beta2!.Value, (float)values.Epsilon!.Value, momentum, decay),
            _ => throw new ArgumentOutOfRangeException(nameof(optimizer), optimizer, "There is no such optimizer."),
        };
    }
}
