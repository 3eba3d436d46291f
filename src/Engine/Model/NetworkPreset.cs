using System.ComponentModel;

namespace MonaLisa.Engine;

/// <summary>Networks of the 2012 program and its blog post.</summary>
public enum NetworkPreset
{
    /// <summary>The 2012 program: six hidden layers of 300, leaky ReLU 0.01, its weights and its coordinates.</summary>
    [Description("the 2012 program: six hidden layers of 300, leaky ReLU, one pixel at a time")]
    MonaLisa2012,

    /// <summary>
    /// The blog post's first picture, the fog: one wide hidden layer, otherwise as <see cref="MonaLisa2012"/>. The post does not
    /// give its width; here it has as many parameters as three hidden layers of 300.
    /// </summary>
    [Description("the first picture of its blog post, the fog: one wide hidden layer")]
    OneHiddenLayer2012,
}

/// <summary>The designs behind the <see cref="NetworkPreset"/> names.</summary>
internal static class NetworkPresets
{
    /// <summary>The design of a preset.</summary>
    /// <param name="preset">The preset.</param>
    /// <param name="seed">Seed of the weights.</param>
    public static MlpDesign Design(NetworkPreset preset, int seed = MlpDesign.DefaultSeed) => new()
    {
        HiddenLayers = preset switch
        {
            NetworkPreset.MonaLisa2012 => [300, 300, 300, 300, 300, 300],
            NetworkPreset.OneHiddenLayer2012 => [ParameterBudget.WidthFor(1, ParameterBudget.CountParameters(3, 300))],
            _ => throw new ArgumentOutOfRangeException(nameof(preset), preset, "There is no such preset."),
        },
        Activation = Activation.LeakyReLU,
        Initialization = WeightInitialization.MonaLisa2012,
        Coordinates = CoordinateConvention.RowColumnCorner,
        Colors = ColorRange.Unit,
        Seed = seed,
    };
}
