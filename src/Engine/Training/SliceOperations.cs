using System.Runtime.Intrinsics;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Training;

/// <summary>What is done to slices of parameters and gradients beside the optimizer, with the vectors at hand.</summary>
internal abstract unsafe class SliceOperations
{
    /// <summary>Adds gradients up into the first of them.</summary>
    /// <param name="count">Floats of the slice.</param>
    /// <param name="gradients">The gradients.</param>
    /// <param name="gradientCount">How many.</param>
    /// <param name="offset">Where the slice begins in each.</param>
    /// <returns>The sum of the squares of the result.</returns>
    public abstract float AddUp(int count, float** gradients, int gradientCount, int offset);

    /// <summary>Multiplies values by a factor.</summary>
    public abstract void Scale(int count, float* values, float factor);

    /// <summary>Moves an average towards values: <c>average += share * (values - average)</c>.</summary>
    public abstract void Average(int count, float* average, float* values, float share);

    /// <summary>The operations of an instruction set.</summary>
    public static SliceOperations Create(InstructionSet instructionSet) => instructionSet switch
    {
        InstructionSet.Vector512 => new Vectors<Vector512<float>, Vector512Ops>(),
        InstructionSet.Vector256 => new Vectors<Vector256<float>, Vector256Ops>(),
        InstructionSet.Vector128 => new Vectors<Vector128<float>, Vector128Ops>(),
        _ => new Vectors<float, ScalarOps>(),
    };

    private sealed class Vectors<TVector, TOps> : SliceOperations
        where TVector : struct
        where TOps : struct, IVectorOps<TVector>
    {
        public override float AddUp(int count, float** gradients, int gradientCount, int offset) =>
            UpdateKernel<TVector, TOps>.AddUp(count, gradients, gradientCount, offset);

        public override void Scale(int count, float* values, float factor) => UpdateKernel<TVector, TOps>.Scale(count, values, factor);

        public override void Average(int count, float* average, float* values, float share) =>
            UpdateKernel<TVector, TOps>.Average(count, average, values, share);
    }
}
