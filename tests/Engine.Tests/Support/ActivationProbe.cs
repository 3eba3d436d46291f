using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Tests;

/// <summary>Takes numbers through an activation's kernel at any vector width.</summary>
internal static unsafe class ActivationProbe
{
    /// <summary>f(z) alone, f(z) as it comes where the derivative is kept, and f'(z).</summary>
    public static (float[] Alone, float[] Beside, float[] Derivatives) Evaluate(InstructionSet instructionSet, MlpDesign design, float[] z)
    {
        var padded = new float[PanelLayout.PadToHalfPanels(z.Length)];
        z.CopyTo(padded, 0);
        (float[] alone, float[] beside, float[] derivatives) =
            KernelDispatch.Create(instructionSet, design.Activation, new Evaluation(padded, design.ActivationParameters));
        return (alone[..z.Length], beside[..z.Length], derivatives[..z.Length]);
    }

    private sealed class Evaluation(float[] z, ActivationParameters parameters) : IKernelFactory<(float[], float[], float[])>
    {
        (float[], float[], float[]) IKernelFactory<(float[], float[], float[])>.Create<TVector, TOps, TActivation>()
        {
            float[] alone = [.. z], beside = [.. z], kept = new float[z.Length], ones = new float[z.Length];
            ones.AsSpan().Fill(1);
            fixed (float* first = alone, second = beside, derivatives = kept, errors = ones)
            {
                ElementwiseKernel<TVector, TOps, TActivation>.Activate(1, z.Length, 0, first, null, parameters);
                ElementwiseKernel<TVector, TOps, TActivation>.Activate(1, z.Length, 0, second, derivatives, parameters);
                if (!TActivation.KeepsDerivative)
                    beside.CopyTo(kept, 0);
                ElementwiseKernel<TVector, TOps, TActivation>.MultiplyByDerivative(1, z.Length, 0, derivatives, errors, parameters);
            }
            return (alone, beside, kept);
        }
    }
}
