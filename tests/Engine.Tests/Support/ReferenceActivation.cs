namespace MonaLisa.Engine.Tests;

/// <summary>The activations as their papers define them, in double precision.</summary>
internal static class ReferenceActivation
{
    private const double LeakySlope = 0.01;

    /// <summary>f(z).</summary>
    public static double Apply(Activation activation, double z, double omega) => activation switch
    {
        Activation.Identity => z,
        Activation.ReLU => Math.Max(0, z),
        Activation.LeakyReLU => z >= 0 ? z : LeakySlope * z,
        Activation.Tanh => Math.Tanh(z),
        Activation.Sigmoid => 1 / (1 + Math.Exp(-z)),
        Activation.Sine => Math.Sin(omega * z),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, null),
    };

    /// <summary>f'(z).</summary>
    public static double Derivative(Activation activation, double z, double omega) => activation switch
    {
        Activation.Identity => 1,
        Activation.ReLU => z > 0 ? 1 : 0,
        Activation.LeakyReLU => z >= 0 ? 1 : LeakySlope,
        Activation.Tanh => 1 / (Math.Cosh(z) * Math.Cosh(z)),
        Activation.Sigmoid => 1 / ((1 + Math.Exp(-z)) * (1 + Math.Exp(z))),
        Activation.Sine => omega * Math.Cos(omega * z),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, null),
    };
}
