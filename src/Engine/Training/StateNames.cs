namespace MonaLisa.Engine.Training;

/// <summary>The names of what learners remember, as a checkpoint has them.</summary>
internal static class StateNames
{
    /// <summary>The average of the weights; see <see cref="WeightAverage"/>.</summary>
    public const string Average = "average";

    /// <summary>Adam's mean of the gradients.</summary>
    public const string Mean = "mean";

    /// <summary>Adam's mean of the gradients' squares.</summary>
    public const string Variance = "variance";

    /// <summary>RMSProp's mean of the gradients' squares.</summary>
    public const string Square = "square";

    /// <summary>The velocity of gradient descent, Nesterov and RMSProp.</summary>
    public const string Velocity = "velocity";

    /// <summary>Muon's momentum.</summary>
    public const string Momentum = "momentum";

    /// <summary>Adam's mean of the gradients of the encoding's tables, whatever the layers' optimizer.</summary>
    public const string TableMean = "table-mean";

    /// <summary>Adam's mean of their squares.</summary>
    public const string TableVariance = "table-variance";
}
