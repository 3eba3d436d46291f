namespace MonaLisa.Engine.Training;

/// <summary>Adam's parameters as its kernel takes them.</summary>
/// <param name="Beta1">The share of the mean that each step keeps, in [0, 1).</param>
/// <param name="Beta2">The share of the mean square that each step keeps, in [0, 1).</param>
/// <param name="Epsilon">Added to the mean square's root, above 0.</param>
/// <param name="WeightDecay">What the weights lose, at least 0.</param>
/// <param name="IsDecayDecoupled">Whether the weights shrink beside the step (AdamW) rather than through the gradient.</param>
internal readonly record struct AdamSettings(float Beta1, float Beta2, float Epsilon, float WeightDecay = 0, bool IsDecayDecoupled = false)
{
    /// <summary>The settings of an optimizer that has Adam's parameters.</summary>
    public static AdamSettings Of(OptimizerValues values, bool isDecayDecoupled) => new(
        (float)values.Beta1!.Value, (float)values.Beta2!.Value, (float)values.Epsilon!.Value, (float)values.WeightDecay, isDecayDecoupled);

    /// <summary>Rate and epsilon with the corrections for the moments' start folded in, as the kernels take them.</summary>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="step">The step, from 1.</param>
    public (float Rate, float Epsilon) Corrected(double learningRate, long step)
    {
        double meanShare = 1 - Math.Pow(Beta1, step), varianceShare = Math.Sqrt(1 - Math.Pow(Beta2, step));
        return ((float)(learningRate * varianceShare / meanShare), (float)(Epsilon * varianceShare));
    }
}
