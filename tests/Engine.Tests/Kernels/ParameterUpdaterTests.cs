using MonaLisa.Engine.Kernels;
using MonaLisa.Engine.Providers;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Tests;

/// <summary>The optimizers over many steps and several gradient groups, against their formulas in double precision.</summary>
[Trait("Runs", "AtEveryWidth")]
public unsafe class ParameterUpdaterTests
{
    private const int Length = 96, Groups = 3, Steps = 300;

    private const double Bound = 1e-5;

    /// <summary>Two slices with rates of their own; the last floats of the second are padding.</summary>
    private static readonly ParameterSlice[] Slices = [new(0, 0, 64), new(1, 64, 32)];

    private const int Padding = 5;

    public static TheoryData<string> InstructionSets => InstructionSetSupport.Names;

    [Theory, MemberData(nameof(InstructionSets))]
    public void Adam_follows_its_paper(string width)
    {
        double[] mean = new double[Length], variance = new double[Length];
        AssertFollows(width, new TrainingOptions { Optimizer = Optimizer.Adam }, rate: 0.01, (i, parameter, gradient, rate, step) =>
        {
            mean[i] = 0.9 * mean[i] + 0.1 * gradient;
            variance[i] = 0.999 * variance[i] + 0.001 * gradient * gradient;
            double correctedMean = mean[i] / (1 - Math.Pow(0.9, step)), correctedVariance = variance[i] / (1 - Math.Pow(0.999, step));
            return parameter - rate * correctedMean / (Math.Sqrt(correctedVariance) + 1e-8);
        });
    }

    [Theory, MemberData(nameof(InstructionSets))]
    public void Momentum_accumulates_a_velocity(string width) =>
        AssertFollowsMomentum(width, momentum: 0.9);

    [Theory, MemberData(nameof(InstructionSets))]
    public void Without_momentum_it_is_plain_gradient_descent(string width) =>
        AssertFollowsMomentum(width, momentum: 0);

    private static void AssertFollowsMomentum(string width, double momentum)
    {
        var velocity = new double[Length];
        AssertFollows(width, new TrainingOptions { Optimizer = Optimizer.Sgd, Momentum = momentum }, rate: 0.003, (i, parameter, gradient, rate, _) =>
        {
            velocity[i] = momentum * velocity[i] + gradient;
            return parameter - rate * velocity[i];
        });
    }

    private static void AssertFollows(
        string width, TrainingOptions options, double rate, Func<int, double, double, double, int, double> formula)
    {
        InstructionSet instructionSet = InstructionSetSupport.Require(width);
        ParameterUpdater updater = ParameterUpdater.Create(options, Length, instructionSet);
        var random = new Random(3);
        var parameters = new AlignedBuffer(Length);
        for (int i = 0; i < Length - Padding; i++)
            parameters.Span[i] = random.NextSingle() - 0.5f;
        double[] expected = [.. parameters.Span.ToArray().Select(value => (double)value)];
        AlignedBuffer[] gradients = [new(Length), new(Length), new(Length)];
        float** pointers = stackalloc float*[Groups] { gradients[0].Pointer, gradients[1].Pointer, gradients[2].Pointer };
        for (int step = 1; step <= Steps; step++)
        {
            for (int i = 0; i < Length - Padding; i++)
            {
                double sum = 0;
                foreach (AlignedBuffer gradient in gradients)
                    sum += gradient.Span[i] = Gradient(random, i);
                expected[i] = formula(i, expected[i], sum, i < 64 ? rate : rate / 2, step);
            }
            foreach (ParameterSlice slice in Slices)
                updater.Update(slice, parameters.Pointer, pointers, Groups, slice.Layer == 0 ? rate : rate / 2, step);
        }
        double[] actual = [.. parameters.Span.ToArray().Select(value => (double)value)];
        double difference = Closeness.LargestDifference(actual, expected, leastScale: 1);
        Assert.True(difference <= Bound, $"The parameters are wrong by {difference:G3}.");
        Assert.All(actual[^Padding..], value => Assert.Equal(0, value));
    }

    /// <summary>Noisy with a trend, of many sizes: some so small that Adam's epsilon decides.</summary>
    private static float Gradient(Random random, int i) => (random.NextSingle() - 0.3f) * MathF.Pow(10, -(i % 10));
}
