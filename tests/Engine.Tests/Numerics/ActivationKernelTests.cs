using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Tests;

/// <summary>Each activation's kernel and its derivative at every width, against their definitions in double precision.</summary>
[Trait("Runs", "AtEveryWidth")]
public class ActivationKernelTests
{
    private const float Omega = 7, Sigma = 3;

    /// <summary>Rounding of the functions themselves, and of an argument, as a share of it: a product of three rounded numbers.</summary>
    private const double FunctionBound = 5e-7, ArgumentBound = 2e-7;

    private static readonly float[] Sums = [.. Enumerable.Range(-20_000, 40_001).Select(i => i * 0.000317f)];

    public static TheoryData<string> InstructionSets => InstructionSetSupport.Names;

    [Theory, MemberData(nameof(InstructionSets))]
    public void Values_and_derivatives_are_those_of_the_definitions(string width)
    {
        foreach (Activation activation in TestNetworks.HiddenActivations)
        {
            (float[] values, _, float[] derivatives) = ActivationProbe.Evaluate(InstructionSetSupport.Require(width), Design(activation), Sums);
            for (int i = 0; i < Sums.Length; i++)
            {
                double z = Sums[i], slope = LargestSlope(activation, z);
                double value = ReferenceActivation.Apply(activation, z, Omega, Sigma);
                double derivative = ReferenceActivation.Derivative(activation, z, Omega, Sigma);
                if (!(Math.Abs(values[i] - value) <= (FunctionBound + ArgumentBound * Math.Abs(z) * slope) * Math.Max(1, Math.Abs(value))))
                    Assert.Fail($"{activation}({z:R}) is {values[i]:R}, not {value:R}.");
                if (!(Math.Abs(derivatives[i] - derivative) <= (FunctionBound + ArgumentBound * Math.Abs(z) * slope) * slope))
                    Assert.Fail($"The derivative of {activation} at {z:R} is {derivatives[i]:R}, not {derivative:R}.");
            }
        }
    }

    [Theory, MemberData(nameof(InstructionSets))]
    public void Keeping_the_derivative_changes_no_bit_of_the_value(string width)
    {
        float[] z = [.. Sums, 1e3f, -1e3f, 1e6f, -1e6f, 1e20f, -1e20f];
        foreach (Activation activation in TestNetworks.HiddenActivations)
        {
            (float[] alone, float[] beside, _) = ActivationProbe.Evaluate(InstructionSetSupport.Require(width), Design(activation), z);
            Assert.Equal(alone, beside);
        }
    }

    [Theory, MemberData(nameof(InstructionSets))]
    public void Huge_sums_have_finite_values_and_derivatives(string width)
    {
        foreach (Activation activation in TestNetworks.HiddenActivations)
        {
            (float[] values, _, float[] derivatives) =
                ActivationProbe.Evaluate(InstructionSetSupport.Require(width), Design(activation), [1e15f, -1e15f, 1e4f, -1e4f]);
            Assert.All(values.Concat(derivatives), value => Assert.True(float.IsFinite(value), $"{activation} gives {value}."));
        }
    }

    [Theory, MemberData(nameof(InstructionSets))]
    public void Not_a_number_does_not_become_one(string width)
    {
        // The rectifiers' comparisons are false for it.
        foreach (Activation activation in TestNetworks.HiddenActivations)
        {
            (float[] values, _, _) = ActivationProbe.Evaluate(InstructionSetSupport.Require(width), Design(activation), [float.NaN, 1, -1]);
            Assert.Equal([true, false, false], values.Select(float.IsNaN));
        }
    }

    [Fact]
    public void FINERs_derivative_takes_the_factor_for_a_constant()
    {
        const double Step = 1e-6;
        foreach (double z in new[] { -2.0, -0.3, 0, 0.1, 1.7 })
        {
            double factor = Omega * (Math.Abs(z) + 1);
            double slope = (Math.Sin(factor * (z + Step)) - Math.Sin(factor * (z - Step))) / (2 * Step);
            Assert.Equal(slope, ReferenceActivation.Derivative(Activation.FINER, z, Omega, Sigma), 1e-6);
        }
    }

    [Theory]
    [InlineData(-3, 0.0013498980316300946)]
    [InlineData(-1, 0.15865525393145705)]
    [InlineData(0, 0.5)]
    [InlineData(1.959963984540054, 0.975)]
    [InlineData(-6, 9.865876450376946e-10)]
    public void The_references_normal_distribution_is_that_of_the_tables(double x, double expected) =>
        Assert.Equal(1, ReferenceActivation.NormalDistribution(x) / expected, 1e-12);

    private static MlpDesign Design(Activation activation) =>
        new() { HiddenLayers = [1], Activation = activation, Omega = Omega, Sigma = Sigma };

    /// <summary>No derivative near z is larger; an error of z becomes one of the value by this much.</summary>
    private static double LargestSlope(Activation activation, double z) => activation switch
    {
        Activation.Sine => Omega,
        Activation.FINER => Omega * (2 * Math.Abs(z) + 1),
        Activation.Gaussian => Sigma,
        Activation.WIRE => Omega + Sigma,
        _ => 2,
    };
}
