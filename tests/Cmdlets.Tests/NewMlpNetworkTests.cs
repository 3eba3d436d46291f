using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.Cmdlets.Tests;

public sealed class NewMlpNetworkTests : Workspace
{
    [Fact]
    public void Without_parameters_it_is_the_network_planned_for_a_picture_of_the_usual_size()
    {
        var picture = new PixelDataset("usual", 512, 512, new byte[512 * 512 * 3]);
        Assert.Equal(TrainingDefaults.For(picture).Design, Run("New-MlpNetwork").Single<Mlp>().Design);
    }

    [Fact]
    public void Layers_alone_make_a_dense_network_of_sines() =>
        Assert.Equal(TrainingDefaults.Design([8, 4]), Run("New-MlpNetwork 8, 4").Single<Mlp>().Design);

    [Theory]
    [InlineData("-Activation Tanh")]
    [InlineData("-Initialization Xavier")]
    [InlineData("-Omega 30")]
    [InlineData("-Activation Gaussian -Sigma 5")]
    public void A_choice_of_the_layers_alone_makes_a_dense_network(string arguments)
    {
        MlpDesign design = Run($"New-MlpNetwork {arguments}").Single<Mlp>().Design;
        Assert.Equal(EncodingKind.None, design.Encoding.Kind);
        Assert.Equal(TrainingDefaults.Design().HiddenLayers, design.HiddenLayers);
    }

    [Fact]
    public void Hidden_layers_come_by_name_and_by_position()
    {
        Assert.Equal([8, 4], Run("New-MlpNetwork -HiddenLayer 8, 4").Single<Mlp>().HiddenLayers);
        Assert.Equal([8, 4], Run("New-MlpNetwork 8, 4").Single<Mlp>().HiddenLayers);
        Assert.Equal([5], Run("New-MlpNetwork 5").Single<Mlp>().HiddenLayers);
    }

    [Theory]
    [InlineData(Activation.ReLU)]
    [InlineData(Activation.LeakyReLU)]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Sigmoid)]
    [InlineData(Activation.Sine)]
    [InlineData(Activation.Gaussian)]
    [InlineData(Activation.FINER)]
    [InlineData(Activation.WIRE)]
    [InlineData(Activation.GELU)]
    public void Every_activation_can_be_chosen(Activation activation)
    {
        Mlp network = Run($"New-MlpNetwork 8 -Activation {activation}").Single<Mlp>();
        Assert.Equal(TrainingDefaults.Design([8], activation).Coordinates, network.Design.Coordinates);
        Assert.Equal(activation, network.Activation);
    }

    [Fact]
    public void The_linear_activation_is_for_the_output_alone() =>
        Assert.Contains("Activation", Assert.Single(Run("New-MlpNetwork 8 -Activation Identity").Errors).Exception.Message);

    [Fact]
    public void Initialization_omega_and_seed_reach_the_design()
    {
        MlpDesign design = Run("New-MlpNetwork 8 -Initialization Xavier -Omega 12.5 -Seed 7").Single<Mlp>().Design;
        Assert.Equal((WeightInitialization.Xavier, 12.5f, 7), (design.Initialization, design.Omega, design.Seed));
    }

    [Fact]
    public void Sigma_reaches_the_design_and_what_is_not_named_is_the_activations_own()
    {
        MlpDesign design = Run("New-MlpNetwork 128 -Activation WIRE -Sigma 4.5").Single<Mlp>().Design;
        Assert.Equal((20f, 4.5f), (design.Omega, design.Sigma));
        Assert.Equal(30f, Run("New-MlpNetwork 128 -Activation FINER").Single<Mlp>().Design.Omega);
        Assert.Equal(60f, Run("New-MlpNetwork 128").Single<Mlp>().Design.Omega);
        Assert.Equal(15f, Run("New-MlpNetwork 8").Single<Mlp>().Design.Omega);
        design = Run("New-MlpNetwork -Depth 2 -ParameterBudget 500 -Activation WIRE -Omega 25").Single<Mlp>().Design;
        Assert.Equal((25f, 10f), (design.Omega, design.Sigma));
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights()
    {
        IReadOnlyList<Mlp> networks = Run("New-MlpNetwork 8 -Seed 1; New-MlpNetwork 8 -Seed 1; New-MlpNetwork 8 -Seed 2").All<Mlp>();
        Assert.Equal(networks[0].Layers[0].Weights, networks[1].Layers[0].Weights);
        Assert.NotEqual(networks[0].Layers[0].Weights, networks[2].Layers[0].Weights);
    }

    [Theory]
    [InlineData(1, 1000)]
    [InlineData(3, 133_123)]
    [InlineData(10, 5000)]
    public void A_budget_gives_the_widest_network_within_it(int depth, long budget)
    {
        Mlp network = Run($"New-MlpNetwork -Depth {depth} -ParameterBudget {budget}").Single<Mlp>();
        Assert.Equal(depth, network.HiddenLayers.Count);
        Assert.InRange(network.ParameterCount, 1, budget);
        Assert.True(ParameterBudget.CountParameters(depth, network.HiddenLayers[0] + 1) > budget);
    }

    [Fact]
    public void A_budget_takes_an_activation_and_a_seed()
    {
        Mlp network = Run("New-MlpNetwork -Depth 2 -ParameterBudget 500 -Activation ReLU -Seed 5").Single<Mlp>();
        Assert.Equal((Activation.ReLU, 5), (network.Activation, network.Design.Seed));
    }

    [Theory]
    [InlineData(NetworkPreset.MonaLisa2012)]
    [InlineData(NetworkPreset.OneHiddenLayer2012)]
    public void A_preset_gives_its_design_with_the_seed_asked_for(NetworkPreset preset)
    {
        Mlp network = Run($"New-MlpNetwork -Preset {preset} -Seed 3").Single<Mlp>();
        MlpDesign expected = NetworkPresets.Design(preset, 3);
        Assert.Equal(expected.HiddenLayers, network.HiddenLayers);
        Assert.Equal(expected with { HiddenLayers = network.HiddenLayers }, network.Design);
    }

    [Theory]
    [InlineData("-HiddenLayer 0", "0")]
    [InlineData("-HiddenLayer 8, -1", "-1")]
    [InlineData("-HiddenLayer 70000", "70000")]
    [InlineData("-Depth 0 -ParameterBudget 100", "0")]
    [InlineData("-Depth 3 -ParameterBudget 2", "2")]
    [InlineData("-HiddenLayer 8 -Omega 0", "0")]
    [InlineData("-HiddenLayer 8 -Omega NaN", "NaN")]
    [InlineData("-HiddenLayer 8 -Activation WIRE -Sigma -3", "-3")]
    [InlineData("-HiddenLayer 8 -Activation Gaussian -Sigma Infinity", "Infinity")]
    public void A_value_out_of_its_range_is_named_in_the_error(string arguments, string value)
    {
        ErrorRecord error = Run($"New-MlpNetwork {arguments}").Error("InvalidOption", ErrorCategory.InvalidArgument);
        Assert.Contains(value, error.Exception.Message);
    }

    [Theory]
    [InlineData("-Omega 30 -Activation ReLU", "Omega is for Sine, FINER, WIRE; the activation is ReLU.")]
    [InlineData("-Sigma 3", "Sigma is for Gaussian, WIRE; the activation is Sine.")]
    [InlineData("-Encoding Grid -Omega 30", "Omega is for Sine, FINER, WIRE; the activation is ReLU.")]
    public void What_the_activation_has_not_is_refused(string arguments, string expected) =>
        Assert.StartsWith(expected, Run($"New-MlpNetwork {arguments}").Error("InvalidOption", ErrorCategory.InvalidArgument).Exception.Message);

    [Theory]
    [InlineData("-HiddenLayer 8 -Preset MonaLisa2012", "Leave out HiddenLayer or Preset.")]
    [InlineData("8 -Preset MonaLisa2012", "Leave out HiddenLayer or Preset.")]
    [InlineData("-Preset MonaLisa2012 -Activation ReLU", "Leave out Activation or Preset.")]
    [InlineData("-Preset MonaLisa2012 -Depth 2 -ParameterBudget 100 -Verbose", "or Preset.")]
    [InlineData("8 -Depth 2 -ParameterBudget 100", "Leave out HiddenLayer or Depth.")]
    [InlineData("-Depth 2", "Depth and ParameterBudget belong together")]
    [InlineData("-ParameterBudget 100 -Activation ReLU", "Depth and ParameterBudget belong together")]
    public void Choices_that_contradict_each_other_are_named(string arguments, string expected) =>
        Assert.Contains(expected, Run($"New-MlpNetwork {arguments}").Error("InvalidOption", ErrorCategory.InvalidArgument).Exception.Message);
}
