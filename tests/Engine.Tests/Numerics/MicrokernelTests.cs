using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Tests;

/// <summary>Products of any number of rows and terms.</summary>
[Trait("Runs", "AtEveryWidth")]
public class MicrokernelTests
{
    private const int Rows = 70, FewRows = 14;

    public static TheoryData<string> InstructionSets => InstructionSetSupport.Names;

    [Theory, MemberData(nameof(InstructionSets))]
    public void Long_sums_are_the_same_bits_for_few_rows_and_for_many(string width)
    {
        InstructionSet instructionSet = InstructionSetSupport.Require(width);
        foreach (int terms in new[] { 191, 192, 256, 300, 1000 })
        {
            (float[] atOnce, float[] inTurns) = KernelDispatch.Create(instructionSet, Activation.Sigmoid, new Products(terms));
            Assert.Equal(atOnce, inTurns);
            Assert.All(atOnce, value => Assert.True(float.IsFinite(value)));
        }
    }

    /// <summary>A product of all rows at once, and of few rows at a time, with a bias and what follows a derivative.</summary>
    private sealed unsafe class Products(int terms) : IKernelFactory<(float[] AtOnce, float[] InTurns)>
    {
        private const int Width = PanelLayout.Width;

        (float[] AtOnce, float[] InTurns) IKernelFactory<(float[] AtOnce, float[] InTurns)>.Create<TVector, TOps, TActivation>() =>
            (Multiply<TVector, TOps, TActivation>(Rows), Multiply<TVector, TOps, TActivation>(FewRows));

        private float[] Multiply<TVector, TOps, TActivation>(int rowsAtOnce)
            where TVector : struct
            where TOps : struct, IVectorOps<TVector>
            where TActivation : struct, IActivationKernel
        {
            var random = new Random(7);
            AlignedBuffer a = Filled(random, PanelLayout.PaddedColumns(terms) * Rows), b = Filled(random, terms * Width), bias = Filled(random, Width);
            AlignedBuffer forward = Filled(random, Rows * Width), errors = Filled(random, Rows * Width);
            var product = Product.Blocked(terms, Rows * Width);
            var parameters = new ActivationParameters(1, 1);
            for (int row = 0; row < Rows; row += rowsAtOnce)
            {
                Microkernel<TVector, TOps>.Multiply<AlongRows, FromBias, AsItIs>(
                    product, rowsAtOnce, Width, a.Pointer + row * Width, b.Pointer, forward.Pointer + row * Width, bias.Pointer, parameters);
                Microkernel<TVector, TOps>.Multiply<AlongRows, FromZero, TimesDerivative<TActivation>>(
                    product, rowsAtOnce, Width, a.Pointer + row * Width, b.Pointer, errors.Pointer + row * Width, null, parameters);
            }
            float[] results = [.. forward.Span, .. errors.Span];
            GC.KeepAlive((a, b, bias, forward, errors));
            return results;
        }

        private static AlignedBuffer Filled(Random random, int length)
        {
            var buffer = new AlignedBuffer(length);
            foreach (ref float value in buffer.Span)
                value = random.NextSingle() - 0.5f;
            return buffer;
        }
    }
}
