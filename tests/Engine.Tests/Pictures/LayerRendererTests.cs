using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Tests;

public sealed class LayerRendererTests
{
    private const int Width = 23, Height = 17;

    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    /// <summary>Each layer's responses, weighted and activated by plain loops, are the next layer's; the last one's the colours.</summary>
    [Theory, MemberData(nameof(TestNetworks.Activations), MemberType = typeof(TestNetworks))]
    public void Each_layer_is_what_the_layer_before_makes_of_it(Activation activation)
    {
        Mlp network = TestNetworks.Create(activation, [17, 64, 3, 40], omega: 3);
        for (int layer = 2; layer <= 4; layer++)
            AssertFollows(network, Responses(network, layer - 1), Responses(network, layer), layer);
        AssertColors(network, Responses(network, 4));
    }

    [Fact]
    public void The_first_layer_is_made_of_the_coordinates()
    {
        Mlp network = TestNetworks.Create(Activation.Tanh, [33, 8]);
        float[] coordinates = [.. Enumerable.Range(0, 2).SelectMany(axis => Enumerable.Range(0, Width * Height).Select(pixel =>
        {
            (double first, double second) = ReferencePicture.Coordinates(
                network.Design.Coordinates, pixel % Width, pixel / Width, Width, Height);
            return (float)(axis == 0 ? first : second);
        }))];
        AssertFollows(network, coordinates, Responses(network, 1), 1);
    }

    public static TheoryData<int> Encodings => [.. Enumerable.Range(0, TestNetworks.Encodings.Length)];

    [Theory, MemberData(nameof(Encodings))]
    public void Layer_0_is_what_the_first_layer_sees_of_an_encoding(int encoding)
    {
        Mlp network = TestNetworks.Create(TestNetworks.Encodings[encoding], Activation.ReLU, [20, 9]);
        Assert.Equal(network.Design.Encoding.FeatureCount, LayerRenderer.CountOf(network, 0));
        AssertFollows(network, Responses(network, 0), Responses(network, 1), 1);
    }

    [Fact]
    public void MKL_gives_the_same_responses()
    {
        Providers.Mkl(InstructionSets.Best);
        Mlp network = TestNetworks.Create(TestNetworks.Encodings[0], Activation.Tanh, [20, 33]);
        for (int layer = 0; layer <= 2; layer++)
            Assert.InRange(Closeness.LargestDifference(
                Doubles(Responses(network, layer, ComputeProvider.Mkl)), Doubles(Responses(network, layer)), leastScale: 1), 0, 1e-5);
    }

    [Fact]
    public void Neurons_come_in_the_order_asked_for()
    {
        Mlp network = TestNetworks.Create(Activation.Sine, [70, 5]);
        float[] all = Responses(network, 1), some = new float[3 * Width * Height];
        using var layer = new LayerRenderer(network, 1, threadCount: 2);
        layer.Render([69, 0, 33], Width, Height, some, Stopping);
        Assert.Equal([.. Plane(all, 69), .. Plane(all, 0), .. Plane(all, 33)], some);
    }

    [Theory, InlineData(0), InlineData(3), InlineData(-1)]
    public void A_layer_that_is_not_there_is_named(int layer)
    {
        Mlp network = TestNetworks.Create(Activation.ReLU, [5, 6]);
        ArgumentException error = Assert.Throws<ArgumentException>(() => new LayerRenderer(network, layer));
        Assert.Contains($"no layer {layer}", error.Message, StringComparison.Ordinal);
        Assert.Contains("1 to 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_neuron_that_is_not_there_and_too_little_room_are_refused()
    {
        using var layer = new LayerRenderer(TestNetworks.Create(Activation.ReLU, [5]), 1, threadCount: 1);
        var room = new float[4];
        Assert.Throws<ArgumentOutOfRangeException>(() => layer.Render([5], 2, 2, room, Stopping));
        Assert.Throws<ArgumentOutOfRangeException>(() => layer.Render([-1], 2, 2, room, Stopping));
        Assert.Throws<ArgumentOutOfRangeException>(() => layer.Render([0, 1], 2, 2, room, Stopping));
        Assert.Throws<OperationCanceledException>(() => layer.Render([0], 2, 2, room, new CancellationToken(canceled: true)));
    }

    private static float[] Responses(Mlp network, int layer, ComputeProvider provider = ComputeProvider.Managed)
    {
        using var renderer = new LayerRenderer(network, layer, provider, threadCount: 2);
        var responses = new float[renderer.NeuronCount * Width * Height];
        renderer.Render([.. Enumerable.Range(0, renderer.NeuronCount)], Width, Height, responses, Stopping);
        return responses;
    }

    private static ReadOnlySpan<float> Plane(float[] responses, int neuron) => responses.AsSpan(neuron * Width * Height, Width * Height);

    private static double[] Doubles(float[] values) => [.. values.Select(value => (double)value)];

    private static double Sum(DenseLayer dense, int output, float[] inputs, int pixel)
    {
        double sum = dense.Biases[output];
        for (int input = 0; input < dense.InputCount; input++)
            sum += (double)dense.Weights[output * dense.InputCount + input] * inputs[input * Width * Height + pixel];
        return sum;
    }

    private static void AssertFollows(Mlp network, float[] inputs, float[] outputs, int layer)
    {
        DenseLayer dense = network.Layers[layer - 1];
        Assert.Equal((dense.InputCount * Width * Height, dense.OutputCount * Width * Height), (inputs.Length, outputs.Length));
        for (int output = 0; output < dense.OutputCount; output++)
            for (int pixel = 0; pixel < Width * Height; pixel++)
            {
                double expected = ReferenceActivation.Apply(
                    network.Activation, Sum(dense, output, inputs, pixel), network.Design.Omega, network.Design.Sigma);
                Assert.Equal(expected, outputs[output * Width * Height + pixel], 1e-4);
            }
    }

    private static void AssertColors(Mlp network, float[] inputs)
    {
        using var renderer = new ImageRenderer(network, ComputeProvider.Managed, threadCount: 1);
        var colors = new float[Width * Height * 3];
        renderer.Render(Width, Height, 0, Height, colors, Stopping);
        for (int pixel = 0; pixel < Width * Height; pixel++)
            for (int channel = 0; channel < 3; channel++)
                Assert.Equal(Sum(network.Layers[^1], channel, inputs, pixel) / 2 + 0.5, colors[pixel * 3 + channel], 1e-4);
    }
}
