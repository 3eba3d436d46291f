using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Tests;

/// <summary>The elementary functions at every width, over all floats and densely where they are used.</summary>
[Trait("Runs", "AtEveryWidth")]
public class VectorMathTests
{
    private const double SineBound = 1.8e-7;

    /// <summary>A prime, so that neither the exponents' nor the mantissas' patterns are favoured.</summary>
    private const uint SweepStride = 6_007;

    private static readonly VectorFunction[] TrigonometricFunctions =
        [VectorFunction.Sine, VectorFunction.SineBesideCosine, VectorFunction.CosineBesideSine, VectorFunction.Cosine];

    private static readonly float[] AllFloats = Sweep();

    private static readonly float[] UsualArguments = [.. Enumerable.Range(-100_000, 200_001).Select(i => i * 0.00031f)];

    public static TheoryData<string> InstructionSets => InstructionSetSupport.Names;

    [Theory, MemberData(nameof(InstructionSets))]
    public void Exp_is_within_2_ulp(string width) =>
        AssertUlp(width, VectorFunction.Exp, bound: 2, x => x is >= -87.33f and <= 88.37f);

    [Theory, MemberData(nameof(InstructionSets))]
    public void Sigmoid_is_within_3_ulp(string width) =>
        AssertUlp(width, VectorFunction.Sigmoid, bound: 3, x => x >= -88.37f);

    [Theory, MemberData(nameof(InstructionSets))]
    public void Tanh_is_within_2_ulp(string width) =>
        AssertUlp(width, VectorFunction.Tanh, bound: 2, _ => true);

    [Theory, MemberData(nameof(InstructionSets))]
    public void Sine_is_within_its_absolute_bound(string width) => AssertAbsolute(width, VectorFunction.Sine);

    [Theory, MemberData(nameof(InstructionSets))]
    public void Sine_beside_cosine_is_within_its_absolute_bound(string width) => AssertAbsolute(width, VectorFunction.SineBesideCosine);

    [Theory, MemberData(nameof(InstructionSets))]
    public void Cosine_is_within_its_absolute_bound(string width) => AssertAbsolute(width, VectorFunction.CosineBesideSine);

    [Theory, MemberData(nameof(InstructionSets))]
    public void Cosine_alone_is_within_its_absolute_bound(string width) => AssertAbsolute(width, VectorFunction.Cosine);

    [Theory, MemberData(nameof(InstructionSets))]
    public void Bell_and_its_derivative_are_within_their_absolute_bounds(string width)
    {
        AssertWithin(width, VectorFunction.Bell, (_, _) => 1.5e-7);
        AssertWithin(width, VectorFunction.BellDerivative, (_, _) => 2.5e-7);
    }

    [Theory, MemberData(nameof(InstructionSets))]
    public void Normal_distribution_is_within_its_absolute_bound_and_its_tail_within_its_relative_one(string width)
    {
        AssertWithin(width, VectorFunction.NormalDistribution, (_, _) => 2.5e-7);
        AssertWithin(width, VectorFunction.NormalDensity, (_, _) => 2.5e-7);
        AssertWithin(width, VectorFunction.NormalDistribution, (x, exact) => x >= -13 ? 1e-5 * exact : 1e-37);
    }

    [Theory, MemberData(nameof(InstructionSets))]
    public void Bell_and_normal_distribution_reach_their_limits(string width)
    {
        float[] far = [float.NegativeInfinity, -1e30f, -100, 100, 1e30f, float.PositiveInfinity];
        foreach (VectorFunction function in new[] { VectorFunction.Bell, VectorFunction.BellDerivative, VectorFunction.NormalDensity })
            Assert.All(Evaluate(width, function, far), value => Assert.InRange(Math.Abs(value), 0, 3e-37f));
        float[] distribution = Evaluate(width, VectorFunction.NormalDistribution, far);
        Assert.All(distribution[..3], value => Assert.InRange(value, 0, 1e-37f));
        Assert.Equal([1, 1, 1], distribution[3..]);
        Assert.Equal([1, 1], Evaluate(width, VectorFunction.Bell, [0f, -0f]));
    }

    [Theory, MemberData(nameof(InstructionSets))]
    public void Exp_beyond_its_range_is_that_of_the_nearer_end(string width)
    {
        float[] ends = Evaluate(width, VectorFunction.Exp, [-87.33f, 88.37f]);
        float[] beyond = Evaluate(width, VectorFunction.Exp, [-87.34f, -1000, float.NegativeInfinity, 88.38f, 1e30f, float.PositiveInfinity]);
        Assert.Equal([ends[0], ends[0], ends[0], ends[1], ends[1], ends[1]], beyond);
        Assert.All(ends, end => Assert.True(float.IsNormal(end)));
    }

    [Theory, MemberData(nameof(InstructionSets))]
    public void Sigmoid_and_tanh_reach_their_limits(string width)
    {
        float[] far = [float.NegativeInfinity, -200, 200, float.PositiveInfinity];
        Assert.Equal([-1, -1, 1, 1], Evaluate(width, VectorFunction.Tanh, far));
        float[] sigmoid = Evaluate(width, VectorFunction.Sigmoid, far);
        Assert.All(sigmoid[..2], value => Assert.InRange(value, 0, 5e-39f));
        Assert.Equal([1, 1], sigmoid[2..]);
    }

    [Theory, MemberData(nameof(InstructionSets))]
    public void Sine_and_cosine_of_infinity_are_not_numbers_and_leave_their_neighbours_alone(string width)
    {
        float[] mixed = [float.PositiveInfinity, 0.5f, float.NegativeInfinity, 1e6f, float.NaN, -0.5f];
        foreach (VectorFunction function in TrigonometricFunctions)
        {
            float[] values = Evaluate(width, function, mixed);
            Assert.Equal([true, false, true, false, true, false], values.Select(float.IsNaN));
            Assert.Equal(VectorMathProbe.Exact(function, 0.5), values[1], SineBound);
            Assert.Equal(VectorMathProbe.Exact(function, -0.5), values[5], SineBound);
        }
    }

    [Theory, MemberData(nameof(InstructionSets))]
    public void Not_a_number_stays_so(string width)
    {
        foreach (VectorFunction function in Enum.GetValues<VectorFunction>())
            Assert.All(Evaluate(width, function, [float.NaN, -float.NaN]), value => Assert.True(float.IsNaN(value)));
    }

    [Theory, MemberData(nameof(InstructionSets))]
    public void Sine_and_cosine_give_the_same_bits_alone_and_together(string width)
    {
        Assert.Equal(Evaluate(width, VectorFunction.Sine, AllFloats), Evaluate(width, VectorFunction.SineBesideCosine, AllFloats));
        Assert.Equal(Evaluate(width, VectorFunction.Cosine, AllFloats), Evaluate(width, VectorFunction.CosineBesideSine, AllFloats));
    }

    [Theory, MemberData(nameof(InstructionSets))]
    public void Tanh_and_sine_of_zero_are_zero_and_both_are_odd(string width)
    {
        foreach (VectorFunction function in new[] { VectorFunction.Tanh, VectorFunction.Sine })
        {
            Assert.Equal([0, 0], Evaluate(width, function, [0f, -0f]));
            float[] mirrored = [.. UsualArguments.Select(x => -x)];
            Assert.Equal(Evaluate(width, function, UsualArguments), Evaluate(width, function, mirrored).Select(value => -value));
        }
    }

    private static float[] Evaluate(string width, VectorFunction function, float[] arguments) =>
        VectorMathProbe.Evaluate(InstructionSetSupport.Require(width), function, arguments);

    private static void AssertUlp(string width, VectorFunction function, double bound, Predicate<float> isInRange)
    {
        foreach (float[] arguments in new[] { AllFloats, UsualArguments })
        {
            float[] values = Evaluate(width, function, arguments);
            for (int i = 0; i < values.Length; i++)
                if (isInRange(arguments[i]) && !(VectorMathProbe.ErrorInUlp(values[i], VectorMathProbe.Exact(function, arguments[i])) <= bound))
                    Assert.Fail($"{function}({arguments[i]:R}) is {values[i]:R}, more than {bound} ulp wrong.");
        }
    }

    private static void AssertAbsolute(string width, VectorFunction function)
    {
        foreach (float[] arguments in new[] { AllFloats, UsualArguments })
        {
            float[] values = Evaluate(width, function, arguments);
            for (int i = 0; i < values.Length; i++)
            {
                if (!(Math.Abs(values[i] - VectorMathProbe.Exact(function, arguments[i])) <= SineBound))
                    Assert.Fail($"{function}({arguments[i]:R}) is {values[i]:R}, more than {SineBound:G3} wrong.");
                if (Math.Abs(values[i]) > 1.0000002f)
                    Assert.Fail($"{function}({arguments[i]:R}) is {values[i]:R}, outside of [-1, 1].");
            }
        }
    }

    private static void AssertWithin(string width, VectorFunction function, Func<float, double, double> bound)
    {
        foreach (float[] arguments in new[] { AllFloats, UsualArguments })
        {
            float[] values = Evaluate(width, function, arguments);
            for (int i = 0; i < values.Length; i++)
            {
                double exact = VectorMathProbe.Exact(function, arguments[i]);
                if (!(Math.Abs(values[i] - exact) <= bound(arguments[i], exact)))
                    Assert.Fail($"{function}({arguments[i]:R}) is {values[i]:R}, which is wrong by {Math.Abs(values[i] - exact):G3}.");
            }
        }
    }

    private static float[] Sweep()
    {
        var floats = new List<float>();
        for (ulong bits = 0; bits <= uint.MaxValue; bits += SweepStride)
            if (float.IsFinite(BitConverter.UInt32BitsToSingle((uint)bits)))
                floats.Add(BitConverter.UInt32BitsToSingle((uint)bits));
        floats.AddRange([0, -0f, float.Epsilon, -float.Epsilon, float.MinValue, float.MaxValue, 25_000, -25_000, 0.625f, -0.625f]);
        return [.. floats];
    }
}
