namespace MonaLisa.Engine;

/// <summary>The choices made for a user who made none.</summary>
public static class TrainingDefaults
{
    /// <summary>The network that paints a good picture: SIREN, three hidden layers of 256.</summary>
    /// <param name="seed">Seed of the weights.</param>
    public static MlpDesign Design(int seed = MlpDesign.DefaultSeed) => new() { HiddenLayers = [256, 256, 256], Seed = seed };

    /// <summary>The design of a network whose layers the user chose; coordinates and colours in the range that suits the activation.</summary>
    /// <param name="hiddenLayers">Neurons in each hidden layer.</param>
    /// <param name="activation">The hidden layers' activation.</param>
    /// <param name="seed">Seed of the weights.</param>
    public static MlpDesign Design(IReadOnlyList<int> hiddenLayers, Activation activation = Activation.Sine, int seed = MlpDesign.DefaultSeed) =>
        new() { HiddenLayers = hiddenLayers, Activation = activation, Seed = seed };
}
