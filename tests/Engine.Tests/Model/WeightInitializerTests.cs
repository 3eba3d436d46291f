namespace MonaLisa.Engine.Tests;

public class WeightInitializerTests
{
    private const int Wide = 200;

    public static TheoryData<Activation, WeightInitialization, float[]> Pinned => new()
    {
        { Activation.Sine, WeightInitialization.Auto, [0.04287574f, -0.31927684f, -0.3796559f, -0.010285111f, -0.33832154f] },
        { Activation.Tanh, WeightInitialization.Auto, [0.08575148f, -0.6385537f, -0.7593118f, 0.5935787f, 0] },
        { Activation.LeakyReLU, WeightInitialization.He, [0.52757573f, 0.44104698f, -0.53529775f, 0.3666433f, 0] },
        { Activation.LeakyReLU, WeightInitialization.MonaLisa2012, [0.09138336f, 0.0763954f, -0.09272093f, 0.099759385f, -0.0813085f] },
    };

    [Theory, MemberData(nameof(Pinned))]
    public void A_seed_gives_the_same_weights_on_every_platform(Activation activation, WeightInitialization initialization, float[] expected)
    {
        var network = new Mlp(new MlpDesign { HiddenLayers = [4, 5], Activation = activation, Initialization = initialization, Omega = 60, Seed = 2012 });
        DenseLayer first = network.Layers[0], last = network.Layers[^1];
        float[] actual = [first.Weights[0], first.Weights[1], first.Weights[2], last.Weights[^1], last.Biases[^1]];
        // A platform's logarithm and cosine may differ in the last place of a double, which can move a float by its last place.
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, Math.Abs(pair.First) * 2e-7f));
    }

    [Fact]
    public void Seeds_differ_and_repeat()
    {
        double[] Weights(int seed) => ReferenceNetwork.Flatten(new Mlp(TrainingDefaults.Design([20, 20], seed: seed)));
        Assert.Equal(Weights(1), Weights(1));
        Assert.NotEqual(Weights(1), Weights(2));
        Assert.NotEqual(Weights(1), Weights(-1));
    }

    [Theory]
    [InlineData(Activation.ReLU, 2.0 / Wide)]
    [InlineData(Activation.LeakyReLU, 2 / (1.0001 * Wide))]
    [InlineData(Activation.GELU, 2.0 / Wide)]
    public void He_gives_rectifiers_twice_the_variance_and_the_output_layer_once(Activation activation, double variance)
    {
        Mlp network = Draw(activation, WeightInitialization.He);
        AssertNormal(network.Layers[0].Weights, variance * Wide / Mlp.InputCount);
        AssertNormal(network.Layers[1].Weights, variance);
        AssertNormal(network.Layers[2].Weights, 1.0 / Wide);
        Assert.All(network.Layers, layer => Assert.All(layer.Biases, bias => Assert.Equal(0, bias)));
    }

    [Fact]
    public void Xavier_is_uniform_by_fan_in_and_fan_out()
    {
        Mlp network = Draw(Activation.Tanh, WeightInitialization.Xavier);
        AssertUniform(network.Layers[0].Weights, Math.Sqrt(6.0 / (2 + Wide)));
        AssertUniform(network.Layers[1].Weights, Math.Sqrt(6.0 / (2 * Wide)));
        AssertUniform(network.Layers[2].Weights, Math.Sqrt(6.0 / (Wide + 3)));
        Assert.All(network.Layers, layer => Assert.All(layer.Biases, bias => Assert.Equal(0, bias)));
    }

    [Fact]
    public void Siren_is_uniform_with_a_first_layer_of_its_own_and_random_biases()
    {
        Mlp network = Draw(Activation.Sine, WeightInitialization.Siren);
        AssertUniform(network.Layers[0].Weights, 0.5);
        AssertUniform(network.Layers[1].Weights, Math.Sqrt(6.0 / Wide) / MlpDesign.DefaultOmega);
        AssertUniform(network.Layers[2].Weights, Math.Sqrt(6.0 / Wide) / MlpDesign.DefaultOmega);
        AssertUniform(network.Layers[0].Biases, 1 / Math.Sqrt(2));
        AssertUniform(network.Layers[1].Biases, 1 / Math.Sqrt(Wide));
    }

    [Fact]
    public void Finer_is_Siren_with_first_biases_of_its_own()
    {
        Mlp finer = Draw(Activation.FINER, WeightInitialization.Finer), siren = Draw(Activation.FINER, WeightInitialization.Siren);
        AssertUniform(finer.Layers[0].Weights, 0.5);
        AssertUniform(finer.Layers[1].Weights, Math.Sqrt(6.0 / Wide) / 30);
        AssertUniform(finer.Layers[0].Biases, WeightInitializer.FinerFirstBias);
        AssertUniform(finer.Layers[1].Biases, 1 / Math.Sqrt(Wide));
        Assert.Equal(siren.Layers[2].Weights, finer.Layers[2].Weights);
        Assert.NotEqual(siren.Layers[0].Biases, finer.Layers[0].Biases);
    }

    [Fact]
    public void By_fan_in_weights_and_biases_are_uniform()
    {
        Mlp network = Draw(Activation.WIRE, WeightInitialization.FanIn);
        Assert.All(network.Layers, layer => AssertUniform(layer.Weights, 1 / Math.Sqrt(layer.InputCount)));
        AssertUniform(network.Layers[0].Biases, 1 / Math.Sqrt(2));
        AssertUniform(network.Layers[1].Biases, 1 / Math.Sqrt(Wide));
    }

    [Fact]
    public void The_2012_program_is_normal_by_fan_in_and_bias()
    {
        Mlp network = Draw(Activation.LeakyReLU, WeightInitialization.MonaLisa2012);
        AssertNormal(network.Layers[0].Weights, 0.09 / 3);
        AssertNormal(network.Layers[1].Weights, 0.09 / (Wide + 1));
        AssertNormal(network.Layers[1].Biases, 0.09 / (Wide + 1));
    }

    [Theory]
    [InlineData(Activation.Sine, WeightInitialization.Siren)]
    [InlineData(Activation.Tanh, WeightInitialization.Xavier)]
    [InlineData(Activation.Sigmoid, WeightInitialization.Xavier)]
    [InlineData(Activation.ReLU, WeightInitialization.He)]
    [InlineData(Activation.LeakyReLU, WeightInitialization.He)]
    [InlineData(Activation.FINER, WeightInitialization.Finer)]
    [InlineData(Activation.Gaussian, WeightInitialization.FanIn)]
    [InlineData(Activation.WIRE, WeightInitialization.FanIn)]
    [InlineData(Activation.GELU, WeightInitialization.He)]
    public void Auto_chooses_by_the_activation(Activation activation, WeightInitialization chosen) =>
        Assert.Equal(
            ReferenceNetwork.Flatten(Draw(activation, chosen)), ReferenceNetwork.Flatten(Draw(activation, WeightInitialization.Auto)));

    private static Mlp Draw(Activation activation, WeightInitialization initialization) =>
        new(new MlpDesign { HiddenLayers = [Wide, Wide], Activation = activation, Initialization = initialization });

    private static void AssertUniform(float[] values, double limit)
    {
        Assert.All(values, value => Assert.InRange(value, -limit, limit));
        Assert.True(values.Max() > 0.95 * limit && values.Min() < -0.95 * limit);
        AssertMoments(values, limit * limit / 3);
    }

    private static void AssertNormal(float[] values, double variance)
    {
        Assert.Contains(values, value => Math.Abs(value) > 2 * Math.Sqrt(variance));
        AssertMoments(values, variance);
    }

    /// <summary>Mean and variance within four deviations of what so many draws give.</summary>
    private static void AssertMoments(float[] values, double variance)
    {
        double mean = values.Average(value => (double)value), measured = values.Average(value => (double)value * value);
        Assert.InRange(Math.Abs(mean), 0, 4 * Math.Sqrt(variance / values.Length));
        Assert.InRange(measured / variance, 1 - 4 * Math.Sqrt(2.0 / values.Length), 1 + 4 * Math.Sqrt(2.0 / values.Length));
    }
}
