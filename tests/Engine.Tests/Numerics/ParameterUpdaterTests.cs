using MonaLisa.Engine.Numerics;
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
    public void Adam_with_other_parameters_follows_its_paper_and_adds_its_weight_decay_to_the_gradient(string width)
    {
        double[] mean = new double[Length], variance = new double[Length];
        var options = new TrainingOptions { Optimizer = Optimizer.Adam, Beta1 = 0.8, Beta2 = 0.99, Epsilon = 1e-3, WeightDecay = 0.05 };
        AssertFollows(width, options, rate: 0.01, (i, parameter, gradient, rate, step) =>
        {
            gradient += 0.05 * parameter;
            mean[i] = 0.8 * mean[i] + 0.2 * gradient;
            variance[i] = 0.99 * variance[i] + 0.01 * gradient * gradient;
            double correctedMean = mean[i] / (1 - Math.Pow(0.8, step)), correctedVariance = variance[i] / (1 - Math.Pow(0.99, step));
            return parameter - rate * correctedMean / (Math.Sqrt(correctedVariance) + 1e-3);
        });
    }

    [Theory, MemberData(nameof(InstructionSets))]
    public void AdamW_decays_the_weights_beside_the_step(string width) =>
        AssertFollowsAdamW(width, new TrainingOptions { Optimizer = Optimizer.AdamW }, decay: 0.01);

    [Theory, MemberData(nameof(InstructionSets))]
    public void AdamW_takes_another_weight_decay(string width) =>
        AssertFollowsAdamW(width, new TrainingOptions { Optimizer = Optimizer.AdamW, WeightDecay = 0.5 }, decay: 0.5);

    [Theory, MemberData(nameof(InstructionSets))]
    public void What_is_no_hidden_matrix_learns_by_AdamW_with_Muon(string width) =>
        AssertFollowsAdamW(width, new TrainingOptions { Optimizer = Optimizer.Muon, WeightDecay = 0.1 }, decay: 0.1);

    [Theory, MemberData(nameof(InstructionSets))]
    public void RMSProp_divides_by_the_mean_square(string width) =>
        AssertFollowsRmsProp(width, new TrainingOptions { Optimizer = Optimizer.RMSProp }, 0.99, 1e-8, momentum: 0, decay: 0);

    [Theory, MemberData(nameof(InstructionSets))]
    public void RMSProp_takes_a_momentum_and_other_parameters(string width)
    {
        var options = new TrainingOptions
        {
            Optimizer = Optimizer.RMSProp, Beta2 = 0.9, Epsilon = 1e-4, Momentum = 0.7, WeightDecay = 0.02,
        };
        AssertFollowsRmsProp(width, options, beta2: 0.9, epsilon: 1e-4, momentum: 0.7, decay: 0.02);
    }

    [Theory, MemberData(nameof(InstructionSets))]
    public void Nesterov_looks_ahead(string width)
    {
        var velocity = new double[Length];
        var options = new TrainingOptions { Optimizer = Optimizer.Nesterov, WeightDecay = 0.02 };
        AssertFollows(width, options, rate: 0.003, (i, parameter, gradient, rate, _) =>
        {
            gradient += 0.02 * parameter;
            velocity[i] = 0.9 * velocity[i] + gradient;
            return parameter - rate * (gradient + 0.9 * velocity[i]);
        });
    }

    [Theory, MemberData(nameof(InstructionSets))]
    public void Adam_with_settings_of_its_own_updates_a_slice_from_a_single_gradient(string width)
    {
        InstructionSet instructionSet = InstructionSetSupport.Require(width);
        var options = new TrainingOptions { Beta1 = 0.9, Beta2 = 0.99, Epsilon = 1e-15 };
        ParameterUpdater updater = Create(options, instructionSet);
        AlignedBuffer parameters = new(Length), gradient = new(Length);
        gradient.Span[Slices[1].Start] = 1e-12f;
        float* pointer = gradient.Pointer;
        updater.Update(Slices[1], parameters.Pointer, &pointer, 1, learningRate: 0.01, step: 1);
        GC.KeepAlive(gradient);
        // With so small an epsilon a first step is the learning rate, however small the gradient.
        Assert.Equal(-0.01, parameters.Span[Slices[1].Start], 3e-5);
        Assert.Equal(Length - 1, parameters.Span.Count(0f));
    }

    [Theory, MemberData(nameof(InstructionSets))]
    public void Momentum_takes_a_weight_decay(string width) =>
        AssertFollowsMomentum(width, momentum: 0.9, decay: 0.03);

    [Theory, MemberData(nameof(InstructionSets))]
    public void Momentum_accumulates_a_velocity(string width) =>
        AssertFollowsMomentum(width, momentum: 0.9);

    [Theory, MemberData(nameof(InstructionSets))]
    public void Without_momentum_it_is_plain_gradient_descent(string width) =>
        AssertFollowsMomentum(width, momentum: 0);

    [Fact]
    public void Every_optimizer_names_all_that_it_remembers()
    {
        foreach (Optimizer optimizer in Enum.GetValues<Optimizer>())
        {
            ParameterUpdater updater = Create(new TrainingOptions { Optimizer = optimizer }, Numerics.InstructionSets.Best);
            // Muon remembers the hidden matrices' momentum beside what it has of AdamW.
            int more = optimizer == Optimizer.Muon ? 1 : 0;
            Assert.Equal(Optimizers.Of(optimizer).StateNames.Distinct().Count(), updater.States.Count + more);
        }
    }

    private static void AssertFollowsAdamW(string width, TrainingOptions options, double decay)
    {
        double[] mean = new double[Length], variance = new double[Length];
        AssertFollows(width, options, rate: 0.01, (i, parameter, gradient, rate, step) =>
        {
            mean[i] = 0.9 * mean[i] + 0.1 * gradient;
            variance[i] = 0.999 * variance[i] + 0.001 * gradient * gradient;
            double correctedMean = mean[i] / (1 - Math.Pow(0.9, step)), correctedVariance = variance[i] / (1 - Math.Pow(0.999, step));
            return parameter - rate * (correctedMean / (Math.Sqrt(correctedVariance) + 1e-8) + decay * parameter);
        });
    }

    private static void AssertFollowsRmsProp(
        string width, TrainingOptions options, double beta2, double epsilon, double momentum, double decay)
    {
        double[] square = new double[Length], velocity = new double[Length];
        AssertFollows(width, options, rate: 0.001, (i, parameter, gradient, rate, _) =>
        {
            gradient += decay * parameter;
            square[i] = beta2 * square[i] + (1 - beta2) * gradient * gradient;
            velocity[i] = momentum * velocity[i] + gradient / (Math.Sqrt(square[i]) + epsilon);
            return parameter - rate * velocity[i];
        });
    }

    private static void AssertFollowsMomentum(string width, double momentum, double decay = 0)
    {
        var velocity = new double[Length];
        var options = new TrainingOptions { Optimizer = Optimizer.Sgd, Momentum = momentum, WeightDecay = decay };
        AssertFollows(width, options, rate: 0.003, (i, parameter, gradient, rate, _) =>
        {
            velocity[i] = momentum * velocity[i] + gradient + decay * parameter;
            return parameter - rate * velocity[i];
        });
    }

    private static void AssertFollows(
        string width, TrainingOptions options, double rate, Func<int, double, double, double, int, double> formula)
    {
        InstructionSet instructionSet = InstructionSetSupport.Require(width);
        ParameterUpdater updater = Create(options, instructionSet);
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
        GC.KeepAlive(gradients);
        double[] actual = [.. parameters.Span.ToArray().Select(value => (double)value)];
        double difference = Closeness.LargestDifference(actual, expected, leastScale: 1);
        Assert.True(difference <= Bound, $"The parameters are wrong by {difference:G3}.");
        Assert.All(actual[^Padding..], value => Assert.Equal(0, value));
    }

    private static ParameterUpdater Create(TrainingOptions options, InstructionSet instructionSet) =>
        KernelDispatch.Create(instructionSet, Activation.ReLU, new Factory(options.WithDefaults(new MlpDesign { HiddenLayers = [1] })));

    private sealed class Factory(TrainingOptions options) : IKernelFactory<ParameterUpdater>
    {
        ParameterUpdater IKernelFactory<ParameterUpdater>.Create<TVector, TOps, TActivation>() =>
            Optimizers.Of(options.Optimizer).CreateUpdater<TVector, TOps>(options, Length);
    }

    /// <summary>Noisy with a trend, of many sizes: some so small that Adam's epsilon decides.</summary>
    private static float Gradient(Random random, int i) => (random.NextSingle() - 0.3f) * MathF.Pow(10, -(i % 10));
}
