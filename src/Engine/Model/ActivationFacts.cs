namespace MonaLisa.Engine;

/// <summary>Which parameters an activation goes by, and what they are where a design does not name them.</summary>
internal static class ActivationFacts
{
    // From this width on a network has neurons enough for the waves of the activation's own omega.
    private const double WideLayer = 128;

    /// <summary>
    /// Omega where none is given, for coordinates in [-1, 1]: FINER's 30 and WIRE's 20 are those of FINER's code for pictures
    /// (liuzhen0212/FINER, <c>run_finer.sh</c> and <c>run_wire.sh</c>). An activation without one has sine's. A network whose widest
    /// layer has fewer than 128 neurons cannot join so short waves to a picture, and has less by the root of its width, in whole
    /// numbers (docs/quality.md).
    /// </summary>
    /// <param name="activation">The hidden layers' activation.</param>
    /// <param name="width">Neurons in the widest hidden layer.</param>
    public static float DefaultOmega(Activation activation, int width)
    {
        float own = activation switch
        {
            Activation.FINER => 30,
            Activation.WIRE => 20,
            _ => MlpDesign.DefaultOmega,
        };
        return width < WideLayer ? (float)Math.Max(1, Math.Round(own * Math.Sqrt(width / WideLayer))) : own;
    }

    /// <summary>Whether an activation goes by omega.</summary>
    public static bool UsesOmega(Activation activation) => activation is Activation.Sine or Activation.FINER or Activation.WIRE;

    /// <summary>Whether an activation goes by sigma.</summary>
    public static bool UsesSigma(Activation activation) => activation is Activation.Gaussian or Activation.WIRE;
}
