namespace MonaLisa.Engine.Output;

/// <summary>The activations as functions of a shader.</summary>
internal static class ActivationShader
{
    /// <summary>
    /// Brings angles between -pi and pi, outside of which no shading language promises sin and cos any accuracy; 2 pi is taken away in
    /// two parts, the first of which has few enough bits for the product to be exact.
    /// </summary>
    private const string Turn = """
        vec4 turn(vec4 x)
        {
            vec4 n = floor(x * .15915494 + .5);
            return (x - n * 6.28125) - n * .0019353072;
        }

        """;

    /// <summary>The function <c>vec4 activate(vec4 z)</c> and what it needs, ending with a line break.</summary>
    public static string Of(MlpDesign design)
    {
        string omega = ShaderNumber.Text(design.Omega), sigma = ShaderNumber.Text(design.Sigma);
        return design.Activation switch
        {
            Activation.ReLU => Function("max(z, 0.)"),
            Activation.LeakyReLU => Function($"max(z, {ShaderNumber.Text(MlpDesign.LeakySlope)} * z)"),
            // The clamps keep exp finite where the result has reached its limit.
            Activation.Tanh => Function("1. - 2. / (exp(2. * clamp(z, -12., 12.)) + 1.)"),
            Activation.Sigmoid => Function("1. / (1. + exp(clamp(-z, -40., 40.)))"),
            Activation.Sine => Turn + "\n" + Function($"sin(turn({omega} * z))"),
            Activation.FINER => Turn + "\n" + Function($"sin(turn({omega} * (abs(z) + 1.) * z))"),
            Activation.WIRE => Turn + "\n" + Function($"cos(turn({omega} * z)) * exp(-{sigma} * {sigma} * z * z)"),
            Activation.Gaussian => Function($"exp(-{sigma} * {sigma} * z * z)"),
            Activation.GELU => Gelu,
            _ => throw new ArgumentOutOfRangeException(nameof(design), design.Activation, "There is no shader of this activation."),
        };
    }

    /// <summary>The normal distribution within 1.5e-7: Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26.</summary>
    private const string Gelu = """
        vec4 activate(vec4 z)
        {
            vec4 x = abs(z) * .70710678, t = 1. / (1. + .3275911 * x);
            vec4 tail = t * (.254829592 + t * (-.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) * exp(-x * x);
            return .5 * z * (1. + sign(z) * (1. - tail));
        }

        """;

    private static string Function(string expression) => $$"""
        vec4 activate(vec4 z)
        {
            return {{expression}};
        }

        """;
}
