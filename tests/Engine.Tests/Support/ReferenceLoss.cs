namespace MonaLisa.Engine.Tests;

/// <summary>What each of a pixel's channels' error adds to a pixel's loss, as the losses are defined, in double precision.</summary>
internal static class ReferenceLoss
{
    /// <summary>The documented delta where none is asked for.</summary>
    public const double HuberDelta = 0.1;

    /// <summary>The loss.</summary>
    public static double Value(LossFunction loss, double error, double delta = HuberDelta, int channels = 3) => loss switch
    {
        LossFunction.MeanSquaredError => error * error / channels,
        LossFunction.HalfSquaredError => error * error / 2,
        LossFunction.L1 => Math.Abs(error) / channels,
        LossFunction.Huber when Math.Abs(error) <= delta => error * error / 2 / channels,
        LossFunction.Huber => delta * (Math.Abs(error) - delta / 2) / channels,
        _ => throw new ArgumentOutOfRangeException(nameof(loss), loss, null),
    };

    /// <summary>Its derivative by the colour.</summary>
    public static double Derivative(LossFunction loss, double error, double delta = HuberDelta, int channels = 3) => loss switch
    {
        LossFunction.MeanSquaredError => 2 * error / channels,
        LossFunction.HalfSquaredError => error,
        LossFunction.L1 => Math.Sign(error) / (double)channels,
        LossFunction.Huber when Math.Abs(error) <= delta => error / channels,
        LossFunction.Huber => Math.Sign(error) * delta / channels,
        _ => throw new ArgumentOutOfRangeException(nameof(loss), loss, null),
    };
}
