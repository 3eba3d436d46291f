namespace MonaLisa.Engine.Tests;

/// <summary>The reference itself, against the definition of a derivative.</summary>
public class ReferenceNetworkTests
{
    private const double Difference = 1e-6, Bound = 1e-7;

    public static TheoryData<Activation, LossFunction, ColorRange> Combinations
    {
        get
        {
            var data = new TheoryData<Activation, LossFunction, ColorRange>();
            // FINER's derivative is not that of its function, by intention.
            foreach (Activation activation in TestNetworks.HiddenActivations.Except([Activation.FINER]))
                foreach (LossFunction loss in Enum.GetValues<LossFunction>())
                    foreach (ColorRange colors in Enum.GetValues<ColorRange>())
                        data.Add(activation, loss, colors);
            return data;
        }
    }

    [Theory, MemberData(nameof(Combinations))]
    public void Gradient_agrees_with_central_differences(Activation activation, LossFunction loss, ColorRange colors)
    {
        Mlp network = TestNetworks.Create(activation, [7, 5, 6], colors: colors, omega: 5);
        ReferencePixel[] pixels = TestNetworks.Pixels(network, 9);
        var reference = new ReferenceNetwork(network);
        double[] gradient = reference.Gradient(pixels, loss);
        for (int i = 0; i < gradient.Length; i++)
        {
            double value = reference.Parameters[i];
            reference.Parameters[i] = value + Difference;
            double above = reference.Loss(pixels, loss);
            reference.Parameters[i] = value - Difference;
            double below = reference.Loss(pixels, loss);
            reference.Parameters[i] = value;
            Assert.Equal((above - below) / (2 * Difference), gradient[i], Bound);
        }
    }

    [Fact]
    public void Gradient_of_a_grid_agrees_with_central_differences()
    {
        foreach (InputEncoding encoding in TestNetworks.Encodings.Where(encoding => encoding.IsTrained))
        {
            Mlp network = TestNetworks.Create(encoding, Activation.Tanh, [7, 5]);
            ReferencePixel[] pixels = TestNetworks.Pixels(network, 9);
            var reference = new ReferenceNetwork(network);
            reference.Gradient(pixels, LossFunction.MeanSquaredError, out double[][] gradients);
            for (int table = 0; table < gradients.Length; table++)
                for (int i = 0; i < gradients[table].Length; i++)
                {
                    double value = reference.Encoding.Tensors[table][i];
                    reference.Encoding.Tensors[table][i] = value + Difference;
                    double above = reference.Loss(pixels, LossFunction.MeanSquaredError);
                    reference.Encoding.Tensors[table][i] = value - Difference;
                    double below = reference.Loss(pixels, LossFunction.MeanSquaredError);
                    reference.Encoding.Tensors[table][i] = value;
                    Assert.Equal((above - below) / (2 * Difference), gradients[table][i], Bound);
                }
        }
    }

    [Fact]
    public void A_network_small_enough_to_reckon_by_hand_gives_the_reckoned_color()
    {
        Mlp network = TestNetworks.Create(Activation.LeakyReLU, [2], colors: ColorRange.Unit);
        new float[] { 1, 2, 3, -4 }.CopyTo(network.Layers[0].Weights, 0);
        new float[] { 0.5f, -0.5f }.CopyTo(network.Layers[0].Biases, 0);
        new float[] { 1, 0, 0, 1, 2, 3 }.CopyTo(network.Layers[1].Weights, 0);
        new float[] { 0, 0, 1 }.CopyTo(network.Layers[1].Biases, 0);
        // Sums 1 + 1 + 0.5 = 2.5 and 3 - 2 - 0.5 = 0.5, then 1 - 2 + 0.5 = -0.5 and 3 + 4 - 0.5 = 6.5.
        double[] upper = new ReferenceNetwork(network).Color(1, 0.5), lower = new ReferenceNetwork(network).Color(1, -1);
        Assert.Equal([2.5, 0.5, 2 * 2.5 + 3 * 0.5 + 1], upper);
        Assert.Equal([-0.005, 6.5, 2 * -0.005 + 3 * 6.5 + 1], lower.Select(value => Math.Round(value, 12)));
    }
}
