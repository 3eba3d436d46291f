namespace MonaLisa.Engine.Tests;

/// <summary>The activations as their papers define them, in double precision.</summary>
internal static class ReferenceActivation
{
    private const double LeakySlope = 0.01;

    /// <summary>f(z).</summary>
    public static double Apply(Activation activation, double z, double omega, double sigma) => activation switch
    {
        Activation.Identity => z,
        Activation.ReLU => Math.Max(0, z),
        Activation.LeakyReLU => z >= 0 ? z : LeakySlope * z,
        Activation.Tanh => Math.Tanh(z),
        Activation.Sigmoid => 1 / (1 + Math.Exp(-z)),
        Activation.Sine => Math.Sin(omega * z),
        Activation.Gaussian => Math.Exp(-Math.Pow(sigma * z, 2)),
        Activation.FINER => Math.Sin(omega * (Math.Abs(z) + 1) * z),
        Activation.WIRE => Math.Cos(omega * z) * Math.Exp(-Math.Pow(sigma * z, 2)),
        Activation.GELU => z * NormalDistribution(z),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, null),
    };

    /// <summary>f'(z).</summary>
    public static double Derivative(Activation activation, double z, double omega, double sigma) => activation switch
    {
        Activation.Identity => 1,
        Activation.ReLU => z > 0 ? 1 : 0,
        Activation.LeakyReLU => z >= 0 ? 1 : LeakySlope,
        Activation.Tanh => 1 / (Math.Cosh(z) * Math.Cosh(z)),
        Activation.Sigmoid => 1 / ((1 + Math.Exp(-z)) * (1 + Math.Exp(z))),
        Activation.Sine => omega * Math.Cos(omega * z),
        Activation.Gaussian => -2 * sigma * sigma * z * Math.Exp(-Math.Pow(sigma * z, 2)),
        // The factor |z| + 1 is not differentiated.
        Activation.FINER => omega * (Math.Abs(z) + 1) * Math.Cos(omega * (Math.Abs(z) + 1) * z),
        Activation.WIRE => -(omega * Math.Sin(omega * z) + 2 * sigma * sigma * z * Math.Cos(omega * z)) * Math.Exp(-Math.Pow(sigma * z, 2)),
        Activation.GELU => NormalDistribution(z) + z * NormalDensity(z),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, null),
    };

    /// <summary>The normal distribution's density.</summary>
    public static double NormalDensity(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);

    /// <summary>
    /// The normal distribution function: the series 1/2 + phi(x) (x + x³/3 + x⁵/15 + ...) near 0, and the tail's continued fraction
    /// phi(x) / (x + 1 / (x + 2 / (x + ...))) far from it (Abramowitz and Stegun 1964, 26.2.11 and 26.2.14).
    /// </summary>
    public static double NormalDistribution(double x)
    {
        if (Math.Abs(x) < 4)
        {
            double term = x, sum = x;
            for (int odd = 3; odd < 200; odd += 2)
                sum += term *= x * x / odd;
            return 0.5 + NormalDensity(x) * sum;
        }
        double fraction = Math.Abs(x);
        for (int k = 200; k > 0; k--)
            fraction = Math.Abs(x) + k / fraction;
        double tail = NormalDensity(x) / fraction;
        return x < 0 ? tail : 1 - tail;
    }
}
