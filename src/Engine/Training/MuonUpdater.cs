using System.Runtime.Intrinsics;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Training;

/// <summary>
/// Muon's part of a step, on the matrices between hidden layers (Jordan et al. 2024): each slice's momentum first, beside the other slices'
/// updates; then, panel by panel on all threads, every matrix's step is made orthogonal; then slice by slice the weights move.
/// </summary>
internal abstract unsafe class MuonUpdater
{
    /// <summary>Numbers of the network's slices that belong to it.</summary>
    public abstract IReadOnlyList<int> SliceNumbers { get; }

    /// <summary>Whether a slice, by its number, belongs to it.</summary>
    public abstract bool Owns(int sliceNumber);

    /// <summary>What it remembers from step to step.</summary>
    public abstract LearnerState State { get; }

    /// <summary>Takes a slice's gradient into its momentum; the step takes the place of the first group's gradient.</summary>
    /// <param name="sliceNumber">The slice.</param>
    /// <param name="gradients">The groups' gradients.</param>
    /// <param name="gradientCount">How many.</param>
    public abstract void Accumulate(int sliceNumber, float** gradients, int gradientCount);

    /// <summary>After every slice's momentum: makes the matrices' steps orthogonal.</summary>
    /// <param name="pool">The workers, between rounds.</param>
    /// <param name="step">The steps, laid out as the parameters.</param>
    public abstract void Orthogonalize(WorkerPool pool, float* step);

    /// <summary>Moves a slice of the weights by its step.</summary>
    /// <param name="sliceNumber">The slice.</param>
    /// <param name="step">The steps, laid out as the parameters.</param>
    /// <param name="learningRate">The learning rate of the slice at this step.</param>
    public abstract void Move(int sliceNumber, float* step, double learningRate);

    /// <summary>Muon for a network.</summary>
    /// <param name="options">Its momentum and weight decay.</param>
    /// <param name="network">The network.</param>
    public static MuonUpdater Create(TrainingOptions options, TiledNetwork network)
    {
        var values = OptimizerValues.Of(options);
        return network.InstructionSet switch
        {
            InstructionSet.Vector512 => new MuonUpdater<Vector512<float>, Vector512Ops>(values, network),
            InstructionSet.Vector256 => new MuonUpdater<Vector256<float>, Vector256Ops>(values, network),
            InstructionSet.Vector128 => new MuonUpdater<Vector128<float>, Vector128Ops>(values, network),
            _ => new MuonUpdater<float, ScalarOps>(values, network),
        };
    }
}
