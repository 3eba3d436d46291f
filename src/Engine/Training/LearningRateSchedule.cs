namespace MonaLisa.Engine;

/// <summary>How the learning rate falls from its start (progress 0) to the planned end of the run (progress 1).</summary>
public enum LearningRateSchedule
{
    /// <summary>From the start value to zero along half a cosine (Loshchilov and Hutter 2016, arXiv 1608.03983).</summary>
    Cosine,

    /// <summary>From the start value to a tenth of it by equal ratios.</summary>
    Exponential,

    /// <summary>The start value throughout.</summary>
    Constant,
}
