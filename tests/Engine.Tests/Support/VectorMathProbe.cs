using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Tests;

/// <summary>Evaluates the kernels' elementary functions at any vector width, and their exact values.</summary>
internal static class VectorMathProbe
{
    private const int MostLanes = 16;

    /// <summary>The function of every argument.</summary>
    public static float[] Evaluate(InstructionSet instructionSet, VectorFunction function, ReadOnlySpan<float> arguments)
    {
        var padded = new float[(arguments.Length + MostLanes - 1) / MostLanes * MostLanes];
        arguments.CopyTo(padded);
        return KernelDispatch.Create(instructionSet, Activation.ReLU, new Evaluation(function, padded))[..arguments.Length];
    }

    /// <summary>The function in double precision.</summary>
    public static double Exact(VectorFunction function, double x) => function switch
    {
        VectorFunction.Exp => Math.Exp(x),
        VectorFunction.Sigmoid => 1 / (1 + Math.Exp(-x)),
        VectorFunction.Tanh => Math.Tanh(x),
        VectorFunction.CosineBesideSine or VectorFunction.Cosine => Math.Cos(x),
        VectorFunction.Bell => Math.Exp(-x * x),
        VectorFunction.BellDerivative => double.IsInfinity(x) ? 0 : -2 * x * Math.Exp(-x * x),
        VectorFunction.NormalDistribution => ReferenceActivation.NormalDistribution(x),
        VectorFunction.NormalDensity => ReferenceActivation.NormalDensity(x),
        _ => Math.Sin(x),
    };

    /// <summary>The distance of a float from an exact value, in units of the last place of floats as large as that.</summary>
    public static double ErrorInUlp(float value, double exact) =>
        Math.Abs(value - exact) / (MathF.BitIncrement(Math.Abs((float)exact)) - (double)Math.Abs((float)exact));

    private sealed class Evaluation(VectorFunction function, float[] arguments) : IKernelFactory<float[]>
    {
        public unsafe float[] Create<TVector, TOps, TActivation>()
            where TVector : struct
            where TOps : struct, IVectorOps<TVector>
            where TActivation : struct, IActivationKernel
        {
            var results = new float[arguments.Length];
            fixed (float* source = arguments, destination = results)
                for (int i = 0; i < arguments.Length; i += TOps.Count)
                    TOps.Store(Apply<TVector, TOps>(TOps.Load(source + i)), destination + i);
            return results;
        }

        private TVector Apply<TVector, TOps>(TVector x)
            where TVector : struct
            where TOps : struct, IVectorOps<TVector>
        {
            TVector second;
            switch (function)
            {
                case VectorFunction.Cosine: return VectorMath<TVector, TOps>.Cos(x);
                case VectorFunction.Bell: return VectorMath<TVector, TOps>.Bell(x, out _);
                case VectorFunction.NormalDistribution: return VectorMath<TVector, TOps>.NormalDistribution(x, out _);
                case VectorFunction.BellDerivative:
                    VectorMath<TVector, TOps>.Bell(x, out second);
                    return second;
                case VectorFunction.NormalDensity:
                    VectorMath<TVector, TOps>.NormalDistribution(x, out second);
                    return second;
                case VectorFunction.Exp: return VectorMath<TVector, TOps>.Exp(x);
                case VectorFunction.Sigmoid: return VectorMath<TVector, TOps>.Sigmoid(x);
                case VectorFunction.Tanh: return VectorMath<TVector, TOps>.Tanh(x);
                case VectorFunction.Sine: return VectorMath<TVector, TOps>.Sin(x);
                case VectorFunction.SineBesideCosine: return VectorMath<TVector, TOps>.SinCos(x, out _);
                default:
                    VectorMath<TVector, TOps>.SinCos(x, out second);
                    return second;
            }
        }
    }
}
