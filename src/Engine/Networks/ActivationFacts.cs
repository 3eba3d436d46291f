namespace MonaLisa.Engine;

/// <summary>Which parameters an activation goes by, and what they are where a design does not name them.</summary>
internal static class ActivationFacts
{
    /// <summary>
    /// Omega where none is given, for coordinates in [-1, 1]: FINER's 30 and WIRE's 20 are those of FINER's code for pictures
    /// (liuzhen0212/FINER, <c>run_finer.sh</c> and <c>run_wire.sh</c>). An activation without one has sine's.
    /// </summary>
    public static float DefaultOmega(Activation activation) => activation switch
    {
        Activation.FINER => 30,
        Activation.WIRE => 20,
        _ => MlpDesign.DefaultOmega,
    };

    /// <summary>Whether an activation goes by omega.</summary>
    public static bool UsesOmega(Activation activation) => activation is Activation.Sine or Activation.FINER or Activation.WIRE;

    /// <summary>Whether an activation goes by sigma.</summary>
    public static bool UsesSigma(Activation activation) => activation is Activation.Gaussian or Activation.WIRE;
}
