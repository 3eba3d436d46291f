namespace MonaLisa.Engine.Tests;

/// <summary>What each channel's error adds to a pixel's loss, as the losses are defined, in double precision.</summary>
internal static class ReferenceLoss
{
    /// <summary>The documented delta where none is asked for.</summary>
    public const double HuberDelta = 0.1;

    /// <summary>The loss.</summary>
    public static double Value(LossFunction loss, double error, double delta = HuberDelta) => loss switch
    {
        LossFunction.MeanSquaredError => error * error / 3,
        LossFunction.HalfSquaredError => error * error / 2,
        LossFunction.L1 => Math.Abs(error) / 3,
        LossFunction.Huber when Math.Abs(error) <= delta => error * error / 2 / 3,
        LossFunction.Huber => delta * (Math.Abs(error) - delta / 2) / 3,
        _ => throw new ArgumentOutOfRangeException(nameof(loss), loss, null),
    };

    /// <summary>Its derivative by the colour.</summary>
    public static double Derivative(LossFunction loss, double error, double delta = HuberDelta) => loss switch
    {
        LossFunction.MeanSquaredError => 2 * error / 3,
        LossFunction.HalfSquaredError => error,
        LossFunction.L1 => Math.Sign(error) / 3.0,
        LossFunction.Huber when Math.Abs(error) <= delta => error / 3,
        LossFunction.Huber => Math.Sign(error) * delta / 3,
        _ => throw new ArgumentOutOfRangeException(nameof(loss), loss, null),
    };
}
