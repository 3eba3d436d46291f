namespace MonaLisa.Engine.Tests;

public class MlpTests
{
    public static TheoryData<string, MlpDesign> OutOfRange => new()
    {
        { "A network has 1 to 256 hidden layers; 0 were given.", Design() },
        { "A network has 1 to 256 hidden layers; 257 were given.", Design([.. Enumerable.Repeat(1, 257)]) },
        { "A hidden layer has 1 to 65536 neurons; 0 were given.", Design(5, 0) },
        { "A hidden layer has 1 to 65536 neurons; 65537 were given.", Design(65_537) },
        { "A hidden layer's activation is one of ReLU, LeakyReLU, Tanh, Sigmoid, Sine, Gaussian, FINER, WIRE and GELU, not Identity.", Design(1) with { Activation = Activation.Identity } },
        { "A hidden layer's activation is one of ReLU, LeakyReLU, Tanh, Sigmoid, Sine, Gaussian, FINER, WIRE and GELU, not 42.", Design(1) with { Activation = (Activation)42 } },
        { "Omega is a number above 0, not 0.", Design(1) with { Omega = 0 } },
        { "Omega is a number above 0, not NaN.", Design(1) with { Omega = float.NaN } },
        { "Omega is a number above 0, not Infinity.", Design(1) with { Omega = float.PositiveInfinity } },
        { "Sigma is a number above 0, not 0.", Design(1) with { Sigma = 0 } },
        { "Sigma is a number above 0, not -1.", Design(1) with { Sigma = -1 } },
        { "Sigma is a number above 0, not NaN.", Design(1) with { Sigma = float.NaN } },
        { "Sigma is a number above 0, not Infinity.", Design(1) with { Sigma = float.PositiveInfinity } },
        { "There is no weight initialization 42.", Design(1) with { Initialization = (WeightInitialization)42 } },
        { "There is no coordinate convention 42.", Design(1) with { Coordinates = (CoordinateConvention)42 } },
        { "There is no color range 42.", Design(1) with { Colors = (ColorRange)42 } },
    };

    [Theory, MemberData(nameof(OutOfRange))]
    public void A_design_out_of_range_is_refused_with_the_range(string message, MlpDesign design) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => new Mlp(design)).Message);

    [Fact]
    public void Its_layers_lead_from_two_coordinates_to_three_colors()
    {
        var network = new Mlp(Design(5, 1, 7) with { Activation = Activation.Tanh });
        Assert.Equal([(2, 5), (5, 1), (1, 7), (7, 3)], network.Layers.Select(layer => (layer.InputCount, layer.OutputCount)));
        Assert.Equal(
            [Activation.Tanh, Activation.Tanh, Activation.Tanh, Activation.Identity], network.Layers.Select(layer => layer.Activation));
        Assert.All(network.Layers, layer => Assert.Equal((layer.InputCount * layer.OutputCount, layer.OutputCount), (layer.Weights.Length, layer.Biases.Length)));
        Assert.Equal(10 + 5 + 7 + 21, network.WeightCount);
        Assert.Equal(network.WeightCount + 5 + 1 + 7 + 3, network.ParameterCount);
        Assert.Equal("2-5-1-7-3", network.Shape);
        Assert.Equal("2-5-1-7-3 Tanh, 59 parameters", network.ToString());
    }

    [Fact]
    public void A_clone_is_equal_and_shares_nothing()
    {
        var network = new Mlp(Design(5, 4));
        double[] before = ReferenceNetwork.Flatten(network);
        Mlp clone = network.Clone();
        Assert.Equal(before, ReferenceNetwork.Flatten(clone));
        Assert.Equal((network.Shape, network.Design), (clone.Shape, clone.Design));
        foreach (DenseLayer layer in clone.Layers)
        {
            layer.Weights.AsSpan().Fill(9);
            layer.Biases.AsSpan().Fill(9);
        }
        Assert.Equal(before, ReferenceNetwork.Flatten(network));
    }

    [Fact]
    public void A_callers_list_may_change_afterwards()
    {
        int[] widths = [5, 4];
        var network = new Mlp(Design(widths));
        widths[0] = 500;
        Assert.Equal([5, 4], network.HiddenLayers);
        Assert.Equal("2-5-4-3", network.Shape);
    }

    [Fact]
    public void Designs_are_equal_by_their_values()
    {
        MlpDesign design = Design(5, 4);
        Assert.Equal(design, Design(5, 4));
        Assert.Equal(design.GetHashCode(), Design(5, 4).GetHashCode());
        Assert.NotEqual(design, Design(4, 5));
        Assert.NotEqual(design, Design(5));
        Assert.NotEqual(design, design with { Omega = 31 });
        Assert.NotEqual(design, design with { Sigma = 11 });
        Assert.NotEqual(design, design with { Seed = 1 });
    }

    [Theory]
    [InlineData(Activation.Sine, 60)]
    [InlineData(Activation.FINER, 30)]
    [InlineData(Activation.WIRE, 20)]
    public void Omega_is_the_activations_own_until_it_is_named(Activation activation, float omega)
    {
        MlpDesign design = Design(3, 128) with { Activation = activation }, named = design with { Omega = omega };
        Assert.Equal((omega, 10f), (design.Omega, design.Sigma));
        Assert.Equal(named, design);
        Assert.Equal(named.GetHashCode(), design.GetHashCode());
        Assert.Equal(20, (design with { Activation = Activation.WIRE }).Omega);
        Assert.Equal(omega, (named with { Activation = Activation.WIRE }).Omega);
        Assert.Equal(7, (design with { Omega = 7, Activation = Activation.FINER }).Omega);
    }

    [Theory]
    [InlineData(Activation.Sine, 127, 60)]
    [InlineData(Activation.Sine, 64, 42)]
    [InlineData(Activation.Sine, 10, 17)]
    [InlineData(Activation.Sine, 1, 5)]
    [InlineData(Activation.FINER, 16, 11)]
    [InlineData(Activation.WIRE, 16, 7)]
    public void A_narrow_network_has_a_lower_omega_by_its_widest_layer(Activation activation, int width, float omega)
    {
        MlpDesign design = Design(1, width, 1) with { Activation = activation };
        Assert.Equal(omega, design.Omega);
        Assert.Equal(design with { HiddenLayers = [512] }, Design(512) with { Activation = activation });
        Assert.Equal(9, (design with { Omega = 9 } with { HiddenLayers = [512] }).Omega);
    }

    [Theory]
    [InlineData(Activation.ReLU, "3-4 ReLU, ")]
    [InlineData(Activation.Sine, "3-4 Sine (omega 1.5), ")]
    [InlineData(Activation.FINER, "3-4 FINER (omega 1.5), ")]
    [InlineData(Activation.WIRE, "3-4 WIRE (omega 1.5, sigma 2.5), ")]
    [InlineData(Activation.Gaussian, "3-4 Gaussian (sigma 2.5), ")]
    public void Its_text_names_the_parameters_that_matter(Activation activation, string start) => Assert.Equal(
        start + "Auto initialization, SymmetricPixelCenter, Symmetric colors, seed 2012",
        (Design(3, 4) with { Activation = activation, Omega = 1.5f, Sigma = 2.5f }).ToString());

    [Theory, InlineData(0, 1), InlineData(1, 0), InlineData(65_536, 65_536)]
    public void A_layer_of_impossible_size_is_refused(int inputs, int outputs) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DenseLayer(inputs, outputs, Activation.ReLU));

    private static MlpDesign Design(params int[] hiddenLayers) => new() { HiddenLayers = hiddenLayers };
}
