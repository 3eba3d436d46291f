using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Tests;

/// <summary>Every loss and its gradient against their definitions in double precision, with ragged tiles and errors at the kinks.</summary>
[Trait("Runs", "AtEveryWidth")]
public unsafe class LossKernelTests
{
    private const int Capacity = 64;

    private const float Delta = 0.25f;

    private const double Bound = 1e-6;

    /// <summary>Whole and ragged numbers of rows.</summary>
    private static readonly int[] RowCounts = [1, 31, 32, 33, 64];

    public static TheoryData<string, LossFunction> Combinations
    {
        get
        {
            var data = new TheoryData<string, LossFunction>();
            foreach (string width in Enum.GetNames<InstructionSet>())
                foreach (LossFunction loss in Enum.GetValues<LossFunction>())
                    data.Add(width, loss);
            return data;
        }
    }

    [Theory, MemberData(nameof(Combinations))]
    public void Losses_and_gradients_are_those_of_the_definition(string width, LossFunction loss)
    {
        InstructionSet instructionSet = InstructionSetSupport.Require(width);
        foreach (int rows in RowCounts)
            KernelDispatch.Create(instructionSet, Activation.ReLU, new Check(new PixelLoss(loss, Delta), rows));
    }

    [Fact]
    public void One_pixel_has_the_same_loss()
    {
        foreach (LossFunction loss in Enum.GetValues<LossFunction>())
            foreach (float error in Errors)
            {
                var pixelLoss = new PixelLoss(loss, Delta);
                Assert.Equal(ReferenceLoss.Value(loss, error, Delta), pixelLoss.Value(error) * Scale(loss), Bound);
                Assert.Equal(ReferenceLoss.Derivative(loss, error, Delta), pixelLoss.Derivative(error) * Factor(loss), Bound);
            }
    }

    /// <summary>None, both sides of and exactly at delta, tiny, and beyond all colours.</summary>
    private static float[] Errors => [0, -0f, 0.25f, -0.25f, 0.2499f, -0.2501f, 1e-20f, -1e-20f, 0.7f, -0.9f, 3, -40, 0.01f];

    private static double Scale(LossFunction loss) => loss == LossFunction.HalfSquaredError ? 0.5 : 1.0 / 3;

    private static double Factor(LossFunction loss) => new PixelLoss(loss, Delta).GradientFactor(outputCount: 3);

    private sealed class Check(PixelLoss loss, int rows) : IKernelFactory<bool>
    {
        public bool Create<TVector, TOps, TActivation>()
            where TVector : struct
            where TOps : struct, IVectorOps<TVector>
            where TActivation : struct, IActivationKernel
        {
            AlignedBuffer outputs = new(Capacity * 3), targets = new(Capacity * 3), gradients = new(Capacity * 3);
            targets.Span.Fill(float.NaN);
            outputs.Span.Fill(1e3f);
            double expectedLoss = 0;
            for (int i = 0; i < rows * 3; i++)
            {
                int at = PanelLayout.SkinnyOffset(i / 3, 3) + i % 3 * PanelLayout.Width;
                // With a target of 0, the colour is the error exactly.
                (outputs.Span[at], targets.Span[at]) = (Errors[i % Errors.Length], 0);
                expectedLoss += ReferenceLoss.Value(loss.Function, Errors[i % Errors.Length], Delta);
            }
            ErrorSums sums = default;
            LossKernel<TVector, TOps>.Measure(loss, rows, columns: 3, outputs.Pointer, targets.Pointer, weights: null, ColorTransform.Of(ColorRange.Unit),
                gradients.Pointer, (float)Factor(loss.Function), ref sums);
            Assert.Equal(1, sums.Loss * Scale(loss.Function) / expectedLoss, 1e-5);
            for (int i = 0; i < PanelLayout.SkinnyOffset(rows - 1, 3) / 96 * 96 + 96; i++)
            {
                int row = i / 96 * 32 + i % 32, number = row * 3 + i % 96 / 32;
                double expected = row < rows ? ReferenceLoss.Derivative(loss.Function, Errors[number % Errors.Length], Delta) : 0;
                Assert.True(Math.Abs(gradients.Span[i] - expected) <= Bound * Math.Max(1, Math.Abs(expected)),
                    $"{loss.Function}, {rows} rows: the gradient {number} is {gradients.Span[i]}, not {expected}.");
            }
            return true;
        }
    }
}
